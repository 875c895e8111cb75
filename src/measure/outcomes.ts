import { unreachable } from '../kernel/errors.js';
import type { CollectorKind } from '../model/generation/collector.js';
import type { Outcomes } from '../model/generation/measurements.js';
import { isAnswered, type Outcome } from '../model/generation/sample.js';

const COUNTER: Readonly<Record<Outcome, 'succeeded' | 'failed' | 'timedOut' | 'dropped' | 'unfinished'>> = {
  succeeded: 'succeeded',
  'wrong-status': 'failed',
  'failed-check': 'failed',
  'network-failure': 'failed',
  'timed-out': 'timedOut',
  dropped: 'dropped',
  unfinished: 'unfinished',
};

function noOutcomes(): Outcomes {
  return {
    planned: 0,
    sent: 0,
    completed: 0,
    succeeded: 0,
    completedInWindow: 0,
    succeededInWindow: 0,
    lastDoneUs: 0,
    failed: 0,
    timedOut: 0,
    dropped: 0,
    unfinished: 0,
    statusCodes: {},
    failures: {},
    bytesReceived: 0,
    bytesSent: 0,
  };
}

/** How long a window is, in milliseconds; less than was planned where it is closed early. */
export interface WindowLength {
  readonly ms: number;
}

/** Counts how requests ended, in total and inside a window. */
export function outcomes(window: WindowLength): CollectorKind<Outcomes> {
  return {
    name: 'outcomes',
    create() {
      const totals = noOutcomes();
      return {
        add(sample) {
          totals.planned += 1;
          totals[COUNTER[sample.outcome]] += 1;
          if (sample.doneUs > totals.lastDoneUs) totals.lastDoneUs = sample.doneUs;
          totals.bytesReceived += sample.bytesReceived;
          totals.bytesSent += sample.bytesSent;
          if (!Number.isNaN(sample.sentUs)) totals.sent += 1;
          if (isAnswered(sample.outcome)) {
            totals.completed += 1;
            totals.statusCodes[sample.status] = (totals.statusCodes[sample.status] ?? 0) + 1;
          }
          if (sample.failure !== '') {
            totals.failures[sample.failure] = (totals.failures[sample.failure] ?? 0) + 1;
          }
          if (sample.doneUs < window.ms * 1000 && isAnswered(sample.outcome)) {
            totals.completedInWindow += 1;
            if (sample.outcome === 'succeeded') totals.succeededInWindow += 1;
          }
        },
        snapshot: () => structuredClone(totals),
      };
    },
    merge: (parts) => parts.reduce(addOutcomes, noOutcomes()),
  };
}

function addOutcomes(a: Outcomes, b: Outcomes): Outcomes {
  const sum = noOutcomes();
  for (const key of Object.keys(sum) as (keyof Outcomes)[]) {
    switch (key) {
      case 'statusCodes':
      case 'failures':
        sum[key] = addByName(a[key], b[key]);
        break;
      case 'lastDoneUs':
        sum[key] = Math.max(a[key], b[key]);
        break;
      case 'planned':
      case 'sent':
      case 'completed':
      case 'succeeded':
      case 'completedInWindow':
      case 'succeededInWindow':
      case 'failed':
      case 'timedOut':
      case 'dropped':
      case 'unfinished':
      case 'bytesReceived':
      case 'bytesSent':
        sum[key] = a[key] + b[key];
        break;
      default:
        unreachable(key);
    }
  }
  return sum;
}

function addByName(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const sum = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
