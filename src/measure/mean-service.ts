import { isAnswered, type Sample } from '../model/generation/sample.js';

/** The mean service time of what was answered. */
export class MeanService {
  private answered = 0;
  private serviceUs = 0;

  add({ outcome, sentUs, doneUs }: Sample): void {
    if (!isAnswered(outcome)) return;
    this.answered += 1;
    this.serviceUs += doneUs - sentUs;
  }

  /** Milliseconds; 0 when nothing was answered. */
  get meanMs(): number {
    return this.answered === 0 ? 0 : this.serviceUs / this.answered / 1000;
  }
}
