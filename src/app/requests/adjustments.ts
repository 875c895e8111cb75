import { oneLine } from '../../kernel/text.js';
import type { Adjustment } from '../../model/results/preflight.js';
import type { Operation } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { NOT_ADJUSTED, type Adjusted } from './adjusted.js';
import { isStep, triesFor, type Refusal } from './adjustment-tries.js';
import type { Api } from '../document/read-api.js';
import type { Observer } from '../../model/live/run-events.js';

type Named = Pick<Operation, 'method' | 'path'>;

/** What came of a request. */
export interface Outcome {
  readonly isGood: boolean;
  readonly refusal: Refusal;
}

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

/** What makes the target accept the requests of an operation: found where it refuses them, kept for all that follow. */
export class Adjustments {
  private readonly kept = new Map<string, Adjusted>();
  private readonly tried = new Set<string>();
  private readonly unsaid: { readonly kind: Adjustment; readonly name: string }[] = [];

  constructor(private readonly config: Pick<RunConfig, 'values' | 'seed' | 'bodyMode' | 'requests'>) {}

  of(operation: Named): Adjusted {
    return this.kept.get(nameOf(operation)) ?? NOT_ADJUSTED;
  }

  /**
   * After a refusal: lets `again` build and send the request with what may be missing, without what may be too much, or
   * with other values. What makes the target complain of something else is a step on the way. Keeps what comes of it and
   * returns that if it is good; else undefined, as `again` where the request is none other. Nothing is tried twice.
   */
  async mend<One extends Outcome>(
    api: Pick<Api, 'document' | 'rules'>,
    operation: DescribedOperation,
    refusal: Refusal,
    again: () => Promise<One | undefined>,
    /** Sends the refused request once more. */
    asBefore: () => Promise<One>,
  ): Promise<One | undefined> {
    // What the user has written out is sent as it is, or not at all.
    if (this.config.requests !== null) return undefined;
    const name = nameOf(operation);
    const before = this.of(operation);
    let now = before;
    let last = refusal;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const refused = { config: this.config, api, operation, refusal: last };
      const next = triesFor(now, refused).find((one) => this.isNew(name, one));
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
