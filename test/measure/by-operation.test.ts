import { subject } from '../support/subjects.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellRecord } from '../../src/app/run/cell-record.js';
import { sourceOf } from '../../src/load/request-source.js';
import { scheduleOf } from '../../src/load/schedules/index.js';
import { cellCollector, mergeMeasurements } from '../../src/measure/cell-collector.js';
import { decodeHistogram } from '../../src/measure/distribution.js';
import { lostShare } from '../../src/measure/lost-share.js';
import type { GeneratorShare } from '../../src/model/generation/generator.js';
import { measurementsSchema, type Measurements } from '../../src/model/generation/measurements.js';
import type { OperationRecord } from '../../src/model/results/operation-record.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import type { Sample } from '../../src/model/generation/sample.js';
import { samples } from '../support/samples.js';
import { share, shortLoad } from '../support/shares.js';
import { threadAudit } from '../support/threads.js';
import { NO_GAUGES } from '../support/gauges.js';

const WINDOW_MS = 2000;

/** Samples of so many operations, dealt to so many generators. */
const mixtures = fc
  .record({
    list: samples,
    operations: fc.integer({ min: 2, max: 5 }),
    generators: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ list, ...rest }) =>
    fc
      .array(fc.nat(rest.operations - 1), { minLength: list.length, maxLength: list.length })
      .map((asked) => ({ ...rest, list: list.map((one, at) => ({ ...one, operation: asked[at]! })) })),
  );

function collected(list: readonly Sample[], operations: number): Measurements {
  const cell = cellCollector({ ms: WINDOW_MS }, operations);
  for (const one of list) cell.add(one);
  return cell.snapshot(threadAudit());
}

/** What a cell of this share would have in its record. */
function recordOf(told: GeneratorShare, measurements: Measurements): CellRecord {
  return cellRecord(
    {
      ...{ id: 'mixture_20', workers: 1, repeat: 1, startedAt: '2026-01-15T12:00:00.000Z' },
      subject: subject({ id: 'mixture', method: 'GET', path: '/' }),
      ...{ share: told, measurements, gauges: NO_GAUGES },
      targetDeath: undefined,
    },
    true,
  ).record;
}

function mixtureShare(operations: number, parts: Partial<GeneratorShare> = {}): GeneratorShare {
  const [one] = share('http://x').operations;
  return share('http://x', {
    load: shortLoad(20, WINDOW_MS),
    operations: Array.from({ length: operations }, () => one!),
    ...parts,
  });
}

/** Counts of all, by name. */
function added(parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [name, count] of parts.flatMap((part) => Object.entries(part)))
    sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

/** What each bucket of HDR histograms holds, taken together. */
function bucketsOf(histograms: readonly string[]): Record<string, number> {
  return added(
    histograms.map((encoded) => {
      const histogram = decodeHistogram(encoded) as ReturnType<typeof decodeHistogram> & {
        getCountAtIndex(index: number): number;
        readonly countsArrayLength: number;
      };
      const filled: Record<string, number> = {};
      for (let index = 0; index < histogram.countsArrayLength; index += 1) {
        const count = histogram.getCountAtIndex(index);
        if (count > 0) filled[index] = count;
      }
      return filled;
    }),
  );
}

function expectToAddUp(record: CellRecord): void {
  const each = record.byOperation ?? [];
  const sumOf = (value: (one: OperationRecord) => Readonly<Record<string, number>>) => added(each.map(value));
  expect(sumOf(({ counts }) => counts)).toEqual(record.counts);
  expect(sumOf(({ statusCodes }) => statusCodes)).toEqual(record.statusCodes);
  expect(sumOf(({ failures }) => failures)).toEqual(record.failures);
  expect(sumOf(({ bytes }) => bytes)).toEqual(record.bytes);
  expect(each.reduce((sum, { achievedRps }) => sum + achievedRps, 0)).toBeCloseTo(record.achievedRps, 6);
  const { response, responseCensored } = record.histograms;
  expect(bucketsOf(each.map(({ histograms }) => histograms.response))).toEqual(bucketsOf([response]));
  expect(bucketsOf(each.map(({ histograms }) => histograms.responseCensored))).toEqual(
    bucketsOf([responseCensored]),
  );
}

