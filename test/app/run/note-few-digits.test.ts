import { subject } from '../../support/subjects.js';
import { expect, test } from 'vitest';
import { noteFewDigits } from '../../../src/app/run/note-few-digits.js';
import type { PlannedCell } from '../../../src/app/run/plan-cells.js';
import type { BuiltOperation } from '../../../src/model/requests/request.js';

const operation = { id: 'make', method: 'POST', path: '/users', tags: [] };

function noticesFor(digits: number | undefined, requests: number): string[] {
  const holes = digits === undefined ? {} : { holes: [{ place: 'body' as const, at: 0, digits }] };
  const blueprints = [{ method: 'POST', path: '/users', headers: [], body: '1'.repeat(14), ...holes }];
  const built: BuiltOperation = { operation, blueprints, origins: {}, problems: [] };
  const load = { kind: 'constant-rate', ratePerSecond: requests, durationMs: 1000, arrivals: 'constant' };
  const cell = { subject: subject(operation), load } as unknown as PlannedCell;
  const notices: string[] = [];
  noteFewDigits([cell, cell], [built], (event) => {
    if (event.kind === 'notice') notices.push(event.message);
  });
  return notices;
}

test.each([
  [undefined, 1e9],
  [4, 9000],
  [14, 1e9],
])('%s digits are enough for %d requests', (digits, requests) => {
  expect(noticesFor(digits, requests)).toEqual([]);
});

test('a load that has more requests than its numbers says so once', () => {
  expect(noticesFor(4, 9001)).toEqual([
    expect.stringContaining('refuse what it has had: POST /users. Send less'),
  ]);
});
