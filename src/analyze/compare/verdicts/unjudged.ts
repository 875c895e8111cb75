import type { JudgedChange } from '../../../model/results/comparison.js';
import type { Draft } from './draft.js';
import type { Named } from './judge-log-change.js';

/** A figure of which nothing can be said. */
export function unjudged(named: Named, marginPercent: number | null, why: string): Draft {
  return plain({ ...named, ...NOTHING_KNOWN, marginPercent, verdict: null, why });
}

/** A figure of the same runs on both sides. */
export function sameThroughout(named: Named, marginPercent: number | null = null): Draft {
  return plain({
    ...named,
    ...NOTHING_KNOWN,
    percent: 0,
    marginPercent,
    verdict: 'UNCHANGED',
    why: 'the same runs on both sides',
  });
}

const NOTHING_KNOWN = {
  basis: 'repeats',
  percent: null,
  interval: null,
  pValue: null,
  adjustedPValue: null,
  neededRepeats: null,
  detectablePercent: null,
} as const;

function plain(judged: JudgedChange): Draft {
  return { family: judged.family, pValue: null, settle: () => judged };
}
