import type { CollectorKind } from '../model/generation/collector.js';
import type { SpanFigures } from '../model/generation/measurements.js';
import { isAnswered } from '../model/generation/sample.js';
import type { Span } from '../model/loads/population.js';
import { LatencyRecorder, mergeLatency } from './latency.js';
import { outcomes, type WindowLength } from './outcomes.js';

/**
 * What became of the requests that were due in a part of the window, and how many successes came in it; of no part, and of
 * the whole window, nothing is kept.
 */
export function withinSpan(window: WindowLength, span: Span | null): CollectorKind<SpanFigures | null> {
  const counts = outcomes(window);
  return {
    name: 'within-span',
    create() {
      if (span === null || span.fromUs <= 0) return { add() {}, snapshot: () => null };
      const { fromUs, toUs } = span;
      const ofDue = counts.create();
      const response = new LatencyRecorder();
      let succeededWithin = 0;
      return {
        add(sample) {
          const { dueUs, doneUs, outcome } = sample;
          if (outcome === 'succeeded' && doneUs >= fromUs && doneUs < Math.min(toUs, window.ms * 1000))
            succeededWithin += 1;
          if (dueUs < fromUs || dueUs >= toUs) return;
          ofDue.add(sample);
          if (isAnswered(outcome)) response.observe(doneUs - dueUs);
          else response.censor(doneUs - dueUs);
        },
        snapshot: () => ({ outcomes: ofDue.snapshot(), response: response.snapshot(), succeededWithin }),
      };
    },
    merge(parts) {
      const known = parts.filter((part) => part !== null);
      if (known.length === 0) return null;
      return {
        outcomes: counts.merge(known.map((part) => part.outcomes)),
        response: mergeLatency(known.map((part) => part.response)),
        succeededWithin: known.reduce((sum, part) => sum + part.succeededWithin, 0),
      };
    },
  };
}
