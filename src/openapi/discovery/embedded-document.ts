/**
 * The document that a script holds itself: swagger-ui-express and NestJS write it as `"swaggerDoc": { … }`.
 * As JSON text; undefined when there is none.
 */
export function embeddedDocument(text: string): string | undefined {
  // What starts as a document is one.
  if (/^\s*[{[]/.test(text)) return undefined;
  for (const { index } of text.matchAll(/["']?(?:swaggerDoc|spec)["']?\s*:\s*\{/g)) {
    const object = objectAt(text, text.indexOf('{', index));
    if (object !== undefined && /"(openapi|swagger)"\s*:/.test(object.slice(0, 100_000))) return object;
  }
  return undefined;
}

/** From a brace to the one that closes it, as far as the text is JSON. */
function objectAt(text: string, start: number): string | undefined {
  const token = /"(?:[^"\\]|\\.)*"|[{}]/gs;
  token.lastIndex = start;
  let depth = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '{') depth += 1;
    if (match[0] === '}') depth -= 1;
    if (depth === 0) return text.slice(start, token.lastIndex);
  }
  return undefined;
}
