import { isUuid, oneLine } from '../kernel/text.js';
import type { Adjustment } from '../model/preflight.js';
import type { Operation } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import {
  isTaken,
  namedKeys,
  takenKeys,
  type SerialCandidates,
  type SerialRules,
} from '../analyze/preflight/taken-keys.js';
import type { DescribedOperation } from '../openapi/document/described-operation.js';
import { isObject } from '../openapi/document/load-document.js';
import { fieldsAt } from '../openapi/requests/fields-at.js';
import { schemaOfKey } from '../openapi/requests/known-keys.js';
import { serialRule, serialRules } from '../openapi/requests/serial-rules.js';
import { ValueMaker } from '../openapi/values/value-maker.js';
import { GivenValues } from './given-values.js';
import type { Api } from './read-api.js';
import type { Observer } from './run-events.js';

type Named = Pick<Operation, 'method' | 'path'>;
type Described = Pick<Api, 'document' | 'rules'>;

/** What the requests of an operation have beyond what the document asks for, or do without. */
export interface Adjusted {
  readonly kinds: readonly Adjustment[];
  /** For values that the target takes once only. */
  readonly serial: SerialRules;
  /** Keys of fields that are left out. */
  readonly omitted: readonly string[];
}

/** Why the target refused a request, as far as it says. */
export interface Refusal {
  readonly status: number | null;
  readonly reason: string | null;
  readonly fields: readonly string[];
  /** Whether it had accepted the same request before. */
  readonly isRepeated?: boolean;
}

/** What came of a request. */
export interface Outcome {
  readonly isGood: boolean;
  readonly refusal: Refusal;
}

export const NOT_ADJUSTED: Adjusted = { kinds: [], serial: {}, omitted: [] };

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

const WORDS: Readonly<Record<Adjustment, string>> = {
  'full-body': 'Refused with fields left out, and accepted with all of them, which every request now has',
  'fewer-fields': 'Refused for fields that need not be there, and accepted without them',
  'any-version': 'Accepted with If-Match: * alone, which every request now has',
  'content-type': 'Accepted with Content-Type: application/json alone, though there is no body',
  'own-values': 'Values that are taken once only have a number of their own in every request',
};
const SHOWN_KEYS = 3;
/** Servers that check one field after another name one after another. */
const MOST_TRIES = 12;
const MOST_NAMED = 4;

/** What makes the target accept the requests of an operation: found where it refuses them, kept for all that follow. */
export class Adjustments {
  private readonly kept = new Map<string, Adjusted>();
  private readonly tried = new Set<string>();
  private readonly unsaid: { readonly kind: Adjustment; readonly name: string }[] = [];

  constructor(private readonly config: Pick<RunConfig, 'values' | 'seed' | 'bodyMode'>) {}

  of(operation: Named): Adjusted {
    return this.kept.get(nameOf(operation)) ?? NOT_ADJUSTED;
  }

