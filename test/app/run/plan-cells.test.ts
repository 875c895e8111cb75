import { describe, expect, test } from 'vitest';
import { planCells, shareOf, type PlannedCell } from '../../../src/app/run/plan-cells.js';
import { isSameStart, startsOf } from '../../../src/app/run/plan-starts.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import type { RunFlags } from '../../../src/config/flag-reader.js';
import type { BuiltOperation } from '../../../src/model/requests/request.js';
import type { RunConfig } from '../../../src/model/config/run-config.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import { generatorShareSchema } from '../../../src/model/generation/generator.js';

const operation = {
  operation: { id: 'get_item', method: 'GET', path: '/items', tags: [] },
  blueprints: [{ method: 'GET', path: '/items', headers: [], body: null }],
  origins: {},
} as unknown as BuiltOperation;

function planned(flags: RunFlags): { config: RunConfig; cells: PlannedCell[] } {
  const scenario = scenarioSchema.parse({ name: 'shop' });
  const told = { url: 'http://127.0.0.1:1', ...flags };
  const config = resolveRunConfig(told, { scenario, folder: '/shop' }, { freeFiles: null });
  return { config, cells: planCells(config, [operation.operation]) };
}

const engine = {
  client: 'wire' as const,
  threads: 1,
  mostUsers: 0,
  notices: [],
  pacingOf: () => ({ pacing: 'relaxed', why: null }) as const,
};

describe('the cells of cases', () => {
  const cases = [
    { name: '1 core', cpu: 1, memory: '1GiB' },
    { name: 'half/a core', cpu: 0.5 },
  ];
  const scenario = scenarioSchema.parse({
    name: 'shop',
    start: { command: 'serve {workers}' },
    cases,
  });
  const flags = { rates: ['5'], workers: ['1', '2'], repeats: '2' };
  const config = resolveRunConfig(flags, { scenario, folder: '/shop' }, { freeFiles: null });
  const cells = planCells(config, [operation.operation]);

  test('follow one another in each repeat, each on all numbers of workers', () => {
    expect(cells.map((cell) => cell.idParts.slice(1).join('_'))).toEqual([
      'c1-1GiB_w1_5_r1',
      'c1-1GiB_w2_5_r1',
      'c0.5_w1_5_r1',
      'c0.5_w2_5_r1',
      'c1-1GiB_w1_5_r2',
      'c1-1GiB_w2_5_r2',
      'c0.5_w1_5_r2',
      'c0.5_w2_5_r2',
    ]);
    expect(cells[3]?.name).toBe('get_item 5/s, half/a core, w2');
  });

  test('have one start of the target for each case, number of workers and repeat', () => {
    expect(startsOf(config)).toHaveLength(8);
    for (const start of startsOf(config))
      expect(cells.filter((cell) => isSameStart(cell, start))).toHaveLength(1);
  });
});

describe('a planned cell', () => {
  test.each<[RunFlags, string, string[]]>([
    [{ rates: ['5'] }, 'get_item 5/s', ['get_item', '5']],
    [{ rates: ['5'], arrivals: 'poisson' }, 'get_item 5/s poisson', ['get_item', '5']],
    [{ stages: '0:100@3s, 500@1s' }, 'get_item stages 0→100→500/s', ['get_item', 'stages']],
    [
      { stages: '1@1s,2@1s,3@1s,4@1s,5@1s,6@1s,7@1s,8@1s,9@1s' },
      'get_item stages 1→2→3→4→…→7→8→9/s',
      ['get_item', 'stages'],
    ],
  ])('of %j has a name, parts of an id, and a warm-up', (flags, name, idParts) => {
    expect(planned(flags).cells).toMatchObject([{ name, idParts, warmupMs: 2000 }]);
  });

  test.each<[RunFlags, number]>([
    [{ rates: ['70'] }, 70],
    [{ rates: ['70'], arrivals: 'poisson' }, 70],
    [{ stages: '0@1s, 80@1s, 500@1s' }, 80],
  ])('of %j is warmed up at most at %d/s, and goes to the generator as it is', (flags, ratePerSecond) => {
    const { config, cells } = planned(flags);
    const share = shareOf(config, cells[0]!, [operation], 'http://127.0.0.1:1', engine);
    expect(share).toMatchObject({ load: config.loads[0], warmup: { ratePerSecond } });
    expect(generatorShareSchema.parse(share)).toEqual(share);
  });

  test.each([1, 2, 3, 8])(
    'of %d threads has other serial numbers in its window than before it',
    (threads) => {
      const { config, cells } = planned({ rates: ['401'], warmup: '1s' });
      const { firstSerial } = shareOf(config, cells[0]!, [operation], 'http://127.0.0.1:1', {
        ...engine,
        threads,
      });
      const lastTurn = Math.ceil(401 / threads) - 1;
      expect(firstSerial.window).toBeGreaterThan(firstSerial.warmup + lastTurn * threads + threads - 1);
    },
  );
});

