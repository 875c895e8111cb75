/** All that an operation can be named by. */
export interface NamedOperation {
  readonly id: string;
  readonly method: string;
  readonly paths: readonly string[];
  readonly tags: readonly string[];
}

/** A selector is an operationId, a tag, or `METHOD /path`; each may hold `*`. Read once, it may be asked of many operations. */
export function operationSelector(selector: string): (operation: NamedOperation) => boolean {
  const own = selector.trim();
  const [, method, path] = /^([A-Za-z*]+)\s+(\/.*)$/.exec(own) ?? [];
  if (method === undefined || path === undefined) {
    const isName = pattern(selector);
    return ({ id, tags }) => id === own || isName(id) || tags.some(isName);
  }
  const isMethod = pattern(method.toUpperCase());
  const isPath = pattern(path);
  // Some generators put `GET /path` into the operationId itself.
  return (operation) =>
    operation.id === own || (operation.paths.some(isPath) && isMethod(operation.method.toUpperCase()));
}

/**
 * The operations that a name may mean: where one has it as its operationId or its `METHOD /path`, that alone, and else all
 * that it selects.
 */
export function operationsNamed<Operation extends NamedOperation>(
  name: string,
  operations: readonly Operation[],
): Operation[] {
  const own = name.trim();
  const exact = operations.filter(
    ({ id, method, paths }) => id === own || paths.some((path) => `${method} ${path}` === own),
  );
  return exact.length > 0 ? exact : operations.filter(operationSelector(name));
}

/** Asks whether a text is as a pattern in which `*` stands for any text; linear in both, which nobody bounds. */
function pattern(written: string): (text: string) => boolean {
  const [first = '', ...others] = written.split('*');
  const last = others.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const part of others) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  };
}
