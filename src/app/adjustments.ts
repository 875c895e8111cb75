import { oneLine } from '../kernel/text.js';
import type { Adjustment } from '../model/preflight.js';
import type { Operation } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import {
  isTaken,
  takenKeys,
  type SerialCandidates,
  type SerialRules,
} from '../analyze/preflight/taken-keys.js';
import type { DescribedOperation } from '../openapi/document/described-operation.js';
import { schemaOfKey } from '../openapi/requests/known-keys.js';
import { serialRule, serialRules } from '../openapi/requests/serial-rules.js';
import { ValueMaker } from '../openapi/values/value-maker.js';
import { GivenValues } from './given-values.js';
import type { Api } from './read-api.js';
import type { Observer } from './run-events.js';

type Named = Pick<Operation, 'method' | 'path'>;
type Described = Pick<Api, 'document' | 'rules'>;

/** What the requests of an operation have beyond what the document asks for. */
export interface Adjusted {
  readonly kinds: readonly Adjustment[];
  /** For values that the target takes once only. */
  readonly serial: SerialRules;
}

/** Why the target refused a request, as far as it says. */
export interface Refusal {
  readonly status: number | null;
  readonly reason: string | null;
  readonly fields: readonly string[];
  /** Whether it had accepted the same request before. */
  readonly isRepeated?: boolean;
}

export const NOT_ADJUSTED: Adjusted = { kinds: [], serial: {} };

/** What may be missing where a server answers so. */
const BY_STATUS: Readonly<Record<number, Adjustment>> = {
  400: 'full-body',
  412: 'any-version',
  422: 'full-body',
  428: 'any-version',
};

const WORDS: Readonly<Record<Adjustment, string>> = {
  'full-body': 'Refused with fields left out, and accepted with all of them, which every request now has',
  'any-version': 'Accepted with If-Match: * alone, which every request now has',
  'own-values': 'Values that are taken once only have a number of their own in every request',
};
const SHOWN_KEYS = 3;

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
   * After a refusal: lets `again` prepare and send the request with what may be missing, or with other values, once for
   * each operation. Keeps what comes of it and returns that if it is good; else undefined, as `again` where the request
   * is none other.
   */
  async mend<Outcome extends { readonly isGood: boolean }>(
    api: Described,
    operation: DescribedOperation,
    refusal: Refusal,
    again: () => Promise<Outcome | undefined>,
  ): Promise<Outcome | undefined> {
    const name = nameOf(operation);
    const before = this.of(operation);
    const kind = kindFor(refusal);
    if (kind === undefined || this.tried.has(`${kind} ${name}`)) return undefined;
    this.tried.add(`${kind} ${name}`);
    for (const serial of kind === 'own-values'
      ? this.serialTries(api, operation, refusal)
      : [before.serial]) {
      this.kept.set(name, { kinds: [...before.kinds, kind], serial });
      const outcome = await again();
      if (!outcome?.isGood) continue;
      this.unsaid.push({ kind, name: kind === 'own-values' ? withKeys(name, serial) : name });
      return outcome;
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

  /** Of the likeliest fields first. */
  private serialTries(api: Described, operation: DescribedOperation, refusal: Refusal): SerialRules[] {
    const { open } = this.serialCandidates(api, operation);
    return takenKeys(Object.keys(open), refusal).map((keys) =>
      Object.fromEntries(keys.map((key) => [key, open[key] as string])),
    );
  }
}

function kindFor({ status, reason, isRepeated = false }: Refusal): Adjustment | undefined {
  if (isRepeated || isTaken(status, reason)) return 'own-values';
  return status === null ? undefined : BY_STATUS[status];
}

function withKeys(name: string, serial: SerialRules): string {
  const all = Object.entries(serial).map(([key, text]) => `${key}: ${text}`);
  const more = all.length > SHOWN_KEYS ? ` and ${all.length - SHOWN_KEYS} more` : '';
  return `${name} (${all.slice(0, SHOWN_KEYS).join(', ')}${more})`;
}

function nameOf({ method, path }: Named): string {
  return `${method} ${path}`;
}
