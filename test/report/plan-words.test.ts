import { describe, expect, test } from 'vitest';
import { parseStages } from '../../src/model/stages-notation.js';
import { planName, planTarget, planTitle } from '../../src/report/plan-words.js';

const staged = (text: string) => ({ kind: 'stages' as const, stages: parseStages(text).stages });

describe('the words for stages', () => {
  test.each([
    ['0:100@2m, 500@30s', 'stages 0→100→500/s', '0→500'],
    ['500:20@10s', 'stages 500→20/s', '20→500'],
    ['100@10s, 500:500@10s, 100:100@10s', 'stages 100→500→100/s', '100→500'],
    ['30@10s', 'stages 30/s', '30'],
  ])('%s', (text, name, target) => {
    const plan = staged(text);
    expect([planName(plan), planTarget(plan), planTitle(plan)]).toEqual([name, target, `stages ${text}`]);
  });
});
