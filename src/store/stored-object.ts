/** An object of a file as it was parsed, before its schema has seen it. */
export type StoredObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is StoredObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
