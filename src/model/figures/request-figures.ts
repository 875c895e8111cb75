import { figure, type Better, type Extra } from './define-figure.js';
import type { FigureDefinition, FigureSource } from './figure.js';
import { COUNT, KILOBYTES_PER_SECOND, MEGABYTES, PER_SECOND, SHARE } from './units.js';

/** What became of the planned requests, and at what rate. */
export const REQUEST_FIGURES: readonly FigureDefinition[] = [
  figure('target', 'Target rate', PER_SECOND, null, ({ window }) => window?.plannedRps, {
    csv: 'targetRps',
    metric: ['target_requests_per_second', 30, 'Planned requests / length of the window.'],
  }),
  count('planned', 'Planned requests', null, {
    ofMixtures: true,
    table: [2, 'Requests', ''],
    page: ['Requests', 10, 'Requests', 'requests that were due in the window'],
    fact: ['Requests', 10, 'Planned'],
    metric: ['planned_requests', 70, 'Requests that were due in the window.'],
  }),
  count('sent', 'Sent requests', null, {
    fact: ['Requests', 20, 'Sent'],
    metric: ['sent_requests', 80, 'Requests that were handed to an open connection.'],
  }),
  count('completed', 'Complete answers', 'higher'),
  count('succeeded', 'Succeeded', 'higher'),
  count('failed', 'Failed', 'lower', { fact: ['Requests', 40, 'Failed'] }),
  count('timedOut', 'Timed out', 'lower', { fact: ['Requests', 50, 'Timed out'] }),
  count('dropped', 'Dropped', 'lower', { fact: ['Requests', 60, 'Dropped'] }),
  count('unfinished', 'Unfinished', 'lower', { fact: ['Requests', 70, 'Unfinished'] }),
  figure('failures', 'Requests without success', COUNT, 'lower', failures, {
    ofMixtures: true,
    table: [4, 'Failures', ''],
    page: ['Requests', 20, 'Failures', 'requests that did not succeed, of whatever kind'],
    csv: 'failureCount',
  }),
  figure('failure-share', 'Share without success', SHARE, 'lower', failureShare, {
    ofMixtures: true,
    table: [6, 'Failures', '%', 9],
    page: ['Requests', 30, 'Failures %', 'share of the requests that did not succeed'],
    csv: 'failureShare',
  }),
  figure('failure-rate', 'Failures per second', PER_SECOND, 'lower', failuresPerSecond, {
    ofMixtures: true,
    table: [8, 'Failures', '/s', 5],
    page: ['Requests', 40, 'Failures/s', 'failures / length of the window'],
    csv: 'failuresPerSecond',
  }),
  figure('achieved', 'Achieved rate', PER_SECOND, 'higher', ({ achievedRps }) => achievedRps, {
    judged: 'keeps-up',
    table: [10, 'Achieved', 'req/s'],
    page: ['Rate, req/s', 20, 'Achieved', 'successes per second; marked unless the target keeps up'],
    fact: ['Requests', 100, 'Achieved'],
    charted: [10],
    compared: [10, 'Achieved', 'req/s', 3],
    csv: 'achievedRps',
    metric: [
      'achieved_requests_per_second',
      40,
      'Successes / length of the window; less of them where the target does not keep up.',
    ],
  }),
  figure('success', 'Success', SHARE, 'higher', successRate, {
    judged: 'success',
    // Mixtures show its opposite.
    ofMixtures: false,
    table: [60, 'Success', '%', 8],
    page: ['Rate, req/s', 30, 'OK %', 'share of the planned requests that succeeded'],
    charted: [50, 'share'],
    compared: [50, 'Success', '%'],
    csv: 'successRate',
    metric: ['success_ratio', 60, 'Succeeded / planned requests.'],
  }),
  figure('received', 'Received', MEGABYTES, null, ({ bytes }) => bytes.received, {
    fact: ['Requests', 120, 'Bodies received'],
    csv: 'bytes.received',
    metric: ['received_bytes', 120, 'Bodies of the answers.'],
  }),
  figure('transfer-rate', 'Transfer rate', KILOBYTES_PER_SECOND, null, receivedPerSecond),
  figure('sent-bytes', 'Sent', MEGABYTES, null, ({ bytes }) => bytes.sent, {
    csv: 'bytes.sent',
    metric: ['sent_bytes', 130, 'Bodies of the requests.'],
  }),
];

function count(
  id: keyof FigureSource['counts'],
  title: string,
  better: Better,
  extra: Extra = {},
): FigureDefinition {
  return figure(id, title, COUNT, better, ({ counts }) => counts[id], { csv: `counts.${id}`, ...extra });
}

function failures({ counts: { planned, succeeded } }: FigureSource): number {
  return planned - succeeded;
}

function failureShare(source: FigureSource): number {
  return source.counts.planned === 0 ? 0 : failures(source) / source.counts.planned;
}

function failuresPerSecond(source: FigureSource): number | null {
  return source.window === undefined ? null : (failures(source) * 1000) / source.window.durationMs;
}

/** Of the bodies alone. */
function receivedPerSecond({ bytes, window }: FigureSource): number | null {
  return window === undefined ? null : (bytes.received * 1000) / window.durationMs;
}

function successRate({ successRate: known, counts: { succeeded, planned } }: FigureSource): number {
  return known ?? (planned === 0 ? 0 : succeeded / planned);
}
