import { expect, it } from 'vitest';
import { shownFigure, type FigureSource } from '../../../src/model/figures/figure.js';
import { figureById, figuresIn } from '../../../src/model/figures/index.js';
import { FIGURES } from '../../../src/model/figures/list.js';
import { cell } from '../../support/cells.js';
import { memoryGauge } from '../../support/gauges.js';

it('has each figure once, under one name', () => {
  const ids = FIGURES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  const columns = figuresIn('csv').map(({ csv }) => csv);
  expect(columns).toEqual([...new Set(columns)]);
  expect(() => figureById('p98')).toThrow('p98');
});

it('gives no two figures the same place in an output', () => {
  const places = {
    table: figuresIn('table').map(({ table: [place] }) => place),
    page: figuresIn('page').map(({ page: [group, place] }) => `${group} ${place}`),
    fact: figuresIn('fact').map(({ fact: [list, place] }) => `${list} ${place}`),
    charted: figuresIn('charted').map(({ charted: [place] }) => place),
    compared: figuresIn('compared').map(({ compared: [place] }) => place),
  };
  for (const [output, taken] of Object.entries(places))
    expect([output, taken]).toEqual([output, [...new Set<unknown>(taken)]]);
});

it('says which way is better for all that is compared', () => {
  for (const { id, better } of figuresIn('charted')) expect([id, better]).not.toEqual([id, null]);
});

it('shows figures in the unit of their symbol', () => {
  const known = cell({
    successRate: 0.5,
    gauges: { 'target.memory': memoryGauge({ mean: 3 * 1024 * 1024 }) },
  });
  expect(shownFigure(figureById('success'), known)).toEqual({ value: 50, isLowerBound: false });
  expect(shownFigure(figureById('memory'), known)).toEqual({ value: 3, isLowerBound: false });
});

it('keeps a lower bound a lower bound', () => {
  const { latencyMs } = cell({});
  const response = { ...latencyMs.response, p99: 20, lowerBounds: ['p99'] };
  const known = cell({ latencyMs: { response } });
  expect(shownFigure(figureById('p99'), known)).toEqual({ value: 20, isLowerBound: true });
});

it('is read from one operation of a mixture as well, where what it shares is not known', () => {
  const { counts, bytes, latencyMs } = cell({});
  const operation: FigureSource = { counts, bytes, latencyMs: { response: latencyMs.response } };
  const known = FIGURES.filter(({ storedOf }) => storedOf(operation) !== null).map(({ id }) => id);
  expect(known).toEqual(expect.arrayContaining(['planned', 'success', 'received', 'p50', 'p99', 'max']));
  expect(known).not.toEqual(expect.arrayContaining(['cpu']));
  for (const id of ['achieved', 'cpu', 'memory', 'service.p99', 'generator.busy'])
    expect([id, figureById(id).storedOf(operation)]).toEqual([id, null]);
});
