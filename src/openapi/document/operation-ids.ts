/** What an operation is called, and what it would be called without a name in the document. */
export interface NameWish {
  readonly operationId: unknown;
  readonly method: string;
  readonly template: string;
}

/** A name for each operation, all different; those that the document gives come before those made up here. */
export function nameOperations(wishes: readonly NameWish[]): string[] {
  const taken = new Set<string>();
  // The first of each name keeps it, even before one that a number would make equal.
  const own = wishes.map(({ operationId }) => {
    if (!isName(operationId) || taken.has(operationId)) return undefined;
    taken.add(operationId);
    return operationId;
  });
  const next = new Map<string, number>();
  const take = (name: string): string => {
    let free = name;
    for (let number = next.get(name) ?? 2; taken.has(free); number += 1) {
      free = `${name}_${number}`;
      next.set(name, number + 1);
    }
    taken.add(free);
    return free;
  };
  return wishes.map(
    (wish, at) => own[at] ?? take(isName(wish.operationId) ? wish.operationId : nameFor(wish)),
  );
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function nameFor({ method, template }: NameWish): string {
  return `${method}_${template.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '')}`;
}
