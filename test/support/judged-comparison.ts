import type { ChangeVerdict, ComparedCell, Comparison, JudgedChange } from '../../src/model/results/comparison.js';
import type { ComparedReports } from '../../src/report/html/render-comparison.js';
import { comparedRuns } from './simulated-runs.js';

const judgement: JudgedChange = {
  ...{ figure: 'p50', title: 'P50', unit: 'ms', better: 'lower', family: 'primary', basis: 'repeats' },
  repeats: { base: 5, candidate: 5 },
  ...{ percent: 0.4, interval: { lowPercent: -1.8, highPercent: 2.7, confidence: 0.95 }, marginPercent: 5 },
  ...{ pValue: 0.99, adjustedPValue: 1, verdict: 'UNCHANGED' },
  ...{ neededRepeats: null, detectablePercent: null, why: null },
};
const p99: JudgedChange = { ...judgement, figure: 'p99', title: 'P99', marginPercent: 10 };
const success: JudgedChange = {
  ...{ ...judgement, figure: 'success', title: 'Success', unit: '%', better: 'higher', basis: 'counts' },
  ...{ percent: 0, interval: null },
};

function found(verdict: ChangeVerdict, percent: number, change: JudgedChange): JudgedChange {
  const interval = { lowPercent: percent - 8.2, highPercent: percent + 11, confidence: 0.97 };
  return { ...change, percent, interval, pValue: 0.0001, adjustedPValue: 0.0006, verdict };
}

const unsure: JudgedChange = {
  ...{ ...p99, percent: 9.1, interval: { lowPercent: -4, highPercent: 24, confidence: 0.95 } },
  ...{ verdict: 'INCONCLUSIVE', neededRepeats: 9, detectablePercent: 31 },
};

type Judged = Pick<ComparedCell, 'judgements' | 'outcome' | 'why'>;

/** One of every kind that there is, in turn over the cells. */
const KINDS: readonly Judged[] = [
  { outcome: 'UNCHANGED', why: null, judgements: [judgement, p99, success] },
  {
    outcome: 'REGRESSED',
    why: null,
    judgements: [
      found('REGRESSED', 22.8, judgement),
      found('REGRESSED', 31.4, p99),
      { ...found('REGRESSED', 12, judgement), figure: 'cpuMsPerRequest', title: 'CPU', family: 'exploratory' },
      success,
    ],
  },
  {
    outcome: 'REGRESSED',
    why: 'saturated in B: its latencies are not compared',
    judgements: [
      {
        ...{ ...p99, figure: 'keeps-up', title: 'Keeps up', unit: '', basis: 'category' },
        ...{ percent: null, interval: null, marginPercent: null, verdict: 'REGRESSED' },
      },
    ],
  },
  { outcome: 'IMPROVED', why: null, judgements: [found('IMPROVED', -34.5, judgement), p99] },
  { outcome: 'INCONCLUSIVE', why: null, judgements: [judgement, unsure] },
  { outcome: null, why: 'INVALID in B: the generator was the limit', judgements: [] },
  {
    outcome: 'SUSPECT',
    why: 'single runs: repeat them',
    judgements: [{ ...found('SUSPECT', 17, p99), basis: 'sections', why: 'no noise floor of this machine' }],
  },
];

/** Both runs of `comparedRuns`, with made-up judgements of every kind. */
export function judgedRuns(runs = comparedRuns()): ComparedReports & { readonly comparison: Comparison } {
  const cells = runs.comparison.cells.map((cell, at) => ({ ...cell, ...KINDS[at % KINDS.length]! }));
  const count = (outcome: ChangeVerdict | null): number =>
    cells.filter((cell) => cell.outcome === outcome).length;
  const outcome = {
    state: 'REGRESSED' as const,
    ...{ regressed: count('REGRESSED'), improved: count('IMPROVED'), unchanged: count('UNCHANGED') },
    ...{ inconclusive: count('INCONCLUSIVE'), suspect: count('SUSPECT'), notJudged: count(null) },
  };
  return { ...runs, comparison: { ...runs.comparison, cells, outcome } };
}
