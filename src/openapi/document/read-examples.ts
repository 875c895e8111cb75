import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from './open-api-document.js';
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

/** Whether the first of its examples has no value at all: `none: { summary: not sorted }`, so that leaving it out is the usual. */
export function isUsuallyLeftOut(
  document: OpenApiDocument,
  { examples }: Readonly<Record<string, unknown>>,
): boolean {
  const [first] = isObject(examples) ? Object.values(examples) : [];
  if (!isObject(first)) return false;
  const { value, dataValue, externalValue, serializedValue } = resolveRef(document, first) ?? {};
  return [value, dataValue, externalValue, serializedValue].every((given) => given === undefined);
}
