import type { Measurements, ThreadAudit } from '../model/generation/measurements.js';
import type { Span } from '../model/loads/population.js';
import type { Sample } from '../model/generation/sample.js';
import { byOperation } from './by-operation.js';
import { failedAnswers } from './failed-answers.js';
import { flow } from './flow.js';
import { generatorAudit } from './generator-audit.js';
import { outcomes, type WindowLength } from './outcomes.js';
import { perSecond } from './per-second.js';
import { stamps } from './stamps.js';
import { withinSpan } from './within-span.js';

/**
 * All collectors of one cell that asks so many operations, and in which all users are at work in `allUsers`, behind one `add`. A new measurement is one line in each
 * function.
 */
export function cellCollector(
  window: WindowLength,
  operations: number,
  allUsers: Span | null = null,
): {
  add(sample: Sample): void;
  snapshot(thread: ThreadAudit): Measurements;
} {
  const ofStamps = stamps.create();
  const ofOutcomes = outcomes(window).create();
  const ofFlow = flow(window.ms).create();
  const ofSeconds = perSecond.create();
  const ofAudit = generatorAudit.create();
  const ofOperations = byOperation(window, operations).create();
  const ofAllUsers = withinSpan(window, allUsers).create();
  const ofFailedAnswers = failedAnswers.create();
  return {
    add(sample) {
      ofStamps.add(sample);
      ofOutcomes.add(sample);
      ofFlow.add(sample);
      ofSeconds.add(sample);
      ofAudit.add(sample);
      ofOperations.add(sample);
      ofAllUsers.add(sample);
      ofFailedAnswers.add(sample);
    },
    snapshot: (thread) => ({
      stamps: ofStamps.snapshot(),
      outcomes: ofOutcomes.snapshot(),
      flow: ofFlow.snapshot(),
      seconds: ofSeconds.snapshot(),
      audit: ofAudit.snapshot(),
      byOperation: ofOperations.snapshot(),
      withAllUsers: ofAllUsers.snapshot(),
      failedAnswers: ofFailedAnswers.snapshot(),
      threads: [thread],
    }),
  };
}

/** The measurements of several generators as if one had made all the load. */
export function mergeMeasurements(windowMs: number, parts: readonly Measurements[]): Measurements {
  const window = { ms: windowMs };
  return {
    stamps: stamps.merge(parts.map((part) => part.stamps)),
    outcomes: outcomes(window).merge(parts.map((part) => part.outcomes)),
    flow: flow(windowMs).merge(parts.map((part) => part.flow)),
    seconds: perSecond.merge(parts.map((part) => part.seconds)),
    audit: generatorAudit.merge(parts.map((part) => part.audit)),
    byOperation: byOperation(window, parts[0]?.byOperation.length ?? 0).merge(
      parts.map((part) => part.byOperation),
    ),
    withAllUsers: withinSpan(window, null).merge(parts.map((part) => part.withAllUsers)),
    failedAnswers: failedAnswers.merge(parts.map((part) => part.failedAnswers)),
    threads: parts.flatMap((part) => part.threads),
  };
}
