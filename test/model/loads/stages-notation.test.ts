import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../src/model/loads/stage.js';
import { formatStages, parseStages } from '../../../src/model/loads/stages-notation.js';

const stage = (fromRatePerSecond: number, toRatePerSecond: number, seconds: number): Stage => ({
  fromRatePerSecond,
  toRatePerSecond,
  durationMs: seconds * 1000,
});

describe('the notation of stages', () => {
  it.each<[string, Stage[]]>([
    ['0:100@2m', [stage(0, 100, 120)]],
    ['100@10s', [stage(100, 100, 10)]],
    ['0:100@2m, 500@30s', [stage(0, 100, 120), stage(100, 500, 30)]],
    ['50@1s,500:500@30s,50:50@1s', [stage(50, 50, 1), stage(500, 500, 30), stage(50, 50, 1)]],
    ['100@1s, 0:0@5s, 100@1s', [stage(100, 100, 1), stage(0, 0, 5), stage(0, 100, 1)]],
    [' 0.5 : 2.5 @ 1.5s ', [stage(0.5, 2.5, 1.5)]],
  ])('reads %s', (text, stages) => {
    expect(parseStages(text)).toEqual({ stages, problems: [] });
  });

  const SYNTAX = 'FROM:TO@DURATION or TO@DURATION, such as 0:100@2m or 500@30s';

  it.each([
    ['100', `${SYNTAX} (a duration is missing: 100@30s?)`],
    ['0:100', `${SYNTAX} (a duration is missing: 0:100@30s?)`],
    ['0→100/s@30', `${SYNTAX} (a unit is missing: 0:100@30s?)`],
    ['0-100@2m', `${SYNTAX} (did you mean 0:100@2m?)`],
    ['0->100@2m', `${SYNTAX} (did you mean 0:100@2m?)`],
    ['0..100@2m', `${SYNTAX} (did you mean 0:100@2m?)`],
    ['0 to 100 in 2 minutes', `${SYNTAX} (did you mean 0:100@2m?)`],
    ['100/s for 30 sec', `${SYNTAX} (did you mean 100@30s?)`],
    ['100 rps@1hour', `${SYNTAX} (did you mean 100@1h?)`],
    ['30s@100', `${SYNTAX} (did you mean 100@30s?)`],
    ['100:30s', `${SYNTAX} (did you mean 100@30s?)`],
    ['0:100@2m; 500@30s', `${SYNTAX} (did you mean 0:100@2m, 500@30s?)`],
    ['0:100@2m 500@30s', `${SYNTAX} (did you mean 0:100@2m, 500@30s?)`],
    ['fast', SYNTAX],
    ['', SYNTAX],
    ['-5@10s', SYNTAX],
    ['2e9@1s', SYNTAX],
    ['1000001@1s', 'rates from 0 to 1000000'],
    ['1000001:5@1s', 'rates from 0 to 1000000'],
    ['5@0s', 'a duration above 0, at most 24h'],
    ['5@25h', 'a duration above 0, at most 24h'],
  ])('refuses %j', (text, expected) => {
    expect(parseStages(text).problems).toEqual([{ stage: 1, expected, came: text }]);
  });

  it.each([
    ['0@5s, 0:0@1s', 'a rate above 0 in some stage'],
    ['5@20h, 5@5h', 'stages of at most 24h together'],
  ])('refuses %j as a whole', (text, expected) => {
    expect(parseStages(text).problems).toEqual([{ expected, came: text }]);
  });

  it('names every bad stage by its number', () => {
    const { problems } = parseStages('x, 5@1s, 7');
    expect(problems.map(({ stage: number, came }) => [number, came])).toEqual([
      [1, 'x'],
      [3, '7'],
    ]);
  });

  it('writes what it reads, a stage that goes on from the last one without its first rate', () => {
    expect(formatStages([stage(0, 100, 120), stage(100, 500, 30), stage(50, 50, 1.5)])).toBe(
      '0:100@2m, 500@30s, 50:50@1.5s',
    );
    const rate = fc.oneof(fc.integer({ min: 0, max: 500 }), fc.constantFrom(0.5, 33.3));
    const anyStage = fc
      .tuple(rate, rate, fc.integer({ min: 1, max: 5000 }))
      .map(([a, b, c]) => stage(a, b, c));
    fc.assert(
      fc.property(fc.array(anyStage, { minLength: 1, maxLength: 6 }), (stages) => {
        expect(parseStages(formatStages(stages)).stages).toEqual(stages);
      }),
    );
  });
});
