/** All that an operation can be named by. */
export interface NamedOperation {
  readonly id: string;
  readonly method: string;
  readonly paths: readonly string[];
  readonly tags: readonly string[];
}

/** A selector is an operationId, a tag, or `METHOD /path`; each may hold `*`. */
export function isNamedBy({ id, method, paths, tags }: NamedOperation, selector: string): boolean {
  // Some generators put `GET /path` into the operationId itself.
  if (id === selector.trim()) return true;
  const [, wantedMethod, wantedPath] = /^([A-Za-z*]+)\s+(\/.*)$/.exec(selector.trim()) ?? [];
  if (wantedMethod === undefined || wantedPath === undefined)
    return [id, ...tags].some((name) => fits(name, selector));
  const isMethod = fits(method.toUpperCase(), wantedMethod.toUpperCase());
  return isMethod && paths.some((path) => fits(path, wantedPath));
}

/** Whether a text is a pattern in which `*` stands for any text; linear in both, which nobody bounds. */
function fits(text: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
