import { describe, expect, it } from 'vitest';
import { reachOf } from '../../src/analyze/reach.js';
import { reachSentence, trustSentence, worstWords } from '../../src/report/verdict-words.js';
import { cell, type CellChanges } from '../support/cells.js';

function at(id: string, ratePerSecond: number, achievedRps: number, changes: CellChanges = {}) {
  return cell({
    id: `${id}_${ratePerSecond}`,
    operation: { id },
    load: { ratePerSecond },
    counts: { planned: ratePerSecond * 10 },
    achievedRps,
    ...changes,
  });
}

const INVALID: CellChanges = { verdict: { state: 'INVALID', reasons: [] } };
const SUSPECT: CellChanges = { verdict: { state: 'SUSPECT', reasons: [] } };

describe('the sentence about trust', () => {
  it('counts the cells by verdict', () => {
    const cells = [at('a', 1, 1), at('b', 1, 1, SUSPECT), at('c', 1, 1, INVALID)];
    expect(trustSentence(cells)).toBe('1 of 3 cells are VALID, 1 SUSPECT, 1 INVALID.');
    expect(trustSentence(cells.slice(0, 1))).toBe('The only cell is VALID.');
    expect(trustSentence([at('a', 1, 1), at('b', 1, 1)])).toBe('All 2 cells are VALID.');
    expect(trustSentence([])).toBe('No cell was measured.');
  });
});

describe('how far the endpoints came', () => {
  it('says when all of them kept up', () => {
    const cells = [at('a', 1000, 1000), at('b', 1000, 1000)];
    expect(reachSentence(cells, reachOf(cells))).toBe('All 2 endpoints kept up at 1000/s.');
  });

  it('names the worst cell of each that fell behind, the furthest behind first', () => {
    const cells = [at('a', 1000, 1000), at('b', 1000, 700), at('b', 2000, 710), at('c', 2000, 12.6)];
    const reach = reachOf(cells);
    expect(reach.keptUp).toEqual(['a']);
    expect(reach.behind).toEqual(['b', 'c']);
    expect(worstWords(reach, cells).map(({ subject, words }) => `${subject} ${words}`)).toEqual([
      'c reached 12.6 of 2000/s (100 % succeeded)',
      'b reached 710 of 2000/s (100 % succeeded)',
    ]);
    expect(reachSentence(cells, reach)).toBe('1 of 3 endpoints kept up at every rate, up to 2000/s.');
  });

  it('leaves open what a short window left open', () => {
    const cells = [at('a', 100, 100, { keepsUp: true }), at('b', 100, 50, { keepsUp: null })];
    const reach = reachOf(cells);
    expect(reach).toMatchObject({ keptUp: ['a'], behind: [], unknown: ['b'] });
    expect(worstWords(reach, cells).map(({ subject, words }) => `${subject} ${words}`)).toEqual([
      'b reached 50.0 of 100/s in a window too short to know whether it keeps up (100 % succeeded)',
    ]);
    expect(reachSentence(cells, reach)).toBe('The endpoint kept up at 100/s. 1 endpoint cannot be judged.');
    expect(reachSentence(cells.slice(1), reachOf(cells.slice(1)))).toBe(
      'Whether any endpoint keeps up is not known: the window was too short.',
    );
  });

  it('names what kept up with failures', () => {
    const cells = [at('a', 100, 40, { keepsUp: true, successRate: 0.4 }), at('b', 100, 100)];
    const reach = reachOf(cells);
    expect(reach.keptUp).toEqual(['a', 'b']);
    expect(worstWords(reach, cells).map(({ words }) => words)).toEqual([
      'answered 100/s in time, with failures (40.0 % succeeded)',
    ]);
  });

  it('judges nobody by cells in which the generator was the limit', () => {
    const cells = [at('a', 1000, 10, INVALID), at('b', 1000, 1000), at('b', 2000, 20, INVALID)];
    const reach = reachOf(cells);
    expect(reach).toMatchObject({ keptUp: ['b'], behind: [], unknown: ['a'] });
    expect(reachSentence(cells, reach)).toBe(
      'The endpoint kept up at 1000/s. 1 endpoint cannot be judged. INVALID cells do not count here.',
    );
  });

  it('says nothing of endpoints when no cell counts', () => {
    const cells = [at('a', 1000, 10, INVALID)];
    expect(reachSentence(cells, reachOf(cells))).toMatch(/^No endpoint can be judged/);
  });
});
