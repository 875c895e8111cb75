import { isUuid } from '../../kernel/text.js';
import type { Adjustment } from '../../model/results/preflight.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { isTaken, namedKeys, takenKeys, type SerialRules } from '../../analyze/preflight/taken-keys.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import { fieldsAt } from '../../openapi/requests/fields-at.js';
import { ValueMaker } from '../../openapi/values/value-maker.js';
import type { Adjusted } from './adjusted.js';
import { GivenValues } from './given-values.js';
import type { Api } from '../document/read-api.js';
import { serialCandidates } from './serial-candidates.js';

/** Why the target refused a request, as far as it says. */
export interface Refusal {
  readonly status: number | null;
  readonly reason: string | null;
  readonly fields: readonly string[];
  /** Whether it had accepted the same request before. */
  readonly isRepeated?: boolean;
}

/** A refusal, and what can be known of its request. */
interface Refused {
  readonly config: Pick<RunConfig, 'values' | 'seed' | 'bodyMode'>;
  readonly api: Pick<Api, 'document' | 'rules'>;
  readonly operation: DescribedOperation;
  readonly refusal: Refusal;
}

/** What may be missing where a server answers so, or too much. */
const BY_STATUS: Readonly<Record<number, readonly Adjustment[]>> = {
  400: ['full-body', 'fewer-fields'],
  403: ['fewer-fields'],
  404: ['fewer-fields'],
  409: ['fewer-fields'],
  412: ['any-version'],
  415: ['content-type'],
  422: ['full-body', 'fewer-fields'],
  428: ['any-version'],
  500: ['fewer-fields'],
};

const MOST_NAMED = 4;

/** What may help against a refusal, the likeliest first. */
export function triesFor(now: Adjusted, refused: Refused): readonly Adjusted[] {
  return kindsFor(refused.refusal).flatMap((kind): readonly Adjusted[] => {
    const kinds = [...new Set([...now.kinds, kind])];
    if (kind === 'own-values') return serialTries(refused).map((serial) => ({ ...now, kinds, serial }));
    if (kind === 'fewer-fields')
      return fieldTries(now.omitted, refused).map((omitted) => ({ ...now, kinds, omitted }));
    // Fields that were too much are not wanted all.
    return kind === 'full-body' && now.omitted.length > 0 ? [] : [{ ...now, kinds }];
  });
}

/** Whether the target now complains of something else, and not of what it lacks without the fields left out. */
export function isStep({ omitted }: Adjusted, refusal: Refusal, last: Refusal): boolean {
  if (isLacking(refusal) && namedKeys(omitted, refusal).length > 0) return false;
  return refusal.status !== last.status || refusal.reason !== last.reason;
}

/** A refusal that speaks of what the server has already asks for other values before anything else. */
function kindsFor({ status, reason, isRepeated = false }: Refusal): readonly Adjustment[] {
  const others = status === null ? [] : (BY_STATUS[status] ?? []);
  return isRepeated || isTaken(status, reason) ? ['own-values', ...others] : others;
}

function serialTries({ config, api, operation, refusal }: Refused): readonly SerialRules[] {
  const { open } = serialCandidates(config, api, operation);
  return takenKeys(Object.keys(open), refusal).map((keys) =>
    Object.fromEntries(keys.map((key) => [key, open[key] as string])),
  );
}

/** Without the fields that the refusal names, then without those that servers set, or all that are optional. */
function fieldTries(before: readonly string[], refused: Refused): readonly (readonly string[])[] {
  const { refusal } = refused;
  const { optional, required, values } = fieldsOf(refused);
  const mentioned = namedKeys(optional, refusal);
  // A database that repeats its whole statement names none, and what is required is not too much.
  const named = mentioned.length > MOST_NAMED || isLacking(refusal) ? [] : mentioned;
  const ofServers = optional.filter((key) => isOfServer(key, values.get(key)));
  const tries = [named, ofServers, required.length > 0 ? optional : []].map((keys) => [
    ...new Set([...before, ...keys]),
  ]);
  // A body without any field would say nothing.
  return tries.filter(
    (keys) => keys.length > before.length && keys.length < optional.length + required.length,
  );
}

/** The keys of the fields that a body is sent with, and their values. */
interface Fields {
  readonly optional: readonly string[];
  /** By the document, or by the user. */
  readonly required: readonly string[];
  readonly values: ReadonlyMap<string, unknown>;
}

/** The keys of the fields that a body is sent with, but for those that the user gives. */
function fieldsOf({ config, api, operation }: Refused): Fields {
  const { document, rules } = api;
  const { body } = operation;
  const said = new GivenValues(config, { rules });
  const isGiven = said.has(operation, 'body') || rules.get(operation)?.body !== undefined;
  if (!body || isGiven) return { optional: [], required: [], values: new Map() };
  const maker = new ValueMaker(document, config);
  const { value } = maker.make({ ...body, key: 'body', place: 'body' }, 0);
  const { required } = fieldsAt(document, body.schema);
  const fields = Object.entries(isObject(value) ? value : {});
  const keysOf = (some: readonly string[]): readonly string[] => some.map((name) => `body.${name}`);
  const names = fields.map(([name]) => name);
  const isKept = (name: string): boolean => required.has(name) || said.has(operation, `body.${name}`);
  return {
    optional: keysOf(names.filter((name) => !isKept(name))),
    required: keysOf(names.filter(isKept)),
    values: new Map(fields.map(([name, inner]) => [`body.${name}`, inner])),
  };
}

/** Ids, and who or when: examples of these name what no other server has. */
function isOfServer(key: string, value: unknown): boolean {
  const name = key.slice(key.lastIndexOf('.') + 1);
  const isId = /^(id|uuid|_id)$|(_id|Id|_ids|Ids|_uuid)$/.test(name);
  const isTrace = /(created|updated|modified|deleted)/i.test(name);
  return isId || isTrace || [value].flat().some((one) => isUuid(one));
}

function isLacking({ reason }: Refusal): boolean {
  return /required|missing|not-null|cannot be null/i.test(reason ?? '');
}
