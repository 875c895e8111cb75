import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../src/model/live/run-events.js';
import { EventStream } from '../../src/cli/event-stream.js';
import { systemClock } from '../../src/kernel/clock.js';
import { streamEventSchema, type StreamEvent } from '../../src/model/live/stream-event.js';
import { cell } from '../support/cells.js';
import { liveCell, liveSecond, warmUpSecond } from '../support/live.js';
import { runRecord } from '../support/runs.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The lines that events make, each checked against the schema. */
function told(events: readonly RunEvent[]): StreamEvent[] {
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
    text += String(part);
    return true;
  });
  vi.spyOn(systemClock, 'unixMs').mockReturnValue(Date.parse('2026-01-15T12:00:00.000Z'));
  const stream = new EventStream();
  for (const event of events) stream.observe(event);
  stream.finish({ record: runRecord(), folder: '/out', error: undefined }, 4);
  vi.restoreAllMocks();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const event: unknown = JSON.parse(line);
      expect(streamEventSchema.parse(event)).toEqual(event);
      return event as StreamEvent;
    });
}

const EVENTS: readonly RunEvent[] = [
  { kind: 'run-started', record: runRecord(), folder: '/out' },
  { kind: 'stage', message: 'starting the target' },
  { kind: 'preflight', results: [] },
  { kind: 'planned', cells: 2, durationMs: 26_000, mostMs: 99_000 },
  { kind: 'notice', message: 'note' },
  { kind: 'cell-started', cell: liveCell(), number: 1, cells: 2, remainingMs: 26_000 },
  { kind: 'second', second: warmUpSecond() },
  { kind: 'second', second: liveSecond() },
  { kind: 'cell-finished', cell: cell() },
];

describe('the stream of events', () => {
  it('is a line of the published schema for each thing that a program follows', () => {
    expect(told(EVENTS).map(({ event }) => event)).toEqual([
      ...['run-started', 'planned', 'cell-started', 'second', 'second', 'cell', 'run-finished'],
    ]);
  });

  it('says in each line when it was told', () => {
    expect(new Set(told(EVENTS).map(({ at }) => at))).toEqual(new Set(['2026-01-15T12:00:00.000Z']));
  });

  it('names the cell of each second', () => {
    const seconds = told(EVENTS).filter((event) => event.event === 'second');
    expect(seconds.map(({ id, name, phase }) => [id, name, phase])).toEqual([
      ['get_item_1000', 'get_item 1000/s', 'warm-up'],
      ['get_item_1000', 'get_item 1000/s', 'window'],
    ]);
  });

  it('has the cell of the results, but for its histograms', () => {
    const { histograms, ...rest } = cell();
    expect(histograms).toBeDefined();
    expect(told(EVENTS).find(({ event }) => event === 'cell')).toMatchObject({ cell: rest });
    expect(JSON.stringify(told(EVENTS))).not.toContain('histograms');
  });

  it('ends with the exit code', () => {
    expect(told(EVENTS).at(-1)).toMatchObject({
      status: 'complete',
      exitCode: 4,
      folder: '/out',
      failure: null,
    });
  });

  it('keeps a name on its line, whatever it holds', () => {
    const name = 'a\n{"event":"cell"}\u2028\x1b[2J';
    const lines = told([
      { kind: 'cell-started', cell: liveCell({ name }), number: 1, cells: 1, remainingMs: 1 },
      { kind: 'second', second: liveSecond() },
    ]);
    expect(lines.map(({ event }) => event)).toEqual(['cell-started', 'second', 'run-finished']);
    expect(lines[1]).toMatchObject({ name });
  });
});
