import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIGURES } from '../../../src/model/figures/list.js';
import { OPERATORS } from '../../../src/model/results/objective.js';
import { unitsFor } from '../../../src/model/objectives/objective-units.js';
import { parseObjective } from '../../../src/model/objectives/parse-objective.js';

const objectiveOf = (text: string) => {
  const parsed = parseObjective(text, FIGURES);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.objective;
};
const problemOf = (text: string) => {
  const parsed = parseObjective(text, FIGURES);
  return 'problem' in parsed ? parsed.problem : undefined;
};

const figure = fc.constantFrom(...FIGURES);
const limit = fc.integer({ min: 0, max: 1_000_000 }).map((thousandths) => thousandths / 1000);
const shareOf = (id: string) => (id === 'memory.max' ? 'memory.share.max' : `${id}.share`);
const space = fc.constantFrom('', ' ', '  ');

describe('the grammar of objectives', () => {
  test('takes every figure with every unit that fits it and every operator', () => {
    const unit = figure.chain((one) =>
      fc.constantFrom(...Object.entries(unitsFor(one.unit.symbol))).map((entry) => ({ one, entry })),
    );
    fc.assert(
      fc.property(
        unit,
        fc.constantFrom(...OPERATORS),
        limit,
        space,
        ({ one, entry }, operator, number, gap) => {
          const [written, factor] = entry;
          const objective = objectiveOf(`${one.id}${gap}${operator}${gap}${number}${gap}${written}`);
          expect(objective).toMatchObject({
            scope: null,
            figure: one.id,
            operator,
            unit: one.unit.symbol,
            load: null,
          });
          expect(objective.limit).toBeCloseTo(number * factor, 9);
        },
      ),
    );
  });

  test('refuses every unit that does not fit, and names those that do', () => {
    const units = [...new Set(FIGURES.flatMap(({ unit }) => Object.keys(unitsFor(unit.symbol))))];
    fc.assert(
      fc.property(figure, fc.constantFrom(...units), ({ id, unit: { symbol } }, written) => {
        const ofShare = FIGURES.some((one) => one.id === shareOf(id)) ? ['%'] : [];
        fc.pre(!(written in unitsFor(symbol)) && !ofShare.includes(written));
        const problem = problemOf(`${id} < 5${written}`);
        for (const fitting of [...Object.keys(unitsFor(symbol)), ...ofShare])
          expect(problem).toContain(`5${fitting}`);
      }),
    );
  });

  test('reads what stands before the figure as the operation, and after `at` as the load', () => {
    expect(objectiveOf('GET /posts/{id} mean < 0.5s at 50 users')).toEqual({
      text: 'GET /posts/{id} mean < 0.5s at 50 users',
      ...{ scope: 'GET /posts/{id}', figure: 'mean', operator: '<', limit: 500, unit: 'ms' },
      load: { size: 50, of: 'users' },
    });
    expect(objectiveOf('get_item p99<=1s at 1000/s')).toMatchObject({
      ...{ scope: 'get_item', limit: 1000, load: { size: 1000, of: 'rate' } },
    });
    expect(objectiveOf('p50 < 10 ms at 10 at once').load).toEqual({ size: 10, of: 'concurrency' });
    expect(objectiveOf('rps >= 500').load).toBeNull();
  });

  test.each([
    ['errors < 0.1%', 'failure-share', 0.1],
    ['rps >= 500', 'achieved', 500],
    ['avg < 2s', 'mean', 2000],
    ['p99.9 < 1s', 'p999', 1000],
    ['success.p95 < 300ms', 'success.p95', 300],
    ['memory.growth < 5MB/min', 'memory.growth', 5],
    ['memory < 2GB', 'memory', 2048],
    ['memory < 80%', 'memory.share', 80],
    ['memory.max < 80%', 'memory.share.max', 80],
    ['p95 < 300us', 'p95', 0.3],
    ['rps >= 500rps', 'achieved', 500],
    ['cpu < 70%', 'cpu', 70],
  ])('knows %s', (text, id, value) => {
    expect(objectiveOf(text)).toMatchObject({ figure: id, limit: value });
  });

  test.each([
    ['p95 = 300ms', 'has no <, <=, > or >='],
    ['< 300ms', 'names no figure'],
    ['p95 < fast', 'its limit is not a plain number with a unit'],
    ['p95 < 0,3s', 'its limit is not a plain number with a unit'],
    ['p95 < 1e3ms', 'its limit is not a plain number with a unit'],
    ['p95 < 3constructor', 'its limit is in constructor, which does not fit p95'],
    ['memory < 512mb', 'write 512MB'],
    ['p95 => 3ms', 'has => in place of >='],
    ['p95 ≤ 3ms', 'has ≤ in place of <='],
    ['p95 < 300', 'its limit needs a unit: write 300ms'],
    ['p95 < -1ms', 'its limit is not a plain number with a unit'],
    ['p59 < 300ms', 'did you mean p50?'],
    ['errrors < 1%', 'did you mean errors?'],
    ['p95 < 300ms at noon', '“noon” is not a load'],
    ['p95 < 300ms at 0 users', '“0 users” is not a load'],
  ])('refuses %s', (text, words) => {
    expect(problemOf(text)).toContain(words);
  });

  test('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseObjective(text, FIGURES)));
  });
});
