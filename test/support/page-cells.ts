import type { PageCell } from '../../src/model/report/page-data.js';

const NO_SPECTRUM = { count: 0, slowerShare: [], valueMs: [], boundFrom: 0 };

export const ACROSS_RATES = { name: 'rates', title: 'target rate' };

/** A cell as the page has it: 1000 requests/s to one worker. */
export function pageCell(changes: Partial<PageCell>): PageCell {
  return {
    id: 'get_item_1000',
    endpoint: 'get_item',
    method: 'GET',
    path: '/items/{item_id}',
    workers: 1,
    repeat: 1,
    load: '1000/s',
    targetRps: 1000,
    place: { x: 1000, label: '1000/s' },
    verdict: 'VALID',
    planned: 10_000,
    censored: 0,
    metrics: {},
    lowerBounds: [],
    spectra: { response: NO_SPECTRUM, service: NO_SPECTRUM, sendLag: NO_SPECTRUM },
    series: {
      secondsPerPoint: 1,
      endSecond: 3,
      second: [0, 1, 2],
      sent: [10, 10, 0],
      succeeded: [9, 9, 2],
      failed: [0, 0, 0],
      p50Ms: [1, null, 2],
      p99Ms: [5, null, 6],
      inFlight: [1, 1, 0],
      gauges: [
        { id: 'target.cpu', title: 'CPU', unit: '%', values: [50, 60, null] },
        { id: 'target.memory', title: 'Memory', unit: 'MB', values: [80, 81, null] },
      ],
      windowSeconds: 2,
    },
    heat: null,
    ...changes,
  };
}
