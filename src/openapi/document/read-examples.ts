import { isObject, type OpenApiDocument } from './open-api-document.js';
import { resolveRef } from './resolve-ref.js';

/** `example`, or the values of `examples`; those that are elsewhere (`externalValue`) are passed over. */
export function readExamples(document: OpenApiDocument, raw: Readonly<Record<string, unknown>>): unknown[] {
  const { example, examples } = raw;
  // Swagger 2.0 has no word for it, so many say it with an extension.
  const own = example ?? raw['x-example'];
  if (own !== undefined && own !== null) return [own];
  if (Array.isArray(examples)) return examples;
  if (!isObject(examples)) return [];
  return Object.values(examples).flatMap((entry) => {
    if (!isObject(entry)) return [entry];
    // 3.2 tells the value from the text that it is sent as.
    const { value, dataValue } = resolveRef(document, entry) ?? {};
    const given = value ?? dataValue;
    return given === undefined ? [] : [given];
  });
}
