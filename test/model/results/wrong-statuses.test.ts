import { expect, it } from 'vitest';
import { wrongStatuses } from '../../../src/model/results/wrong-statuses.js';
import { cell } from '../../support/cells.js';

const created = { status: [[201, 201]] as [number, number][], headers: {}, json: {}, bytes: null };

it('holds each operation of a mixture against what it expects itself', () => {
  const part = { failures: {}, bytes: { received: 0, sent: 0 } };
  const { counts, latencyMs } = cell();
  const histograms = { response: '', responseCensored: '' };
  const common = { ...part, counts, achievedRps: 1, latencyMs: { response: latencyMs.response }, histograms };
  const mixture = cell({
    statusCodes: { '200': 7, '201': 5, '404': 2 },
    byOperation: [
      { ...common, statusCodes: { '200': 4, '404': 2 } },
      { ...common, statusCodes: { '200': 3, '201': 5 }, expect: created },
    ],
  });
  expect(wrongStatuses(mixture)).toEqual([
    [404, 2],
    [200, 3],
  ]);
});

it('takes a single operation by what the cell expects', () => {
  const statusCodes = { '200': 3, '201': 5 };
  expect(wrongStatuses(cell({ statusCodes }))).toEqual([]);
  expect(wrongStatuses({ statusCodes, expect: created })).toEqual([[200, 3]]);
});
