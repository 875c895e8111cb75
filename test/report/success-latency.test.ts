import { subject } from '../support/subjects.js';
import { describe, expect, it } from 'vitest';
import { cellRecord } from '../../src/app/run/cell-record.js';
import { spectrumOf } from '../../src/measure/spectrum.js';
import { cellCollector } from '../../src/measure/cell-collector.js';
import type { Sample } from '../../src/model/generation/sample.js';
import { pageDetails } from '../../src/report/html/page-details.js';
import { tellingSuccessLatency } from '../../src/report/success-latency.js';
import { renderCell } from '../../src/report/terminal/charts/render-cell.js';
import { reportCell } from '../support/reports.js';
import { sample } from '../support/samples.js';
import { share } from '../support/shares.js';
import { threadAudit } from '../support/threads.js';
import { NO_GAUGES } from '../support/gauges.js';

const OPERATION = { id: 'get_item', method: 'GET', path: '/items', tags: [] };

/** A second in which request i ends as told. */
function recordOf(planned: number, ending: (at: number) => Partial<Sample> & { readonly ms: number }) {
  const collector = cellCollector({ ms: 1000 }, 1);
  for (let at = 0; at < planned; at += 1) {
    const dueUs = (at * 1e6) / planned;
    const { ms, ...rest } = ending(at);
    const stamps = { dueUs, releasedUs: dueUs, sentUs: dueUs, doneUs: dueUs + ms * 1000 };
    collector.add(sample({ ...stamps, ...rest }));
  }
  return cellRecord(
    {
      ...{
        id: 'get_item',
        workers: 1,
        repeat: 1,
        subject: subject(OPERATION),
        startedAt: '2026-01-15T12:00:00.000Z',
      },
      share: share('http://127.0.0.1:8000', {
        load: { kind: 'constant-rate', ratePerSecond: planned, durationMs: 1000, arrivals: 'constant' },
      }),
      measurements: collector.snapshot(threadAudit()),
      ...{ gauges: NO_GAUGES, targetDeath: undefined },
    },
    true,
  ).record;
}

/** Seven of ten are refused in 1 ms, the others take 40 to 49 ms. */
const limited = recordOf(1000, (at) =>
  at % 10 < 7 ? { ms: 1, outcome: 'wrong-status', status: 429 } : { ms: 40 + (at % 10) },
);
const sound = recordOf(1000, () => ({ ms: 40 }));

describe('the response time of the successes alone', () => {
  it('is not flattered by refusals that come fast', () => {
    expect(limited.latencyMs.response.p50).toBe(1);
    expect(limited.latencyMs.succeeded).toMatchObject({ p99: 49, min: 47, max: 49, censored: 0 });
    expect(limited.latencyMs.succeeded!.p50).toBeCloseTo(48, 1);
    expect(limited.latencyMs.succeeded!.lowerBounds).toEqual([]);
  });

  it('is not drowned by time-outs either', () => {
    const overloaded = recordOf(1000, (at) =>
      at < 400 ? { ms: 50 } : { ms: 800, outcome: 'timed-out', status: 0 },
    );
    expect(overloaded.latencyMs.response).toMatchObject({
      p50: 800,
      lowerBounds: expect.arrayContaining(['p50']),
    });
    expect(tellingSuccessLatency(overloaded)).toMatchObject({ p50: 50, p99: 50, lowerBounds: [] });
  });

  it('has a histogram of its own only where not all answers are successes', () => {
    expect(sound.histograms.succeeded).toBeUndefined();
    expect(sound.latencyMs.succeeded).toEqual(sound.latencyMs.response);
    const spectrum = spectrumOf(limited.latencyMs.succeeded!, limited.histograms.succeeded!);
    expect(spectrum.count).toBe(300);
    expect(spectrum.points[0]!.valueMs).toBeCloseTo(47, 1);
  });

  it('is told only where it is another story', () => {
    expect(tellingSuccessLatency(limited)).toBeDefined();
    expect(tellingSuccessLatency(sound)).toBeUndefined();
    // One failure in a thousand changes nothing that is printed.
    const one = recordOf(1000, (at) => ({
      ms: 40,
      ...(at === 7 ? { outcome: 'wrong-status', status: 500 } : {}),
    }));
    expect(tellingSuccessLatency(one)).toBeUndefined();
    const none = recordOf(1000, () => ({ ms: 1, outcome: 'wrong-status', status: 500 }));
    expect(none.latencyMs.succeeded).toMatchObject({ p50: null, max: null });
    expect(tellingSuccessLatency(none)).toBeUndefined();
    const { response, service, sendLag, queueWait } = limited.latencyMs;
    const older = { response, service, sendLag, queueWait };
    expect(tellingSuccessLatency({ ...limited, latencyMs: older })).toBeUndefined();
  });

  it('is a row of the cell view, on the terminal and on the page', () => {
    const shown = (record: typeof limited): string =>
      renderCell(reportCell(record), { width: 100, color: false, unicode: true });
    expect(shown(limited)).toMatch(/^response +1\.00 .*\n^successes +48\.0 /m);
    expect(shown(sound)).not.toContain('successes');
    const rowOf = (record: typeof limited): readonly string[] => {
      const { latencyRows, cells } = pageDetails([record]);
      return cells[0]!.latency[latencyRows.findIndex(([name]) => name === 'Successes alone')]!;
    };
    expect(rowOf(limited)).toContain('48.0');
    expect(rowOf(sound)).toEqual([]);
  });

  it('says in the cell view whether the target keeps up, and what was seen of it', () => {
    const text = renderCell(reportCell(limited), { width: 160, color: false, unicode: true });
    expect(text).toContain('Achieved: 300 of 1000 req/s · keeps up: 100 % answered in time, backlog 15.');
  });
});
