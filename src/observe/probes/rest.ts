import type { Clock } from '../../kernel/clock.js';

/**
 * A look that takes milliseconds takes them of a core that the load may need: such looks in a window take a 5000th of its
 * time at most, so that not even a p99.9 shows them.
 */
const REST_PER_COST = 5000;
const LEAST_REST_MS = 1000;

/** Spaces looks in proportion to what the last one cost. */
export class Rest {
  private nextUs = 0;

  constructor(private readonly clock: Clock) {}

  get isOver(): boolean {
    return this.clock.nowUs() >= this.nextUs;
  }

  /** Looks now, and rests from the end of that. */
  after<T>(look: () => T): T {
    const startUs = this.clock.nowUs();
    try {
      return look();
    } finally {
      const nowUs = this.clock.nowUs();
      this.nextUs = nowUs + Math.max(LEAST_REST_MS * 1000, REST_PER_COST * (nowUs - startUs));
    }
  }
}
