/*
 * Hot path: runs for every request of a closed loop.
 */
import { randomAt, seedFor } from '../../kernel/random.js';
import type { GeneratorShare } from '../../model/generation/generator.js';
import type { Population } from '../../model/loads/population.js';
import { thinkTimeUs, type ThinkTime } from '../../model/loads/think-time.js';
import type { RequestSource } from '../../model/requests/request.js';
import type { DriverOptions } from '../drivers/driver.js';
import { JourneyScript } from './journey-script.js';
import type { UserScript } from './user-script.js';

type Options = Pick<DriverOptions, 'source' | 'transport' | 'clock'>;

export function scriptOf(share: GeneratorShare, population: Population, options: Options): UserScript {
  const { journeys, seed, part } = share;
  return journeys === undefined
    ? new TaskScript(options.source, population.think, seedFor(seed, `think ${part.index}`))
    : new JourneyScript({ ...options, ...part, seed, journeys, users: population.most });
}

/** All users take the next request of one source. */
class TaskScript implements UserScript {
  readonly onAnswer = undefined;
  private sent = 0;
  private thoughts = 0;

  constructor(
    readonly source: RequestSource,
    private readonly think: ThinkTime | null,
    private readonly seed: number,
  ) {}

  next(): number {
    const index = this.sent;
    this.sent += 1;
    return index;
  }

  end(): number {
    const random = randomAt(this.seed, this.thoughts);
    this.thoughts += 1;
    return thinkTimeUs(this.think, random);
  }
}
