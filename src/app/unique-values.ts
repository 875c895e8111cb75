import { oneLine } from '../kernel/text.js';
import type { RunConfig } from '../model/run-config.js';
import { reasonOfAnswer } from '../analyze/preflight/reason-of-answer.js';
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
import type { Answer } from './send-request.js';

/** What came of a request. */
export interface Outcome {
  readonly answer: Answer;
  readonly isGood: boolean;
}

/** Why a server refused a request, as far as it says. */
export interface Refusal {
  readonly reason: string | null;
  readonly fields: readonly string[];
}

const NONE: SerialRules = {};
const SHOWN = 3;

/** Which values a target takes once only, as its answers have shown: every later request then gets others. */
export class UniqueValues {
  private readonly found = new Map<DescribedOperation, SerialRules>();
  /** Those that were searched for in vain are not searched for again. */
  private readonly searched = new Set<DescribedOperation>();

  constructor(
    private readonly config: Pick<RunConfig, 'values' | 'seed' | 'bodyMode'>,
    private readonly observe: Observer,
  ) {}

  /** For the operation's values, below all that the user says. */
  rulesFor(operation: DescribedOperation): SerialRules {
    return this.found.get(operation) ?? NONE;
  }

  /** For the values that could be others in each request: those of which the user gives one, and those that are open. */
  candidates(api: Pick<Api, 'document' | 'rules'>, operation: DescribedOperation): SerialCandidates {
    const maker = new ValueMaker(api.document, this.config);
    const said = new GivenValues(this.config, api);
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

  /** What comes of other values where the server says that it has those of the request already; else the outcome. */
  async insteadOf<One extends Outcome>(
    outcome: One,
    api: Pick<Api, 'document' | 'rules'>,
    operation: DescribedOperation,
    ask: () => Promise<One>,
  ): Promise<One> {
    if (outcome.isGood) return outcome;
    const refusal = reasonOfAnswer(outcome.answer.body.toString('utf8'));
    if (!isTaken(outcome.answer.status, refusal.reason)) return outcome;
    return (await this.find(api, operation, refusal, ask)) ?? outcome;
  }

  /**
   * Asks again with other values, of the likeliest fields first, until an answer is good; undefined when none was.
   * `ask` prepares its request anew each time.
   */
  async find<One extends { readonly isGood: boolean }>(
    api: Pick<Api, 'document' | 'rules'>,
    operation: DescribedOperation,
    refusal: Refusal,
    ask: () => Promise<One>,
  ): Promise<One | undefined> {
    if (this.searched.has(operation)) return undefined;
    this.searched.add(operation);
    const { open } = this.candidates(api, operation);
    for (const keys of takenKeys(Object.keys(open), refusal)) {
      const rules = Object.fromEntries(keys.map((key) => [key, open[key] as string]));
      this.found.set(operation, rules);
      const outcome = await ask();
      if (!outcome.isGood) continue;
      this.tell(operation, rules);
      return outcome;
    }
    this.found.delete(operation);
    return undefined;
  }

  private tell({ method, path }: DescribedOperation, rules: SerialRules): void {
    const all = Object.entries(rules);
    const shown = all.slice(0, SHOWN).map(([key, text]) => `${key}: ${text}`);
    const more = all.length > SHOWN ? ` and ${all.length - SHOWN} more` : '';
    const message = `${method} ${path} takes no values twice, so each request gets its own: ${shown.join(', ')}${more}.`;
    this.observe({ kind: 'notice', message: oneLine(message) });
  }
}
