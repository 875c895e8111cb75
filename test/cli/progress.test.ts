import { Chalk } from 'chalk';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../src/model/live/run-events.js';
import { Progress } from '../../src/cli/progress.js';
import { Terminal } from '../../src/cli/terminal.js';
import { systemClock } from '../../src/kernel/clock.js';
import type { LiveSecond } from '../../src/model/live/live-run.js';
import { cell, latency } from '../support/cells.js';
import { liveCell, liveSecond, warmUpSecond } from '../support/live.js';
import { FakeScreen } from '../support/screen.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

interface Shown {
  /** What stood on the screen after the last event. */
  readonly during: string[];
  /** What is left at the end. */
  readonly after: string[];
}

/** What a run's events put on stderr; each frame may be drawn at once. */
function shown(events: readonly RunEvent[], { isLive = false, columns = 100 } = {}): Shown {
  let nowUs = 0;
  vi.spyOn(systemClock, 'nowUs').mockImplementation(() => (nowUs += 100_000));
  vi.spyOn(systemClock, 'every').mockReturnValue(() => {});
  const screen = new FakeScreen(columns);
  const stderr = Object.assign(screen, { isTTY: isLive });
  vi.stubGlobal('process', {
    ...process,
    ...{ stderr, stdout: { isTTY: false }, env: { LANG: 'C.UTF-8' } },
    ...{ on: () => {}, off: () => {} },
  });
  const terminal = new Terminal({ color: false });
  Object.assign(terminal, { paint: new Chalk({ level: 0 }) });
  const progress = new Progress(terminal, isLive);
  for (const event of events) progress.observe(event);
  const during = screen.text;
  progress.end();
  return { during, after: screen.text };
}

const PLANNED: RunEvent = { kind: 'planned', cells: 18, durationMs: 220_000, mostMs: 580_000 };
const started: RunEvent = {
  kind: 'cell-started',
  cell: liveCell({
    name: 'get_item\x1b[2J 1000/s',
    load: { kind: 'constant-rate', ratePerSecond: 1000, durationMs: 120_000, arrivals: 'constant' },
    windowMs: 120_000,
  }),
  number: 2,
  cells: 18,
  remainingMs: 65_000,
};
const second = (changes: Partial<LiveSecond> = {}): RunEvent => ({
  kind: 'second',
  second: liveSecond(changes),
});
const seconds = (count: number, changes: Partial<LiveSecond> = {}): RunEvent[] =>
  Array.from({ length: count }, (_, at) => second({ second: at, ...changes }));

describe('away from a terminal', () => {
  test('a run is one line for each thing that is finished', () => {
    const { after } = shown([
      { kind: 'stage', message: 'starting the target' },
      { ...PLANNED, cells: 3 },
      { kind: 'notice', message: 'port 8000 is taken, 40123 it is' },
      started,
      second(),
      { kind: 'cell-finished', cell: cell({ verdict: { state: 'SUSPECT', reasons: [] } }) },
      started,
      { kind: 'cell-finished', cell: cell({ latencyMs: { response: latency({ p99: null }) } }) },
      started,
      { kind: 'cell-finished', cell: cell({ latencyMs: { response: latency({ lowerBounds: ['p99'] }) } }) },
    ]);
    expect(after).toEqual([
      '3 cells to measure, about 3m 40s; up to 9m 40s if the target cannot keep up',
      'port 8000 is taken, 40123 it is',
      '[2/3] get_item[2J 1000/s: 1000/s, p99 4.88 ms, SUSPECT',
      '[2/3] get_item[2J 1000/s: 1000/s, p99 – ms, VALID',
      '[2/3] get_item[2J 1000/s: 1000/s, p99 ≥4.88 ms, VALID',
    ]);
  });

  test('a run of many cells has a line for every nth of them, and for the last', () => {
    const cells = Array.from({ length: 17 }, (_, at): RunEvent[] => [
      { ...started, number: at + 1, cells: 17 },
      { kind: 'cell-finished', cell: cell() },
    ]).flat();
    const { after } = shown([{ ...PLANNED, cells: 17 }, ...cells]);
    expect(after.slice(1).map((line) => line.split(' ')[0])).toEqual(
      [3, 6, 9, 12, 15, 17].map((at) => `[${at}/17]`),
    );
  });

  test('a long cell shows every minute that it lives', () => {
    const drain = seconds(60, { phase: 'drain', succeeded: 0, p99Ms: null });
    const { after } = shown([PLANNED, started, ...seconds(120, { failed: 1 }), ...drain]);
    expect(after.slice(1)).toEqual([
      '[2/18] get_item[2J 1000/s: 60s of 2m, 1000/s, p99 4.90 ms, 60 errors',
      '[2/18] get_item[2J 1000/s: 120s of 2m, 1000/s, p99 4.90 ms, 120 errors',
      '[2/18] get_item[2J 1000/s: waiting for the last answers, 120 errors',
    ]);
  });

  test('so does a long warm-up', () => {
    const warmUp: RunEvent[] = Array.from({ length: 60 }, () => ({ kind: 'second', second: warmUpSecond() }));
    expect(shown([PLANNED, started, ...warmUp]).after.at(-1)).toBe('[2/18] get_item[2J 1000/s: warming up');
  });
});

describe('on a terminal', () => {
  const live = (events: readonly RunEvent[], columns = 100): Shown =>
    shown(events, { isLive: true, columns });

  test('a block of lines renews itself and is gone at the end', () => {
    const { during, after } = live([PLANNED, started, second(), second({ second: 1, p99Ms: 9.8 })]);
    expect(during).toEqual([
      '18 cells to measure, about 3m 40s; up to 9m 40s if the target cannot keep up',
      expect.stringMatching(/^─{20} 0 of 18 cells done · 1m 0\ds left$/),
      'get_item[2J 1000/s · measuring 2s of 2m',
      expect.stringMatching(/^rate +1000 of 1000\/s +p50 +0.71 ms +p99 9.80 ms +errors 0$/),
      expect.stringMatching(/^in flight 3 +waiting 0 +CPU 66 % +memory 91 MB$/),
      'p99 by second ▄█ up to 9.80 ms',
    ]);
    expect(after).toEqual(['18 cells to measure, about 3m 40s; up to 9m 40s if the target cannot keep up']);
  });

  test('a finished cell needs no line: it is counted', () => {
    const { during } = live([PLANNED, started, second(), { kind: 'cell-finished', cell: cell() }]);
    expect(during).toHaveLength(2);
    expect(during[1]).toContain('1 of 18 cells done');
  });

  test('a notice comes above the block', () => {
    const { during } = live([
      started,
      { kind: 'stage', message: 'renewing' },
      { kind: 'notice', message: 'note' },
    ]);
    expect(during[0]).toBe('note');
    expect(during.length).toBeGreaterThan(1);
  });

  test('it never wraps', () => {
    const { during } = live([PLANNED, started, second()], 40);
    // The note above the block takes two lines, which a terminal may break.
    for (const line of during.slice(2)) expect(line.length).toBeLessThan(40);
  });

  test('without a known size the lines are as for any terminal', () => {
    expect(live([started, second()], 0).during.join('\n')).toContain('p99 4.90 ms');
  });
});
