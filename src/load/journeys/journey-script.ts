import type { Clock } from '../../kernel/clock.js';
import { randomAt, seedFor } from '../../kernel/random.js';
import type { JourneyStep, SharedJourneys } from '../../model/generation/journeys.js';
import { thinkTimeUs } from '../../model/loads/think-time.js';
import type { RequestBlueprint, RequestSource } from '../../model/requests/request.js';
import { choiceByWeight } from '../choice-by-weight.js';
import type { Transport } from '../transport/transport.js';
import type { UserScript } from './user-script.js';
import { UserState } from './user-state.js';

export interface JourneyScriptOptions {
  readonly clock: Pick<Clock, 'unixMs'>;
  readonly transport: Pick<Transport, 'kept'>;
  /** Whose serial numbers requests get, in the order in which they are sent. */
  readonly source: Pick<RequestSource, 'serialAt'>;
  readonly journeys: SharedJourneys;
  readonly seed: number;
  /** Of this generator: of all users those whose number is `index` modulo `of`. */
  readonly users: number;
  readonly index: number;
  readonly of: number;
}

/** Before its first journey. */
const START = -1;

/**
 * Each user goes through journeys, step by step, with values of its own. Which one it takes is a function of the seed, its
 * number among all users, and how many it has begun before; which step, of its place. A step that fails ends the journey.
 *
 * An index is the number of the user: each has one request at a time, until `end`.
 */
export class JourneyScript implements UserScript, RequestSource {
  readonly source: RequestSource = this;
  private readonly choose: (random: number) => number;
  /** Which journey a user is in, or `START`. */
  private readonly journeyAt: Int32Array;
  private readonly stepAt: Int32Array;
  private readonly begun: Uint32Array;
  private readonly thoughts: Uint32Array;
  /** 1 once the answer to the user's request has been good. */
  private readonly isGood: Uint8Array;
  private readonly choiceSeeds: Uint32Array;
  private readonly thinkSeeds: Uint32Array;
  private readonly states: UserState[];
  private readonly requests: (RequestBlueprint | undefined)[];
  private sent = 0;

  constructor(private readonly options: JourneyScriptOptions) {
    const { journeys, users, seed } = options;
    this.choose = choiceByWeight(journeys.journeys.map(({ weight }) => weight));
    this.journeyAt = new Int32Array(users).fill(START);
    this.stepAt = new Int32Array(users);
    this.begun = new Uint32Array(users);
    this.thoughts = new Uint32Array(users);
    this.isGood = new Uint8Array(users);
    this.choiceSeeds = Uint32Array.from({ length: users }, (_, user) =>
      seedFor(seed, `journeys of ${this.numberOf(user)}`),
    );
    this.thinkSeeds = Uint32Array.from({ length: users }, (_, user) =>
      seedFor(seed, `think of ${this.numberOf(user)}`),
    );
    this.states = Array.from({ length: users }, () => new UserState());
    this.requests = Array.from({ length: users }, () => undefined);
    if (journeys.onStart.length === 0) for (let user = 0; user < users; user += 1) this.begin(user);
  }

  next(user: number): number {
    return user;
  }

  operationAt(user: number): number {
    return this.stepOf(user).operation;
  }

  /** Made when it is first asked for, and the same until the request has ended. */
  blueprintAt(user: number): RequestBlueprint {
    const made = this.requests[user];
    if (made !== undefined) return made;
    const serial = this.options.source.serialAt(this.sent);
    this.sent += 1;
    const request = (this.states[user] as UserState).requestOf(this.stepOf(user), this.rowOf(user), serial);
    this.requests[user] = request;
    return request;
  }

  /** Requests are made with theirs. */
  serialAt(): number {
    return 0;
  }

  readonly onAnswer = (user: number, isGood: boolean): string => {
    const { transport, clock } = this.options;
    const state = this.states[user] as UserState;
    const kept = transport.kept(user);
    if (kept !== undefined) state.keepCookies(kept, clock.unixMs());
    if (!isGood) return '';
    const step = this.stepOf(user);
    const answer = {
      headers: kept?.headers ?? [],
      body: step.captures.length === 0 ? undefined : kept?.body,
    };
    const terms = { nth: this.rowOf(user), isStart: this.journeyAt[user] === START };
    if (state.capture(step, answer, terms) !== undefined) return 'capture-missing';
    this.isGood[user] = 1;
    return '';
  };

  end(user: number): number {
    const { think } = this.stepOf(user);
    const random = randomAt(this.thinkSeeds[user] as number, this.thoughts[user] as number);
    this.thoughts[user] = (this.thoughts[user] as number) + 1;
    this.requests[user] = undefined;
    this.goOn(user, this.isGood[user] === 1);
    this.isGood[user] = 0;
    return thinkTimeUs(think, random);
  }

  private goOn(user: number, isGood: boolean): void {
    const isStart = this.journeyAt[user] === START;
    const next = (this.stepAt[user] as number) + 1;
    if (isGood && next < this.stepsOf(user).length) {
      this.stepAt[user] = next;
    } else if (!isGood && isStart) {
      (this.states[user] as UserState).start();
      this.stepAt[user] = 0;
    } else {
      this.begin(user);
    }
  }

  private begin(user: number): void {
    const random = randomAt(this.choiceSeeds[user] as number, this.begun[user] as number);
    this.journeyAt[user] = this.choose(random);
    this.begun[user] = (this.begun[user] as number) + 1;
    this.stepAt[user] = 0;
    (this.states[user] as UserState).beginJourney();
  }

  private stepsOf(user: number): readonly JourneyStep[] {
    const { onStart, journeys } = this.options.journeys;
    const at = this.journeyAt[user] as number;
    return at === START ? onStart : (journeys[at]?.steps ?? []);
  }

  private stepOf(user: number): JourneyStep {
    return this.stepsOf(user)[this.stepAt[user] as number] as JourneyStep;
  }

  /** Its own at the start, and one further with each journey. */
  private rowOf(user: number): number {
    return this.numberOf(user) + Math.max(0, (this.begun[user] as number) - 1);
  }

  /** Among the users of all generators. */
  private numberOf(user: number): number {
    return this.options.index + user * this.options.of;
  }
}
