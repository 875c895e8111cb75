import { describe, expect, it } from 'vitest';
import { operationCheck } from '../../../src/load/check-answer.js';
import { FailedExamples } from '../../../src/load/drivers/failed-examples.js';
import { MOST_FAILED_ANSWERS } from '../../../src/model/generation/failed-answer.js';

const ANY_2XX = operationCheck(undefined);
const ONLY_404 = operationCheck({ status: [[404, 404]], headers: {}, json: {}, bytes: null });

/** What a transport asks when the answer to an operation on a slot begins. */
function wants(examples: FailedExamples, slot: number, operation: number, status: number): boolean {
  return examples.mayWant(status) && examples.claim(slot, operation, status);
}

describe('which failed answers are kept', () => {
  it('is the first of each operation and status that it does not expect', () => {
    const examples = new FailedExamples([ANY_2XX, ONLY_404]);
    const first = (operation: number, status: number): boolean =>
      wants(examples, 0, operation, status) && examples.settle(0, true);

    expect([200, 404, 500].map((status) => first(0, status))).toEqual([false, true, true]);
    expect([200, 404, 500].map((status) => first(1, status))).toEqual([true, false, true]);
    expect([200, 404, 500].map((status) => first(0, status) || first(1, status))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('looks at no operation once each that may have one has its example', () => {
    const examples = new FailedExamples([ANY_2XX, ONLY_404]);
    expect([200, 404, 500].map((status) => examples.mayWant(status))).toEqual([true, true, true]);
    for (const [operation, status] of [
      [1, 200],
      [0, 404],
      [0, 500],
    ] as const) {
      examples.claim(0, operation, status);
      examples.settle(0, true);
    }
    expect([200, 404, 500].map((status) => examples.mayWant(status))).toEqual([false, false, true]);
  });

  it('is one at a time, and the next one where that does not come to its end', () => {
    const examples = new FailedExamples([ANY_2XX]);
    expect([0, 1, 2].map((slot) => wants(examples, slot, 0, 500))).toEqual([true, false, false]);
    expect([examples.settle(1, true), examples.settle(0, false)]).toEqual([false, false]);
    expect([2, 1].map((slot) => wants(examples, slot, 0, 500))).toEqual([true, false]);
    expect(examples.settle(2, true)).toBe(true);
    expect(wants(examples, 1, 0, 500)).toBe(false);
  });

  it('is one of each operation and failed check', () => {
    const examples = new FailedExamples([ANY_2XX, ANY_2XX]);
    const all = [
      [0, 'check-json'],
      [0, 'check-json'],
      [0, 'check-bytes'],
      [1, 'check-json'],
    ] as const;
    expect(all.map(([operation, kind]) => examples.isFirstFault(operation, kind))).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('ends with so many, whatever a server makes up', () => {
    const examples = new FailedExamples([ANY_2XX]);
    const statuses = Array.from({ length: 700 }, (_, at) => 300 + at);
    const kept = statuses.filter((status) => wants(examples, 0, 0, status) && examples.settle(0, true));
    expect(kept).toEqual(statuses.slice(0, MOST_FAILED_ANSWERS));
    expect(examples.mayWant(5000)).toBe(false);
  });
});
