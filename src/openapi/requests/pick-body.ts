import type { ValueOrigin } from '../../model/requests/request.js';
import type { Body, DescribedOperation } from '../document/described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import type { BodyMode, ValueMaker } from '../values/value-maker.js';
import type { Choices, Pick } from './choices.js';
import { fieldsAt, likelySchema } from './fields-at.js';
import { readFieldPath, withField, withoutField, type FieldPath } from './field-path.js';

export interface BodySources {
  readonly document: OpenApiDocument;
  readonly maker: ValueMaker;
  readonly choices: Choices;
  /** The user's whole body; undefined = none. */
  readonly whole: unknown;
}

/** The body of each request; undefined when none is sent. */
export function pickBody(operation: DescribedOperation, sources: BodySources): Pick | undefined {
  const { body } = operation;
  if (!body || sources.choices.isOmitted('body') || !isSent(operation, body, sources)) return undefined;
  const base = basePick(body, sources);
  const first = base(0);
  const edits = editsOf(body, first, sources);
  noteOrigins(body, first, sources);
  return (variant) => {
    let value = base(variant);
    for (const edit of edits) value = edit(value, variant);
    return value;
  };
}

/** Methods whose requests servers, proxies and clients expect no body of: only what has definite fields is sent. */
const SELDOM_WITH_BODY = new Set(['GET', 'HEAD']);

/** An optional body stays away where nothing speaks for it. */
function isSent({ method }: DescribedOperation, body: Body, sources: BodySources): boolean {
  const { choices, document, maker, whole } = sources;
  const isGiven = whole !== undefined || choices.has('body') || choices.keysBelow('body.').some(isOwn);
  if (isGiven || body.required) return true;
  // RFC 9110 forbids it.
  if (method === 'TRACE') return false;
  const mode: BodyMode = maker.options.bodyMode;
  const isUsual = mode !== 'required' && !SELDOM_WITH_BODY.has(method);
  return isUsual || maker.hasOwnValue(body) || fieldsAt(document, body.schema).required.size > 0;
}

function isOwn(named: { readonly isOwn: boolean }): boolean {
  return named.isOwn;
}

function basePick(body: Body, { choices, maker, whole }: BodySources): Pick {
  if (whole !== undefined) {
    choices.origins['body'] = 'override';
    return () => choices.marks.fillAll(whole);
  }
  return choices.pick('body', (variant) => maker.make({ ...body, key: 'body', place: 'body' }, variant));
}

type Edit = (value: unknown, variant: number) => unknown;

/** What the user's values of single fields do to a body. */
function editsOf(body: Body, first: unknown, sources: BodySources): Edit[] {
  const { choices, document } = sources;
  return choices.keysBelow('body.').flatMap(({ key, isOwn: isMeant }): Edit[] => {
    const path = readFieldPath(document, body.schema, key.slice('body.'.length));
    // What is said for all operations may be meant for another one's body.
    if (!isMeant && !path.isKnown && !isAt(first, path.steps)) return [];
    if (choices.isOmitted(key)) return [(value) => withoutField(value, path.steps)];
    return [setter(key, path, sources)];
  });
}

function setter(key: string, path: FieldPath, { choices, document, maker }: BodySources): Edit {
  const pick = choices.pick(key, () => ({ value: undefined, origin: 'override', problem: null }));
  const { type } = likelySchema(document, path.schemas.at(-1));
  const isNumber = choices.origins[key] === 'serial' && (type === 'integer' || type === 'number');
  return (value, variant) => {
    const makeMissing = (depth: number): unknown => {
      const missing = `body.${path.steps.slice(0, depth + 1).join('.')}`;
      const schema = path.schemas[depth];
      return maker.make({ key: missing, place: 'body', schema, examples: [] }, variant).value;
    };
    const picked = pick(variant);
    // A serial number is written as text.
    const wanted = isNumber && Number.isSafeInteger(Number(picked)) ? Number(picked) : picked;
    // A row of data may say nothing of a field.
    if (wanted === undefined) return withoutField(value, path.steps);
    const changed = withField(value, path.steps, wanted, makeMissing);
    if (changed === undefined) choices.note(key, 'the body has no place for it');
    return changed ?? value;
  };
}

function isAt(value: unknown, steps: readonly string[]): boolean {
  let here = value;
  for (const step of steps) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return false;
    here = Reflect.get(here, step);
  }
  return true;
}

/** Says of each field of the first body where it came from. */
function noteOrigins(body: Body, first: unknown, { choices, document, maker }: BodySources): void {
  if (!isObject(first)) return;
  const whole = choices.origins['body'] ?? 'generated';
  const { properties } = fieldsAt(document, body.schema);
  for (const name of Object.keys(first)) {
    const key = `body.${name}`;
    if (choices.isOmitted(key)) continue;
    choices.origins[key] ??= whole === 'generated' ? originOf(maker, key, properties.get(name)) : whole;
  }
}

function originOf(maker: ValueMaker, key: string, schema: unknown): ValueOrigin {
  const wanted = { key, place: 'body', schema, examples: [] } as const;
  return schema !== undefined && maker.hasOwnValue(wanted) ? maker.make(wanted, 0).origin : 'generated';
}
