/** An OpenAPI document as it came: nothing about it is taken for granted. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
