import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEFORE_THE_RUN } from '../../src/app/outputs/live-run.js';
import type { CellUnderWay, LiveRun } from '../../src/model/live/live-run.js';
import { renderLive, type LiveOptions } from '../../src/report/terminal/render-live.js';
import { trickyText } from '../support/text.js';
import { liveCell, liveRun, liveSecond, warmUpSecond } from '../support/live.js';

const OPTIONS: LiveOptions = { width: 99, color: false, isUnicode: true, nowMs: 6000 };

function withCell(changes: Partial<CellUnderWay>): LiveRun {
  const run = liveRun();
  return { ...run, current: { ...run.current!, ...changes } };
}

const overloaded = withCell({
  cell: liveCell({ name: 'list_\x1b[2Jitems\n 2000/s' }),
  seconds: [
    liveSecond({
      second: 5,
      targetRatePerSecond: 2000,
      p50Ms: 2106,
      p99Ms: 8120,
      inFlight: 1024,
      waiting: 12_074,
    }),
  ],
  failed: 31,
  ratePerSecond: 690.2,
});

const FRAMES: readonly (readonly [name: string, run: LiveRun, options?: Partial<LiveOptions>])[] = [
  ['starting', { ...BEFORE_THE_RUN, stage: 'starting the target' }],
  ['warming-up', withCell({ seconds: [warmUpSecond()], ratePerSecond: null })],
  ['measuring', liveRun()],
  ['overloaded', overloaded],
  ['draining', withCell({ seconds: [liveSecond({ second: 10, phase: 'drain', targetRatePerSecond: 0 })] })],
  ['between-cells', liveRun({ stage: 'waiting until the target has recovered', current: null })],
  ['invalid', liveRun({ done: { valid: 4, suspect: 2, invalid: 1 } })],
  ['without-process', withCell({ seconds: [liveSecond({ cpuPercent: null, memoryBytes: null })] })],
  ['ascii', liveRun(), { isUnicode: false }],
  ['color', overloaded, { color: true }],
  ['width-60', liveRun(), { width: 60 }],
  ['width-30', overloaded, { width: 30 }],
];

describe('a run under way', () => {
  it.for(FRAMES)('reads well: %s', async ([name, run, options]) => {
    const lines = renderLive(run, { ...OPTIONS, ...options });
    await expect(lines.map((line) => `${line}\n`).join('')).toMatchFileSnapshot(`../golden/live/${name}.txt`);
  });

  it('is nothing before anything is done', () => {
    expect(renderLive(BEFORE_THE_RUN, OPTIONS)).toEqual([]);
  });

  it('is ASCII alone where the terminal knows no more', () => {
    for (const [, run] of FRAMES) {
      const text = renderLive(run, { ...OPTIONS, isUnicode: false }).join('');
      expect(text).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  it('never makes a line longer than the terminal, and no line of what a name holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), trickyText(), fc.boolean(), (width, name, color) => {
        const run = withCell({ cell: liveCell({ name }) });
        const lines = renderLive(run, { ...OPTIONS, width, color }).map((line) =>
          stripVTControlCharacters(line),
        );
        expect(Math.max(...lines.map((line) => Array.from(line).length))).toBeLessThanOrEqual(width);
        expect(lines.join('')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it('says the same with colour as without', () => {
    for (const [, run] of FRAMES) {
      const [plain, colored] = [false, true].map((color) => renderLive(run, { ...OPTIONS, color }));
      expect(colored!.map((line) => stripVTControlCharacters(line))).toEqual(plain);
    }
  });

  it('keeps its figures in their places while they change', () => {
    const at = (run: LiveRun) => renderLive(run, OPTIONS)[2]!.indexOf('p99');
    expect(at(overloaded)).toBe(at(liveRun()));
  });

  it('has a full bar only when no time is left', () => {
    const barAt = (nowMs: number) => renderLive(liveRun(), { ...OPTIONS, nowMs })[0]!;
    expect(barAt(189_900)).toContain('━─ ');
    expect(barAt(400_000)).toMatch(/━ .* 0s left/);
  });
});
