import { oneLine } from '../kernel/text.js';
import type { Adjustment } from '../model/preflight.js';
import type { Operation } from '../model/request.js';
import type { Observer } from './run-events.js';

type Named = Pick<Operation, 'method' | 'path'>;

/** What may be missing where a server answers so. */
const BY_STATUS: Readonly<Record<number, Adjustment>> = {
  400: 'full-body',
  412: 'any-version',
  422: 'full-body',
  428: 'any-version',
};

const WORDS: Readonly<Record<Adjustment, string>> = {
  'full-body': 'Refused with fields left out, and accepted with all of them, which every request now has',
  'any-version': 'Accepted with If-Match: * alone, which every request now has',
};

/** What makes the target accept the requests of an operation: found where it refuses them, kept for all that follow. */
export class Adjustments {
  private readonly kept = new Map<string, readonly Adjustment[]>();
  private readonly tried = new Set<string>();
  private readonly unsaid: { readonly name: string; readonly adjustment: Adjustment }[] = [];

  of(operation: Named): readonly Adjustment[] {
    return this.kept.get(nameOf(operation)) ?? [];
  }

  /**
   * After a refusal: lets `again` prepare and send the request with what may be missing, once for each operation, and
   * keeps that if the answer is good. Whether it is.
   */
  async mend(operation: Named, status: number | null, again: () => Promise<boolean>): Promise<boolean> {
    const adjustment = status === null ? undefined : BY_STATUS[status];
    const name = nameOf(operation);
    if (adjustment === undefined || this.tried.has(`${adjustment} ${name}`)) return false;
    this.tried.add(`${adjustment} ${name}`);
    const before = this.of(operation);
    this.kept.set(name, [...before, adjustment]);
    const isAccepted = await again();
    if (isAccepted) this.unsaid.push({ name, adjustment });
    else this.kept.set(name, before);
    return isAccepted;
  }

  /** A line for each kind of what was found since the last time. */
  tell(observe: Observer): void {
    const found = this.unsaid.splice(0);
    for (const [adjustment, words] of Object.entries(WORDS)) {
      const names = found.filter((one) => one.adjustment === adjustment).map(({ name }) => name);
      if (names.length > 0) observe({ kind: 'notice', message: oneLine(`${words}: ${names.join(', ')}.`) });
    }
  }
}

function nameOf({ method, path }: Named): string {
  return `${method} ${path}`;
}