describe('a mixture', () => {
  const { config } = planned({ rates: ['5', '7'], mix: true });
  const other = { id: 'make_item', method: 'POST', path: '/items', tags: [] };
  const idsOf = (cells: readonly PlannedCell[]): string[] => cells.map(({ idParts }) => idParts.join('_'));

  test('is one cell for all operations at each rate, with the weight of each', () => {
    const cells = planCells(config, [operation.operation, other], new Map([[other, 9]]));
    expect(idsOf(cells)).toEqual(['mixture_5', 'mixture_7']);
    expect(cells[0]!.subject.operations).toEqual([
      { id: 'get_item', method: 'GET', path: '/items', weight: 1 },
      { id: 'make_item', method: 'POST', path: '/items', weight: 9 },
    ]);
  });

  test('of one operation is that operation', () => {
    const cells = planCells(config, [other], new Map([[other, 9]]));
    expect(idsOf(cells)).toEqual(['make_item_5', 'make_item_7']);
    expect(cells[0]!.subject.operations).toMatchObject([{ weight: 1 }]);
  });
});

test('a mixture goes to the generator with the weight of each operation', () => {
  const { config, cells } = planned({ rates: ['70'] });
  const [one] = cells[0]!.subject.operations;
  const mixture = {
    ...cells[0]!,
    subject: {
      id: 'mixture',
      operations: [
        { ...one!, weight: 9 },
        { ...one!, id: 'other', weight: 1 },
      ],
    },
  };
  const share = shareOf(config, mixture, [operation, operation], 'http://127.0.0.1:1', engine);
  expect(share.operations.map(({ weight }) => weight)).toEqual([9, 1]);
});

describe('the order of operations', () => {
  const operations = Array.from({ length: 12 }, (_, at) => ({
    ...{ id: `get_${at}`, method: 'GET', path: `/things/${at}`, tags: [] },
  }));
  const { config } = planned({ rates: ['5', '9'] });
  const idsAt = (seed: number, ids: readonly (typeof operations)[number][] = operations): string[] =>
    planCells({ ...config, seed, order: 'random' }, ids).map(({ subject }) => subject.id);

  test('is that of the document unless chance is wanted, and then as the seed says', () => {
    const inDocument = planCells(config, operations).map(({ subject }) => subject.id);
    expect(inDocument.slice(0, 12)).toEqual(operations.map(({ id }) => id));
    expect(idsAt(1)).toEqual(idsAt(1));
    expect(idsAt(1)).not.toEqual(inDocument);
    expect(idsAt(1)).not.toEqual(idsAt(2));
    expect([...idsAt(1)].sort()).toEqual([...inDocument].sort());
  });

  test('by chance puts each operation in each place about as often', () => {
    const firsts = Array.from({ length: 1200 }, (_, seed) => idsAt(seed)[0]);
    for (const { id } of operations) {
      const times = firsts.filter((first) => first === id).length;
      expect(times).toBeGreaterThan(60);
      expect(times).toBeLessThan(150);
    }
  });

  test('by chance is the same where one side has more operations than the other', () => {
    const fewer = operations.filter((_, at) => at % 3 !== 0);
    const shared = idsAt(5).filter((id) => fewer.some((one) => one.id === id));
    expect(idsAt(5, fewer)).toEqual(shared);
  });
});
