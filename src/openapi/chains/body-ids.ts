import { isUuid } from '../../kernel/text.js';
import type { DescribedOperation, Parameter } from '../document/described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { fieldsAt } from '../requests/fields-at.js';
import { collectionNoun } from './find-collection.js';
import type { WantedId } from './ids-in-answer.js';
import { bare, singular, splitIdName } from './nouns.js';

/** A field of a body that names something which another collection holds. */
export interface BodyId extends WantedId {
  /** `body.user_id`, `body.author.id`. */
  readonly key: string;
}

/** Those among the fields that a body is sent with. What an operation makes itself has an id of its own. */
export function bodyIds(
  document: OpenApiDocument,
  { body, template }: DescribedOperation,
  value: unknown,
): readonly BodyId[] {
  if (!body || !isObject(value)) return [];
  const own = collectionNoun(template);
  const { properties } = fieldsAt(document, body.schema);
  return Object.entries(value)
    .flatMap(([name, inner]): BodyId[] => {
      const schema = properties.get(name);
      if (!isObject(inner)) {
        const { noun, attribute } = splitIdName(name);
        const isNamedSo =
          /^(id|uuid|guid)$/.test(attribute) && (typeof inner === 'string' || typeof inner === 'number');
        // `folder` with a UUID for a value: of `/folders`, if there are any.
        const isId = isNamedSo || (isUuid(inner) && noun !== '');
        return isId
          ? [{ key: `body.${name}`, noun: singular(noun), parameter: asParameter(name, schema) }]
          : [];
      }
      const { properties: within } = fieldsAt(document, schema);
      return Object.hasOwn(inner, 'id')
        ? [
            {
              key: `body.${name}.id`,
              noun: singular(bare(name)),
              parameter: asParameter('id', within.get('id')),
            },
          ]
        : [];
    })
    .filter(({ noun }) => noun !== '' && noun !== own);
}

/** A value that is wanted as the placeholder of a path would be. */
function asParameter(name: string, schema: unknown): Parameter {
  const how = { style: 'simple', explode: false, allowReserved: false, contentType: null } as const;
  return { name, place: 'path', required: true, schema: schema ?? {}, examples: [], ...how };
}
