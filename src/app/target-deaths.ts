import { targetDied, type TargetDeath } from '../analyze/target-died.js';
import type { SecretMask } from '../config/secret-mask.js';
import { UserError } from '../kernel/errors.js';
import type { Reason } from '../model/verdict.js';
import type { RunConfig } from '../model/run-config.js';
import type { CellRecord } from '../model/run-record.js';

const MOST_RUNNING = 2;

/** What a run makes of a target that dies: a reason for the cell; the end of the run when it happens again at once. */
export class TargetDeaths {
  private running = 0;

  constructor(
    private readonly config: Pick<RunConfig, 'target'>,
    private readonly mask: SecretMask,
    private readonly logFile: string,
  ) {}

  reasonsOf(death: TargetDeath | undefined): Reason[] {
    if (death === undefined) return [];
    const reason = targetDied(death, { isTargetStarted: this.config.target.kind === 'command' });
    return [{ ...reason, message: this.mask.text(reason.message) }];
  }

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
