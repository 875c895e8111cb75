import type { CollectorKind } from '../model/generation/collector.js';
import { MOST_FAILED_ANSWERS, type FailedAnswer } from '../model/generation/failed-answer.js';

/** The first answer of each operation and way to fail: drivers give one of each, several generators as many. */
export const failedAnswers: CollectorKind<FailedAnswer[]> = {
  name: 'failed-answers',
  create() {
    const found: FailedAnswer[] = [];
    return {
      add({ answer, operation, status, failure, doneUs }) {
        if (answer === null) return;
        found.push({ ...answer, operation, status, failure, doneUs });
      },
      snapshot: () => firstOfEach(found),
    };
  },
  merge: (parts) => firstOfEach(parts.flat()),
};

function firstOfEach(found: readonly FailedAnswer[]): FailedAnswer[] {
  const firsts = new Map<string, FailedAnswer>();
  for (const one of found.toSorted((a, b) => a.doneUs - b.doneUs)) {
    const key = `${one.operation} ${one.status} ${one.failure}`;
    if (!firsts.has(key)) firsts.set(key, one);
  }
  return [...firsts.values()].slice(0, MOST_FAILED_ANSWERS);
}