  /**
   * After a refusal: lets `again` prepare and send the request with what may be missing, without what may be too much, or
   * with other values. What makes the target complain of something else is a step on the way. Keeps what comes of it and
   * returns that if it is good; else undefined, as `again` where the request is none other. Nothing is tried twice.
   */
  async mend<One extends Outcome>(
    api: Described,
    operation: DescribedOperation,
    refusal: Refusal,
    again: () => Promise<One | undefined>,
    /** Sends the refused request once more. */
    asBefore: () => Promise<One>,
  ): Promise<One | undefined> {
    const name = nameOf(operation);
    const before = this.of(operation);
    let now = before;
    let last = refusal;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const next = this.triesFor(now, { api, operation, refusal: last }).find((one) => this.isNew(name, one));
      if (next === undefined) break;
      this.kept.set(name, next);
      const outcome = await again();
      if (outcome?.isGood) {
        // A server that errs now and then is not to be taken for one that wants another request.
        const first = (refusal.status ?? 0) >= 500 && !refusal.isRepeated ? await asBefore() : undefined;
        if (first?.isGood) {
          this.kept.set(name, before);
          return first;
        }
        const kinds = next.kinds.filter((kind) => !before.kinds.includes(kind));
        this.unsaid.push(...kinds.map((kind) => ({ kind, name: withKeys(name, kind, next) })));
        return outcome;
      }
      if (outcome && isStep(next, outcome.refusal, last)) [now, last] = [next, outcome.refusal];
    }
    this.kept.set(name, before);
    return undefined;
  }

  /** For the values that could be others in each request: those of which the user gives one, and those that are open. */
  serialCandidates(api: Described, operation: DescribedOperation): SerialCandidates {
    const said = new GivenValues(this.config, api);
    const maker = new ValueMaker(api.document, this.config);
    const rules = [...serialRules(api.document, operation, maker)];
    const given = rules.flatMap(([key]): [string, string][] => {
      const schema = schemaOfKey(api.document, operation, key);
      const rule = serialRule(api.document, schema, said.onlyOne(operation, key));
      return rule === undefined ? [] : [[key, rule]];
    });
    return {
      given: Object.fromEntries(given),
      open: Object.fromEntries(rules.filter(([key]) => !said.has(operation, key))),
    };
  }

  /** A line for each kind of what was found since the last time. */
  tell(observe: Observer): void {
    const found = this.unsaid.splice(0);
    for (const [kind, words] of Object.entries(WORDS)) {
      const names = found.filter((one) => one.kind === kind).map(({ name }) => name);
      if (names.length > 0) observe({ kind: 'notice', message: oneLine(`${words}: ${names.join(', ')}.`) });
    }
  }

  private isNew(name: string, adjusted: Adjusted): boolean {
    const key = `${name} ${JSON.stringify(adjusted)}`;
    const isKnown = this.tried.has(key);
    this.tried.add(key);
    return !isKnown;
  }

  /** What may help against a refusal, the likeliest first. */
  private triesFor(now: Adjusted, asked: Asked): readonly Adjusted[] {
    return kindsFor(asked.refusal).flatMap((kind): readonly Adjusted[] => {
      const kinds = [...new Set([...now.kinds, kind])];
      if (kind === 'own-values') return this.serialTries(asked).map((serial) => ({ ...now, kinds, serial }));
      if (kind === 'fewer-fields')
        return this.fieldTries(now.omitted, asked).map((omitted) => ({ ...now, kinds, omitted }));
      // Fields that were too much are not wanted all.
      return kind === 'full-body' && now.omitted.length > 0 ? [] : [{ ...now, kinds }];
    });
  }

  private serialTries({ api, operation, refusal }: Asked): readonly SerialRules[] {
    const { open } = this.serialCandidates(api, operation);
    return takenKeys(Object.keys(open), refusal).map((keys) =>
      Object.fromEntries(keys.map((key) => [key, open[key] as string])),
    );
  }

  /** Without the fields that the refusal names, then without those that servers set, or all that are optional. */
  private fieldTries(
    before: readonly string[],
    { api, operation, refusal }: Asked,
  ): readonly (readonly string[])[] {
    const { optional, required, values } = this.fieldsOf(api, operation);
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

  /** The keys of the fields that a body is sent with, but for those that the user gives. */
  private fieldsOf({ document, rules }: Described, operation: DescribedOperation): Fields {
    const { body } = operation;
    const said = new GivenValues(this.config, { rules });
    const isGiven = said.has(operation, 'body') || rules.get(operation)?.body !== undefined;
    if (!body || isGiven) return { optional: [], required: [], values: new Map() };
    const maker = new ValueMaker(document, this.config);
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
}

/** The keys of the fields that a body is sent with, and their values. */
interface Fields {
  readonly optional: readonly string[];
  /** By the document, or by the user. */
  readonly required: readonly string[];
  readonly values: ReadonlyMap<string, unknown>;
}

interface Asked {
  readonly api: Described;
  readonly operation: DescribedOperation;
  readonly refusal: Refusal;
}

/** Ids, and who or when: examples of these name what no other server has. */
function isOfServer(key: string, value: unknown): boolean {
  const name = key.slice(key.lastIndexOf('.') + 1);
  const isId = /^(id|uuid|_id)$|(_id|Id|_ids|Ids|_uuid)$/.test(name);
  const isTrace = /(created|updated|modified|deleted)/i.test(name);
  return isId || isTrace || [value].flat().some((one) => isUuid(one));
}

/** Whether the target now complains of something else, and not of what it lacks without the fields left out. */
function isStep({ omitted }: Adjusted, refusal: Refusal, last: Refusal): boolean {
  if (isLacking(refusal) && namedKeys(omitted, refusal).length > 0) return false;
  return refusal.status !== last.status || refusal.reason !== last.reason;
}

function isLacking({ reason }: Refusal): boolean {
  return /required|missing|not-null|cannot be null/i.test(reason ?? '');
}

/** A refusal that speaks of what the server has already asks for other values before anything else. */
function kindsFor({ status, reason, isRepeated = false }: Refusal): readonly Adjustment[] {
  const others = status === null ? [] : (BY_STATUS[status] ?? []);
  return isRepeated || isTaken(status, reason) ? ['own-values', ...others] : others;
}

function withKeys(name: string, kind: Adjustment, { serial, omitted }: Adjusted): string {
  const all =
    kind === 'own-values'
      ? Object.entries(serial).map(([key, text]) => `${key}: ${text}`)
      : kind === 'fewer-fields'
        ? omitted
        : [];
  if (all.length === 0) return name;
  const more = all.length > SHOWN_KEYS ? ` and ${all.length - SHOWN_KEYS} more` : '';
  return `${name} (${all.slice(0, SHOWN_KEYS).join(', ')}${more})`;
}

function nameOf({ method, path }: Named): string {
  return `${method} ${path}`;
}
