import { isUuid } from '../../kernel/text.js';
import type { Parameter } from '../document/described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';
import { lastSegment } from '../../model/requests/capture.js';
import { bare, singular, splitIdName } from './nouns.js';

/** More ids than this spread a load no better. */
const MOST_IDS = 1000;
const LONGEST_ID = 200;
const DEEPEST = 3;

/** Names under which servers wrap their lists. */
const WRAPPERS = [
  'items',
  'data',
  'results',
  'content',
  'value',
  'records',
  'list',
  'rows',
  '_embedded',
  'member',
  'hydra:member',
];

/** What an operation that makes something has answered. */
export interface Member {
  readonly json: unknown;
  /** The end of the `Location` header; null when there is none. */
  readonly locationId: string | null;
}

/** What ids are wanted of. */
export interface WantedId {
  readonly parameter: Parameter;
  /** What they identify, in the singular: `user`; empty = not known. */
  readonly noun: string;
}

/** The ids that an answer of a collection holds for a parameter, each once, in their order. */
export function idsInAnswer(
  document: OpenApiDocument,
  { parameter, noun }: WantedId,
  answer: unknown,
): unknown[] {
  const members = membersOf(answer, noun);
  const schema = schemaAt(document, parameter.schema) ?? {};
  const fits = fitsSchema(schema);
  const scalars = members.filter((member) => fits(member));
  if (scalars.length > 0) return unique(scalars);
  const fields = members.map((member) => fieldsByBareName(member));
  const inner = fields.map((one) => fieldsByBareName(innerOf(one, noun)));
  const names = fieldNames(parameter.name, noun);
  for (const [places, words] of [
    [fields, names],
    [inner, names],
    [fields, OTHER_NAMES],
  ] as const)
    for (const name of words) {
      const ids = places.map((one) => one.get(name)).filter((value) => fits(value));
      if (ids.length > 0) return unique(ids);
    }
  return fits(UUID_OF_NOBODY) || Array.isArray(schema['enum']) ? [] : uuidsAt(names, fields);
}

const UUID_OF_NOBODY = '00000000-0000-4000-8000-000000000000';

/** Of a field named like the parameter: where a document has the type wrong, a UUID can be nothing but the id. */
function uuidsAt(names: readonly string[], fields: readonly ReadonlyMap<string, unknown>[]): unknown[] {
  const found = names.map((name) => fields.map((one) => one.get(name)).filter(isUuid));
  return unique(found.find((ids) => ids.length > 0) ?? []);
}

/** Names under which members hold what they are about. */
const INNER = ['node', 'attributes', 'resource', 'entity', 'object', 'item', 'data'];

function innerOf(fields: ReadonlyMap<string, unknown>, noun: string): unknown {
  return [noun, ...INNER].map((name) => fields.get(name)).find(isObject);
}

/** The id of what has just been made: in the answer, in an object within it, at the end of its address. */
export function idsOfMember(
  document: OpenApiDocument,
  wanted: WantedId,
  { json, locationId }: Member,
): unknown[] {
  const ids = idsInAnswer(document, wanted, json);
  if (ids.length > 0) return ids;
  const inner = isObject(json) ? Object.values(json).filter(isObject) : [];
  const nested = inner.flatMap((one) => idsInAnswer(document, wanted, one));
  if (nested.length > 0) return nested.slice(0, 1);
  const self = locationId ?? selfLink(json);
  return self === null ? [] : [self];
}

/** The id at the end of the address that a member gives of itself: HAL, JSON:API, JSON-LD. */
function selfLink(json: unknown): string | null {
  if (!isObject(json)) return null;
  const { _links: hal, links, self, url, href, '@id': id } = json;
  const inner = isObject(hal) ? hal['self'] : isObject(links) ? links['self'] : undefined;
  const addresses = [inner, self, href, id, url].map((one) => (isObject(one) ? one['href'] : one));
  const address = addresses.find((one) => typeof one === 'string' && one.includes('/'));
  return typeof address === 'string' ? lastSegment(address) : null;
}

/** Whether a value can stand for a parameter: a text or number of its type, not empty, or a UUID. */
export function isIdFor(document: OpenApiDocument, parameter: Parameter, value: unknown): boolean {
  const schema = schemaAt(document, parameter.schema) ?? {};
  return fitsSchema(schema)(value) || (isUuid(value) && !Array.isArray(schema['enum']));
}

function unique(ids: readonly unknown[]): unknown[] {
  return [...new Set(ids)].slice(0, MOST_IDS);
}

/** The list in an answer, itself or wrapped; an object without a list is the only member. */
function membersOf(answer: unknown, noun: string, depth = 0): readonly unknown[] {
  if (Array.isArray(answer)) return answer.slice(0, MOST_IDS);
  if (!isObject(answer) || depth > DEEPEST) return [];
  const named = Object.keys(answer).find(
    (name) => noun !== '' && bare(name) !== noun && singular(name) === noun,
  );
  for (const name of [...(named === undefined ? [] : [named]), ...WRAPPERS]) {
    const inner = Object.hasOwn(answer, name) ? answer[name] : undefined;
    if (Array.isArray(inner) || isObject(inner)) return membersOf(inner, noun, depth + 1);
  }
  if (Object.keys(answer).some((name) => splitIdName(name).attribute !== '')) return [answer];
  const values = Object.values(answer);
  const lists = values.filter((value) => Array.isArray(value));
  const [only, ...others] = lists.length > 0 ? lists : values.filter(isObject);
  return only !== undefined && others.length === 0 ? membersOf(only, noun, depth + 1) : [answer];
}

function fieldsByBareName(member: unknown): ReadonlyMap<string, unknown> {
  return new Map(isObject(member) ? Object.entries(member).map(([name, value]) => [bare(name), value]) : []);
}

/** Names of the field that a parameter may mean, the likeliest first. */
function fieldNames(name: string, of: string): string[] {
  const { noun, attribute } = splitIdName(name);
  const kinds = attribute === '' || attribute === 'id' ? ['id', 'uuid', 'guid'] : [];
  const owners = [singular(noun), of].filter((owner) => owner !== '');
  const owned = owners.flatMap((owner) => [attribute, ...kinds].map((kind) => owner + kind));
  return [...new Set([bare(name), attribute, ...kinds, ...owned, noun])].filter((word) => word !== '');
}

/** Fields by which things are often found. */
const OTHER_NAMES = ['key', 'slug', 'name', 'code'];

function fitsSchema({ type, format, enum: choices }: Schema): (value: unknown) => boolean {
  const types: unknown[] = Array.isArray(type) ? type : [type];
  const isNumeric = types.some((one) => one === 'integer' || one === 'number') && !types.includes('string');
  return (value) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return false;
    const text = String(value);
    if (text.trim() === '' || text.length > LONGEST_ID) return false;
    if (isNumeric && (!Number.isFinite(Number(text)) || (types.includes('integer') && !/^-?\d+$/.test(text))))
      return false;
    if (format === 'uuid' && !isUuid(text)) return false;
    return !Array.isArray(choices) || choices.includes(value);
  };
}