describe('the figures of each operation', () => {
  it('add up to those of the cell exactly, of several generators too', () => {
    fc.assert(
      fc.property(mixtures, ({ list, operations, generators }) => {
        const parts = Array.from({ length: generators }, (_, first) =>
          collected(
            list.filter((_sample, at) => at % generators === first),
            operations,
          ),
        );
        const merged = mergeMeasurements(WINDOW_MS, parts);
        expect(measurementsSchema.parse(structuredClone(merged))).toEqual(merged);
        const record = recordOf(mixtureShare(operations), merged);

        expect(record.byOperation).toHaveLength(operations);
        expectToAddUp(record);
        // Each has its own, and nothing of another.
        for (const [at, { counts }] of record.byOperation!.entries())
          expect(counts.planned).toBe(list.filter(({ operation }) => operation === at).length);
      }),
      { numRuns: 60 },
    );
  });

  it('are what a cell of that operation alone would have', () => {
    fc.assert(
      fc.property(mixtures, ({ list, operations }) => {
        const { byOperation } = recordOf(mixtureShare(operations), collected(list, operations));
        for (const [at, one] of byOperation!.entries()) {
          const alone = recordOf(
            mixtureShare(1),
            collected(
              list.filter(({ operation }) => operation === at).map((sample) => ({ ...sample, operation: 0 })),
              1,
            ),
          );
          expect(one.latencyMs.response).toEqual(alone.latencyMs.response);
          expect([one.counts, one.statusCodes, one.failures, one.bytes]).toEqual([
            ...[alone.counts, alone.statusCodes, alone.failures, alone.bytes],
          ]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are not kept where there is one: they are the cell itself', () => {
    const measurements = collected([], 1);

    expect(measurements.byOperation).toEqual([]);
    expect(mergeMeasurements(WINDOW_MS, [measurements, measurements]).byOperation).toEqual([]);
    expect(recordOf(mixtureShare(1), measurements)).not.toHaveProperty('byOperation');
  });

  it('hold what a generator that died should have sent, by operation', () => {
    const shares = [0, 1].map((index) => mixtureShare(3, { part: { index, of: 2 } }));
    const parts = shares.map((told) =>
      lostShare(scheduleOf(told.load, told.part), sourceOf(told, 0), told, 'killed'),
    );
    const record = recordOf(mixtureShare(3), mergeMeasurements(WINDOW_MS, parts));
    const whole = sourceOf(mixtureShare(3), 0);
    const asked = Array.from({ length: 20 }, (_, index) => whole.operationAt(index));

    expectToAddUp(record);
    expect(record.counts.unfinished).toBe(20);
    expect(record.byOperation!.map(({ counts }) => counts.unfinished)).toEqual(
      [0, 1, 2].map((operation) => asked.filter((one) => one === operation).length),
    );
  });

  it('say what the answers of each had to be; the cell says so where that is one thing', () => {
    const check = { status: [[200, 204]] as [number, number][], headers: {}, json: {}, bytes: null };
    const [one] = share('http://x').operations;
    const told = mixtureShare(2, { operations: [one!, { ...one!, check }] });
    const record = recordOf(told, collected([], 2));

    expect(record).not.toHaveProperty('expect');
    expect(record.byOperation!.map(({ expect: expected }) => expected)).toEqual([undefined, check]);
    const alone = recordOf(mixtureShare(1, { operations: [{ ...one!, check }] }), collected([], 1));
    expect(alone.expect).toEqual(check);
  });

  it('are refused for an operation that there is not', () => {
    const [sample] = fc.sample(samples, { numRuns: 50, seed: 1 }).flat();

    expect(() => collected([{ ...sample!, operation: 2 }], 2)).toThrow(RangeError);
  });
});
