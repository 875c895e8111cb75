import { parseExactly } from '../../kernel/exact-json.js';
import type { JourneyStep } from '../../model/generation/journeys.js';
import { captureFrom } from '../../model/requests/capture.js';
import { headerOf, headersOf } from '../../model/requests/fetch.js';
import { fillGaps } from '../../model/requests/gaps.js';
import { fillHoles } from '../../model/requests/holes.js';
import type { RequestBlueprint } from '../../model/requests/request.js';
import { keepCookies, type SetCookie } from '../../model/requests/set-cookie.js';
import { withCookies } from './with-cookies.js';

/** What is read of an answer. */
export interface TakenAnswer {
  /** Name, value, name, value …, the names in lower case. */
  readonly headers: readonly string[];
  /** Decoded; undefined where it was not kept. */
  readonly body: Buffer | undefined;
}

/** What one user has got from the target: values by the key that gets them, and cookies. */
export class UserState {
  private ofStart = new Map<string, unknown>();
  private ofJourney = new Map<string, unknown>();
  private cookies = new Map<string, SetCookie>();

  /** Forgets all, as one who comes for the first time. */
  start(): void {
    this.ofStart = new Map();
    this.ofJourney = new Map();
    this.cookies = new Map();
  }

  /** Keeps what it had before its first journey, and cookies. */
  beginJourney(): void {
    if (this.ofJourney.size > 0) this.ofJourney = new Map();
  }

  /** The step's request as this user sends it; `row` says which of several. */
  requestOf(step: JourneyStep, row: number, serial: number): RequestBlueprint {
    const { blueprint, gaps } = step.requests[row % step.requests.length] as JourneyStep['requests'][number];
    const filled = fillGaps(fillHoles(blueprint, serial), gaps, (key) => this.valueOf(key));
    return withCookies(filled, [...this.cookies.values()]);
  }

  keepCookies(answer: Pick<TakenAnswer, 'headers'>, nowUnixMs: number): void {
    const lines = headersOf(answer, 'set-cookie');
    if (lines.length > 0) keepCookies(this.cookies, lines, nowUnixMs);
  }

  /**
   * Keeps what a step captures, of several values the one with the number `nth` of them in turn. Returns the first capture
   * that finds nothing, and then keeps none.
   */
  capture(
    { captures }: JourneyStep,
    answer: TakenAnswer,
    terms: { readonly nth: number; readonly isStart: boolean },
  ): JourneyStep['captures'][number] | undefined {
    if (captures.length === 0) return undefined;
    const parts = { json: jsonIn(answer.body), header: (name: string) => headerOf(answer, name) };
    const found: [key: string, value: unknown][] = [];
    for (const capture of captures) {
      const { key, from, around } = capture;
      const values = captureFrom(parts, key, from);
      if (values.length === 0) return capture;
      const value = values[terms.nth % values.length];
      found.push([key, around === null ? value : `${around[0]}${String(value)}${around[1]}`]);
    }
    const kept = terms.isStart ? this.ofStart : this.ofJourney;
    for (const [key, value] of found) kept.set(key, value);
    return undefined;
  }

  private valueOf(key: string): unknown {
    return this.ofJourney.has(key) ? this.ofJourney.get(key) : this.ofStart.get(key);
  }
}

function jsonIn(body: Buffer | undefined): unknown {
  if (body === undefined || body.length === 0) return undefined;
  try {
    return parseExactly(body.toString('utf8'));
  } catch {
    return undefined; // no JSON: then it holds no value at any pointer
  }
}
