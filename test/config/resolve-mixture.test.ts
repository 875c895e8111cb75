import { expect, test } from 'vitest';
import type { RunFlags } from '../../src/config/flag-reader.js';
import { resolveRunConfig } from '../../src/config/resolve-run-config.js';
import { scenarioSchema } from '../../src/model/config/scenario.js';
import { userErrorOf } from '../support/caught.js';

function mixtureOf(flags: RunFlags, load: object = {}) {
  const scenario = scenarioSchema.parse({ name: 'shop', load });
  const told = { url: 'http://127.0.0.1:1', ...flags };
  return resolveRunConfig(told, { scenario, folder: '/shop' }, { freeFiles: null }).mixture;
}

const EXPECTED = 'expected NAME=WEIGHT with a weight from 0 to 1000000000';

test('weights are read by the last equals sign, and replace those of the scenario', () => {
  const load = { weights: { get_item: 3 } };
  expect(mixtureOf({}, load)).toBeNull();
  expect(mixtureOf({ mix: true }, load)).toEqual({ weights: { get_item: 3 }, isOfScenario: true, log: null });
  expect(mixtureOf({ mix: true, weights: ['a=1', 'GET /x=y/{id}=2.5', 'a = 4'] }, load)).toEqual({
    ...{ weights: { a: 4, 'GET /x=y/{id}': 2.5 }, isOfScenario: false, log: null },
  });
});

test('a log is named from the working directory', () => {
  expect(mixtureOf({ mix: true, weightsFrom: 'package.json' })).toEqual({
    ...{ weights: {}, isOfScenario: false, log: `${process.cwd()}/package.json` },
  });
});

test('all that is wrong is said at once', async () => {
  const weights = ['a', 'a=', 'a=b', 'a=-1', '=1', 'a=1e12'];
  const { message } = await userErrorOf(() => mixtureOf({ weights, weightsFrom: 'no.log' }));
  expect(message.split('\n')).toEqual([
    ...weights.map((word) => `--weights: ${EXPECTED}, came "${word}"`),
    '--weights excludes --weights-from: both say how often each operation is asked',
    '--weights-from: there is no file no.log',
    '--weights needs a mixture, and each cell asks one operation here: add --mix, which asks all of them together',
  ]);
});

test('a scenario that gives a negative weight is refused', () => {
  expect(scenarioSchema.safeParse({ name: 'shop', load: { weights: { a: -1 } } }).success).toBe(false);
});
