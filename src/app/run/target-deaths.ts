import { UserError } from '../../kernel/errors.js';
import type { CellRecord } from '../../model/results/cell-record.js';

const MOST_RUNNING = 2;

/** Ends a run whose target dies again at once. */
export class TargetDeaths {
  private running = 0;

  constructor(private readonly logFile: string) {}

  /** To be called after each cell; throws when the target has died in two running. */
  count({ verdict }: CellRecord, isDead: boolean): void {
    this.running = isDead ? this.running + 1 : 0;
    if (this.running < MOST_RUNNING) return;
    const reason = verdict.reasons.find(({ id }) => id === 'target-died');
    throw new UserError(
      'run',
      `The target died in two cells running: ${reason?.message ?? 'the target died'}.`,
      `Its whole output is in ${this.logFile}`,
    );
  }
}
