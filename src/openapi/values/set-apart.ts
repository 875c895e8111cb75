import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { type Schema } from '../document/schema-at.js';
import { listOf } from './json-type.js';
import { shapeAt } from './read-shape.js';
import { schemaCheck } from './schema-check.js';

/** More branches than this are not held against each other. */
const MOST_BRANCHES = 60;

/** What hardly any property allows, and what servers take for absent first. */
const UNFIT: readonly unknown[] = [null, {}, []];

/**
 * An object that fits exactly one branch of its `oneOf`: what other branches alone describe is set so that they do not
 * fit. Open branches without required properties overlap, and servers that check `oneOf` refuse what fits several. The
 * object itself when it fits one already, when nothing sets it apart, and where a discriminator names the branch: servers
 * choose by that, and some of them refuse what the branch does not describe.
 */
export function setApart(document: OpenApiDocument, schema: Schema, value: unknown): unknown {
  const branches = listOf(schema['oneOf']);
  if (!isObject(value) || schema['discriminator'] !== undefined) return value;
  if (branches.length < 2 || branches.length > MOST_BRANCHES) return value;
  const fitting = branches.filter((branch) => schemaCheck(document, branch).fits(value));
  if (fitting.length < 2) return value;
  for (const own of fitting) {
    const apart = apartFrom(document, value, own, fitting);
    if (apart && schemaCheck(document, schema).fits(apart)) return apart;
  }
  return value;
}

function apartFrom(
  document: OpenApiDocument,
  value: Schema,
  own: unknown,
  fitting: readonly unknown[],
): Schema | undefined {
  let apart = value;
  for (const other of fitting) {
    const isApart = other === own || !schemaCheck(document, other).fits(apart);
    const more = isApart ? apart : unfitFor(document, apart, own, other);
    if (!more) return undefined;
    apart = more;
  }
  return apart;
}

/** With one property more, which the other branch refuses and the own one does not describe. */
function unfitFor(
  document: OpenApiDocument,
  value: Schema,
  own: unknown,
  other: unknown,
): Schema | undefined {
  const names = [...(shapeAt(document, other)?.properties.keys() ?? [])];
  const described = shapeAt(document, own)?.properties;
  for (const name of names) {
    if (Object.hasOwn(value, name) || described?.has(name) === true) continue;
    for (const unfit of UNFIT) {
      const more = { ...value, [name]: unfit };
      if (!schemaCheck(document, other).fits(more) && schemaCheck(document, own).fits(more)) return more;
    }
  }
  return undefined;
}
