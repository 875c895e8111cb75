import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flow } from '../../src/measure/flow.js';
import { generatorAudit } from '../../src/measure/generator-audit.js';
import { distributionFigures, latencyFigures } from '../../src/measure/latency.js';
import { cellCollector, mergeMeasurements } from '../../src/measure/cell-collector.js';
import { outcomes } from '../../src/measure/outcomes.js';
import { perSecond } from '../../src/measure/per-second.js';
import { stamps } from '../../src/measure/stamps.js';
import type { CollectorKind } from '../../src/model/generation/collector.js';
import { measurementsSchema, type StampSnapshot } from '../../src/model/generation/measurements.js';
import type { Sample } from '../../src/model/generation/sample.js';
import { samples } from '../support/samples.js';
import { threadAudit } from '../support/threads.js';

const WINDOW_MS = 2000;

function collect<S>(kind: CollectorKind<S>, list: readonly Sample[]): S {
  const collector = kind.create();
  const reused = {} as Sample;
  for (const one of list) collector.add(Object.assign(reused, one)); // as a driver reuses its sample
  return collector.snapshot();
}

/** Shared out one by one, as generators share a plan. */
function dealt(list: readonly Sample[], of: number): Sample[][] {
  return Array.from({ length: of }, (_, first) => list.filter((_sample, at) => at % of === first));
}

/** Means and squares are sums of floating-point numbers: equal but for their last digits. */
function figuresOf(snapshot: StampSnapshot): unknown {
  const entries = Object.entries(snapshot).map(([name, latency]) => {
    const isWhole = 'observed' in latency;
    const { mean, stdev, ...exact } = isWhole ? latencyFigures(latency) : distributionFigures(latency);
    const rounded = [mean, stdev].map((value) => (value === null ? null : Number(value.toPrecision(4))));
    return [name, { exact, rounded, histogram: (isWhole ? latency.observed : latency).histogram }];
  });
  return Object.fromEntries(entries);
}

const comparable: Record<string, (parts: readonly Sample[][]) => unknown> = {
  outcomes: (parts) => {
    const kind = outcomes({ ms: WINDOW_MS });
    return kind.merge(parts.map((part) => collect(kind, part)));
  },
  flow: (parts) => flow(WINDOW_MS).merge(parts.map((part) => collect(flow(WINDOW_MS), part))),
  perSecond: (parts) => perSecond.merge(parts.map((part) => collect(perSecond, part))),
  generatorAudit: (parts) => generatorAudit.merge(parts.map((part) => collect(generatorAudit, part))),
  stamps: (parts) => figuresOf(stamps.merge(parts.map((part) => collect(stamps, part)))),
};

const plain: Record<string, (list: readonly Sample[]) => unknown> = {
  outcomes: (list) => collect(outcomes({ ms: WINDOW_MS }), list),
  flow: (list) => collect(flow(WINDOW_MS), list),
  perSecond: (list) => collect(perSecond, list),
  generatorAudit: (list) => collect(generatorAudit, list),
  stamps: (list) => figuresOf(collect(stamps, list)),
};

describe.each(Object.keys(comparable))('the collector %s', (name) => {
  it('merges parts to the whole', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 4 }), (list, of) => {
        expect(comparable[name]!(dealt(list, of))).toEqual(plain[name]!(list));
      }),
      { numRuns: 60 },
    );
  });

  it('merges nothing to what it says of no samples', () => {
    expect(comparable[name]!([])).toEqual(plain[name]!([]));
  });

  it('gives plain data', () => {
    fc.assert(
      fc.property(samples, (list) => {
        const snapshot = plain[name]!(list);
        expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
      }),
      { numRuns: 20 },
    );
  });
});

describe('cellCollector', () => {
  it('gives measurements that may cross a thread', () => {
    fc.assert(
      fc.property(samples, (list) => {
        const cell = cellCollector({ ms: WINDOW_MS }, 1);
        for (const one of list) cell.add(one);
        const measurements = cell.snapshot(threadAudit());
        expect(measurementsSchema.parse(structuredClone(measurements))).toEqual(measurements);
        expect(measurements.outcomes.planned).toBe(list.length);
      }),
      { numRuns: 30 },
    );
  });

  it('merges with those of other generators, each thread kept apart', () => {
    fc.assert(
      fc.property(samples, samples, (mine, theirs) => {
        const parts = [mine, theirs].map((list) => {
          const cell = cellCollector({ ms: WINDOW_MS }, 1);
          for (const one of list) cell.add(one);
          return cell.snapshot(threadAudit());
        });
        const merged = mergeMeasurements(WINDOW_MS, parts);
        expect(merged.outcomes).toEqual(plain['outcomes']!([...mine, ...theirs]));
        expect(merged.seconds).toEqual(comparable['perSecond']!([mine, theirs]));
        expect(merged.threads).toEqual([threadAudit(), threadAudit()]);
      }),
      { numRuns: 20 },
    );
  });
});
