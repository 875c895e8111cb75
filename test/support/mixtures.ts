import { judgeCell } from '../../src/analyze/judge-cell.js';
import { cellCollector } from '../../src/measure/cell-collector.js';
import { coarseCounts } from '../../src/measure/buckets.js';
import { spectrumOf } from '../../src/measure/spectrum.js';
import { unjudgedCell } from '../../src/measure/unjudged-cell.js';
import { emptySample } from '../../src/model/generation/sample.js';
import type { ReportCell } from '../../src/model/report/report.js';
import { judgedRun } from './cells.js';
import { share, shortLoad } from './shares.js';
import { NO_GAUGES } from './gauges.js';
import { threadAudit } from './threads.js';

const WINDOW_MS = 2000;
const OPERATIONS = [
  { id: 'get_item', method: 'GET', path: '/items/{id}', weight: 7 },
  { id: 'create_item', method: 'POST', path: '/items', weight: 2 },
  { id: 'get_broken', method: 'GET', path: '/broken', weight: 1 },
];

/**
 * 200 requests of three operations in two seconds: 140 of `get_item` take 1 ms, 40 of `create_item` 4 ms, ten of which are
 * refused with 409 and ten time out, and all 20 of `get_broken` fail with 500 after 2 ms.
 */
export function mixtureCell(repeat = 1): ReportCell {
  const collector = cellCollector({ ms: WINDOW_MS }, OPERATIONS.length);
  const sample = emptySample();
  for (let index = 0; index < 200; index += 1) {
    const place = index % 10;
    const turn = Math.floor(index / 10) % 4;
    sample.operation = place < 7 ? 0 : place < 9 ? 1 : 2;
    const isTimedOut = place === 7 && turn < 2;
    const isRefused = place === 8 && turn < 2;
    sample.dueUs = index * 10_000;
    sample.releasedUs = sample.dueUs;
    sample.sentUs = sample.dueUs;
    sample.doneUs = sample.dueUs + (isTimedOut ? 10_000_000 : [1000, 4000, 2000][sample.operation]!);
    sample.outcome = isTimedOut ? 'timed-out' : isRefused || place === 9 ? 'wrong-status' : 'succeeded';
    sample.status = isTimedOut ? 0 : isRefused ? 409 : place === 9 ? 500 : 200;
    sample.bytesReceived = isTimedOut ? 0 : 100;
    collector.add(sample);
  }
  const measurements = collector.snapshot(threadAudit());
  const [one] = share('http://x').operations;
  const unjudged = unjudgedCell({
    ...{ id: 'mixture_100', workers: 1, repeat, startedAt: '2026-01-15T12:00:00.000Z' },
    subject: { id: 'mixture', operations: OPERATIONS },
    share: share('http://x', {
      load: shortLoad(200, WINDOW_MS),
      operations: OPERATIONS.map(({ weight }) => ({ ...one!, weight })),
    }),
    ...{ measurements, gauges: NO_GAUGES },
    targetDeath: undefined,
  });
  const { latencyMs, histograms, byOperation = [] } = unjudged;
  return {
    record: { ...unjudged, verdict: judgeCell(unjudged, judgedRun) },
    buckets: measurements.seconds.map(({ buckets }) => coarseCounts(buckets)),
    samples: [],
    spectra: {
      response: spectrumOf(latencyMs.response, histograms.response, histograms.responseCensored),
      service: spectrumOf(latencyMs.service, histograms.service),
      sendLag: spectrumOf(latencyMs.sendLag, histograms.sendLag),
      byOperation: byOperation.map((own) =>
        spectrumOf(own.latencyMs.response, own.histograms.response, own.histograms.responseCensored),
      ),
    },
  };
}
