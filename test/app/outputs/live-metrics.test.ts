import { expect, it } from 'vitest';
import { MetricsKeeper } from '../../../src/app/outputs/live-metrics.js';
import type { RunEvent } from '../../../src/model/live/run-events.js';
import { liveMetrics } from '../../../src/report/metrics/live-metrics.js';
import { cell } from '../../support/cells.js';
import { FakeClock } from '../../support/fake-clock.js';
import { liveCell, liveSecond, warmUpSecond } from '../../support/live.js';

const started: RunEvent = {
  kind: 'cell-started',
  cell: liveCell(),
  number: 1,
  cells: 2,
  remainingMs: 25_000,
};

function keeperAfter(...events: RunEvent[]): MetricsKeeper {
  const keeper = new MetricsKeeper('0.1.0', new FakeClock());
  for (const event of events) keeper.observe(event);
  return keeper;
}

it('counts over the cells of a run, warm-ups left out', () => {
  const seconds = [
    warmUpSecond(),
    liveSecond({ sent: 10, succeeded: 7, failed: 1 }),
    liveSecond({ second: 1 }),
  ];
  const events = seconds.map((second): RunEvent => ({ kind: 'second', second }));
  const { totals } = keeperAfter(
    started,
    ...events,
    { kind: 'cell-finished', cell: cell() },
    started,
    ...events,
  ).now;

  expect(totals).toEqual({ sent: 2020, succeeded: 2014, failed: 2 });
});

it('keeps of many finished cells the last fifty, without what makes a cell large', () => {
  const finished = Array.from({ length: 1000 }, (_, at): RunEvent => ({
    kind: 'cell-finished',
    cell: cell({ id: `cell_${at}` }),
  }));
  const { now } = keeperAfter(...finished);

  expect(now.finished.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, at) => `cell_${at + 950}`));
  expect(JSON.stringify(now.finished[0])).not.toMatch(/"series"|"histograms"/);
  expect(liveMetrics(now, 'text').length).toBeLessThan(1e6);
});
