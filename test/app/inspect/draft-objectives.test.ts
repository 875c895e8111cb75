import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { draftScenario } from '../../../src/app/inspect/draft-scenario.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import type { CellRecord } from '../../../src/model/results/cell-record.js';
import { userErrorOf } from '../../support/caught.js';
import { cell } from '../../support/cells.js';

const SPEC = resolve('test/fixtures/one-operation.json');

async function drafted(cells: CellRecord[] | null) {
  const scenario = scenarioSchema.parse({ name: 'custom' });
  const notices: string[] = [];
  const draft = await draftScenario({
    config: resolveRunConfig({ spec: SPEC }, { scenario, folder: '/' }, { freeFiles: 4096 }, 'list'),
    command: null,
    folder: '/',
    checksWrites: false,
    measured: cells && { name: 'first', cells },
    observe: (event) => {
      if (event.kind === 'notice') notices.push(event.message);
    },
    signal: new AbortController().signal,
  });
  return { objectives: draft.objectives, notices };
}
const listed = (changes: Parameters<typeof cell>[0] = {}): CellRecord =>
  cell({ operation: { path: '/items' }, ...changes });
const other = cell({ operation: { path: '/others' } });

describe('the objectives of a drafted scenario', () => {
  test('are those that a run suggests for operations of its document', async () => {
    expect(await drafted([other, listed()])).toEqual({
      objectives: { run: 'first', objectives: ['GET /items p95 < 3.1ms', 'errors < 0.1%'], without: [] },
      notices: [],
    });
    expect(await drafted(null)).toEqual({ objectives: null, notices: [] });
  });

  test('are made up where the run has no figure to trust, which is said', async () => {
    const { objectives, notices } = await drafted([listed({ verdict: { state: 'INVALID', reasons: [] } })]);
    expect(objectives).toEqual({ run: 'first', objectives: [], without: ['GET /items'] });
    expect(notices).toEqual([expect.stringContaining('No limit could be taken from first')]);
  });

  test.each([
    [[other], 'first measured another API: none of its operations (GET /others) is in this document'],
    [[], 'first has no finished cell'],
  ])('are not taken from the run of another API, or one without cells', async (cells, problem) => {
    const { message, fault } = await userErrorOf(() => drafted(cells));
    expect(fault).toBe('usage');
    expect(message).toBe(`--objectives-from: ${problem}.`);
  });
});
