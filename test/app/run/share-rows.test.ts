import { describe, expect, test } from 'vitest';
import { planCells, shareOf } from '../../../src/app/run/plan-cells.js';
import { RowShares } from '../../../src/app/run/share-rows.js';
import type { RunFlags } from '../../../src/config/flag-reader.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import type { BuiltOperation } from '../../../src/model/requests/request.js';
import type { RunConfig } from '../../../src/model/config/run-config.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import type { DataRows } from '../../../src/openapi/requests/data-rows.js';
import { userErrorOf } from '../../support/caught.js';
import { documentOf } from '../../support/documents.js';

const [operation] = describeApi(
  documentOf({ operationId: 'make_user' }, { path: '/users', method: 'post' }),
).operations;

function configOf(flags: RunFlags, scenario: object = {}): RunConfig {
  const told = { command: 'serve {port} {workers}', spec: '/openapi.json', duration: '1s', ...flags };
  const parsed = scenarioSchema.parse({ name: 'shop', ...scenario });
  return resolveRunConfig(told, { scenario: parsed, folder: '/shop' }, { freeFiles: null });
}

function rowsOf(count: number, order: DataRows['order'] = 'unique'): DataRows {
  return { file: 'users.csv', order, columns: new Map(), count, available: count };
}

function sharesOf(config: RunConfig, rows: DataRows): RowShares {
  const rules = new Map([[operation!, { values: {}, headers: {}, rows }]]);
  return new RowShares(config, { selected: [operation!], rules });
}

/** Its requests are numbered. */
function preparedOf(rows: number | undefined, built = rows ?? 5): BuiltOperation {
  const { id, method, path, tags } = operation!;
  return {
    operation: { id, method, path, tags },
    blueprints: Array.from({ length: built }, (_, at) => ({
      method,
      path: `/${at}`,
      headers: [],
      body: null,
    })),
    origins: {},
    problems: [],
    uniqueRows: rows,
  };
}

const numbersOf = ({ blueprints }: BuiltOperation): number[] =>
  blueprints.map(({ path }) => Number(path.slice(1)));

describe('rows that are sent once only', () => {
  const flags = { rates: ['3', '5'], repeats: '2', workers: ['1', '2'] };
  const setup = { setup: [{ call: 'make_user', times: 4 }] };

  test('are all sent: those of the set-up, that of the pre-flight, those of each cell', () => {
    const config = configOf(flags, setup);
    const total = 4 + 1 + (3 + 5) * 2 * 2;
    const shares = sharesOf(config, rowsOf(total));
    shares.refuseTooFew();
    const cells = planCells(config, [preparedOf(total).operation]);
    const sent = [
      shares.forPreflight(preparedOf(total)),
      ...cells.map((cell) => shares.forCell(preparedOf(total), cell, cells)),
    ].map(numbersOf);
    expect(sent.map(({ length }) => length)).toEqual([1, 3, 5, 3, 5, 3, 5, 3, 5]);
    expect(sent.flat()).toEqual(Array.from({ length: total - 4 }, (_, at) => at + 4));
  });

  test('are as many as Poisson arrivals happen to need', () => {
    const config = configOf({ rates: ['40'], arrivals: 'poisson', preflight: 'off' });
    const cells = planCells(config, [preparedOf(500).operation]);
    const { blueprints } = sharesOf(config, rowsOf(500)).forCell(preparedOf(500), cells[0]!, cells);
    expect(blueprints.length).toBeGreaterThan(15);
    expect(blueprints.length).not.toBe(40);
  });

  test.each<[object, RunFlags, string]>([
    [setup, flags, 'needs 37: 32 for the load, 4 for the set-up, 1 for the pre-flight.'],
    [{}, { rates: ['37'], preflight: 'off' }, 'needs 37: 37 for the load.'],
  ])('%j and %j are refused when there is one too few', async (scenario, told, words) => {
    const config = configOf(told, scenario);
    const error = await userErrorOf(() => sharesOf(config, rowsOf(36)).refuseTooFew());
    expect(error.fault).toBe('usage');
    expect(error.message).toBe(
      `operations: make_user: data: 36 rows to be sent once only (order: unique), and the run ${words}`,
    );
    sharesOf(config, rowsOf(37)).refuseTooFew();
    sharesOf(config, rowsOf(1, 'sequential')).refuseTooFew();
  });

  test('that could not all be built end the run where they are needed', async () => {
    const config = configOf({ rates: ['10'] });
    const cells = planCells(config, [preparedOf(11).operation]);
    const error = await userErrorOf(() =>
      sharesOf(config, rowsOf(11)).forCell(preparedOf(11, 10), cells[0]!, cells),
    );
    expect(error.message).toMatch(/only the first 10 rows could be built, and row 11 is needed/);
  });

  test('are not warmed up, and that is said', () => {
    const config = configOf({ rates: ['10'] });
    const engine = {
      client: 'wire' as const,
      threads: 1,
      mostUsers: 0,
      notices: [],
      pacingOf: () => ({ pacing: 'relaxed', why: null }) as const,
    };
    const cells = planCells(config, [preparedOf(11).operation]);
    const warmupMs = (built: BuiltOperation): number =>
      shareOf(config, cells[0]!, [built], 'http://127.0.0.1:1', engine).warmup.durationMs;
    expect([warmupMs(preparedOf(11)), warmupMs(preparedOf(undefined))]).toEqual([0, config.warmupMs]);
    expect(sharesOf(config, rowsOf(11)).notice).toMatch(/Not warmed up.*: make_user\./);
    expect(sharesOf(config, rowsOf(11, 'random')).notice).toBeUndefined();
  });
});

test('an operation without such rows keeps all its requests', () => {
  const config = configOf({ rates: ['2'] });
  const shares = sharesOf(config, rowsOf(3, 'sequential'));
  const cells = planCells(config, [preparedOf(undefined).operation]);
  expect(shares.forPreflight(preparedOf(undefined)).blueprints).toHaveLength(5);
  expect(shares.forCell(preparedOf(undefined), cells[0]!, cells).blueprints).toHaveLength(5);
});

test('rows of a mixture that are sent once only are one for each request, whichever operation it asks', async () => {
  const config = configOf({ rates: ['3'], mix: true, preflight: 'off' });
  sharesOf(config, rowsOf(3)).refuseTooFew();
  const error = await userErrorOf(() => sharesOf(config, rowsOf(2)).refuseTooFew());
  expect(error.message).toContain(
    'the run needs 3: 3 for the load (of a mixture one for each request, whichever operation that asks).',
  );
});
