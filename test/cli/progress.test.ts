import { Chalk } from 'chalk';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../src/app/run-events.js';
import { Progress } from '../../src/cli/progress.js';
import { Terminal } from '../../src/cli/terminal.js';
import { systemClock } from '../../src/kernel/clock.js';
import { cell, latency } from '../support/cells.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** What a run's events put on stderr; the clock stands still. */
function shown(events: readonly RunEvent[], { isLive = false, columns = 100 } = {}): string {
  let text = '';
  vi.spyOn(systemClock, 'nowUs').mockReturnValue(0);
  const stderr = { isTTY: isLive, columns, write: (part: string) => (text += part) };
  vi.stubGlobal('process', { ...process, stderr, stdout: { isTTY: false }, env: {} });
  const terminal = new Terminal({ color: false });
  Object.assign(terminal, { paint: new Chalk({ level: 0 }) });
  const progress = new Progress(terminal, isLive);
  for (const event of events) progress.observe(event);
  progress.end();
  return text;
}

const started: RunEvent = {
  kind: 'cell-started',
  number: 2,
  cells: 18,
  name: 'get_item\x1b[2J 1000/s',
  remainingMs: 65_000,
};
const tick = (changes: object = {}, resources?: object): RunEvent =>
  ({
    kind: 'tick',
    tick: {
      ...{ phase: 'window', elapsedMs: 1000, released: 1000, completed: 990, failed: 0, p50Ms: 0.71 },
      ...{ p99Ms: 4.9, inFlight: 3, ratePerSecond: 999.6 },
      ...changes,
    },
    resources,
  }) as RunEvent;

const CLEAR = '\r\x1b[2K';

describe('away from a terminal', () => {
  test('a run is one line for each thing that is finished', () => {
    const finished = cell({ verdict: { state: 'SUSPECT', reasons: [] } });
    const text = shown([
      { kind: 'stage', message: 'starting the target' },
      { kind: 'planned', cells: 18, durationMs: 220_000 },
      { kind: 'notice', message: 'port 8000 is taken, 40123 it is' },
      started,
      tick(),
      { kind: 'cell-finished', cell: finished },
      { kind: 'cell-finished', cell: cell({ latencyMs: { response: latency({ p99: null }) } }) },
    ]);
    expect(text.split('\n')).toEqual([
      '18 cells to measure, about 3m 40s',
      'port 8000 is taken, 40123 it is',
      '[2/18] get_item[2J 1000/s: 1000/s, p99 4.88 ms, SUSPECT',
      '[2/18] get_item[2J 1000/s: 1000/s, p99 – ms, VALID',
      '',
    ]);
  });
});

describe('on a terminal', () => {
  const lines = (events: RunEvent[], columns = 200): string[] =>
    shown(events, { isLive: true, columns }).split(CLEAR);

  test('one line renews itself and is gone at the end', () => {
    expect(lines([started, tick(), tick({ phase: 'drain' })])).toEqual([
      '',
      '[2/18] 1m 05s left  get_item[2J 1000/s  warming up',
      '[2/18] 1m 05s left  get_item[2J 1000/s  1000/s  p50 0.71  p99 4.90 ms',
      '[2/18] 1m 05s left  get_item[2J 1000/s  draining  1000/s  p50 0.71  p99 4.90 ms',
      '',
    ]);
  });

  test('it tells of errors and of the target, and of figures that are not there yet', () => {
    const resources = { elapsedMs: 0, cpuPercent: 66.4, memoryBytes: 91 * 1024 * 1024, processes: 1 };
    const [, , line] = lines([started, tick({ failed: 1, p50Ms: null, p99Ms: null }, resources)]);
    expect(line).toContain('1000/s  p50 –  p99 – ms  1 error  CPU 66 %  91 MB');
  });

  test('it never wraps', () => {
    const [, , line] = lines([started, tick()], 40);
    expect(line).toHaveLength(39);
    expect(line).toMatch(/…$/);
  });

  test('a notice comes on a line of its own', () => {
    expect(lines([started, { kind: 'notice', message: 'note' }]).at(-1)).toBe('note\n');
  });

  test('without a known size it is a line as for any terminal', () => {
    const text = shown([started, tick()], { isLive: true, columns: 0 });
    expect(text).toContain('p99 4.90 ms');
  });
});
