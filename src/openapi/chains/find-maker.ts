import type { DescribedOperation } from '../document/described-operation.js';
import { placeholderNames } from '../document/placeholders.js';
import { namedLike, pathAbove, pathTo, shapeOf, wantedNoun } from './find-collection.js';

/** What makes a member for a placeholder of a path. */
export interface Maker {
  readonly operation: DescribedOperation;
  /** Its own placeholders, and those of the consumer that stand at the same place. */
  readonly shared: ReadonlyMap<string, string>;
  /** Whether the client says the id: `PUT /items/{id}`. */
  readonly choosesId: boolean;
  /** Then its own name for it. */
  readonly idName: string | null;
}

/**
 * `POST /users/{id}/orders` for the last of `/users/{user_id}/orders/{order_id}`; else a `POST` named like the
 * parameter; else the `PUT` of the member itself.
 */
export function findMaker(
  operations: readonly DescribedOperation[],
  consumer: DescribedOperation,
  name: string,
): Maker | undefined {
  const above = pathAbove(consumer.template, name);
  if (above === undefined) return undefined;
  const posts = operations.filter(({ method }) => method === 'POST');
  const post = posts.find(({ template }) => shapeOf(template) === shapeOf(above));
  if (post) return { operation: post, ...sharing(post, above), choosesId: false, idName: null };
  const named = namedLike(posts, wantedNoun(name, above));
  if (named) return alone(named);
  const member = pathTo(consumer.template, name);
  const put = operations.find(
    ({ method, template }) =>
      method === 'PUT' && member !== undefined && shapeOf(template) === shapeOf(member),
  );
  if (!put) return undefined;
  return {
    operation: put,
    ...sharing(put, above),
    choosesId: true,
    idName: placeholderNames(put.template).at(-1) ?? null,
  };
}

/** A `POST` that needs no id itself. */
export function alone(operation: DescribedOperation): Maker {
  return { operation, shared: new Map(), choosesId: false, idName: null };
}

/** The placeholders that both have, by their places. */
function sharing({ template }: DescribedOperation, above: string): Pick<Maker, 'shared'> {
  const names = placeholderNames(above);
  const own = placeholderNames(template).slice(0, names.length);
  return { shared: new Map(own.map((one, at): [string, string] => [one, names[at] ?? one])) };
}
