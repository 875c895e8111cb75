import { reasonOf } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import type { PreflightState } from '../../model/results/preflight.js';
import type { Operation } from '../../model/requests/request.js';
import type { Observer } from '../../model/live/run-events.js';

/** What came of one request, as far as it shows whether bench is still signed in. */
interface Answered {
  readonly state: PreflightState;
  readonly status: number | null;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);

/** Sees that a session has ended between two requests, and after which operation. */
export class SessionWatch {
  private hasWorked = false;
  private isLost = false;
  /** Those that may have ended it, since an answer last showed that it stood. */
  private suspects: Operation[] = [];

  constructor(
    private readonly observe: Observer,
    /** Signs in again. */
    private readonly renew: () => Promise<void>,
  ) {}

  /** Whether it is worth while to ask once more: the session had ended, and there is a new one. */
  async renewsAfter({ status }: Answered): Promise<boolean> {
    const hasEnded = status === 401 && this.hasWorked && this.suspects.length > 0 && !this.isLost;
    if (!hasEnded) return false;
    try {
      await this.renew();
      return true;
    } catch (error) {
      this.isLost = true;
      this.say(`signing in again failed: ${reasonOf(error).replace(/\.$/, '')}`);
      return false;
    }
  }

  /** The answer after a renewal shows whether that was it. */
  tell({ status }: Answered): void {
    if (status === 401) this.isLost = true;
    else this.say('bench has signed in again');
  }

  note(operation: Operation, { state }: Answered, isGuarded: boolean): void {
    if (state !== 'ok') return;
    if (isGuarded) {
      this.hasWorked = true;
      this.suspects = [];
    }
    if (!SAFE.has(operation.method)) this.suspects.push(operation);
  }

  private say(outcome: string): void {
    const names = this.suspects.map(({ method, path }) => `${method} ${path}`);
    const which = names.length === 1 ? names[0] : `one of ${names.join(', ')}`;
    const message = `Pre-flight: ${which} ended the session of bench; ${outcome}. Leave it out: exclude: [${names.map((name) => JSON.stringify(name)).join(', ')}].`;
    this.observe({ kind: 'notice', message: oneLine(message) });
  }
}
