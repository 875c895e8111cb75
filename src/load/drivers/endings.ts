/*
 * Hot path: runs for every request. Nothing is allocated; the one Sample is reused.
 */
import type { AnswerStart } from '../../model/generation/failed-answer.js';
import { emptySample, type Outcome } from '../../model/generation/sample.js';
import { answerStart } from '../answer-start.js';
import type { OperationCheck } from '../check-answer.js';
import type { DriverOptions } from './driver.js';
import { FailedExamples } from './failed-examples.js';
import type { InFlight } from './in-flight.js';

interface Options extends Pick<DriverOptions, 'source' | 'transport' | 'checks' | 'onSample'> {
  /** Takes from an answer, good by its check or not, what later requests need; the kind of failure where that is missing, or ''. */
  readonly onAnswer?: ((slot: number, isGood: boolean) => string) | undefined;
}

/** Makes the sample of each request at its end. All instants are microseconds after the start. */
export class Endings {
  /** So many requests have ended. */
  count = 0;
  private readonly sample = emptySample();
  private readonly examples: FailedExamples;

  constructor(
    private readonly inFlight: InFlight,
    private readonly options: Options,
    /** Called after each sample. */
    private readonly onEnd: () => void,
  ) {
    this.examples = new FailedExamples(options.checks);
  }

  /** As the transport asks. */
  wantsAnswer(slot: number, status: number): boolean {
    if (!this.examples.mayWant(status)) return false;
    const index = this.inFlight.index[slot] as number;
    return this.examples.claim(slot, this.options.source.operationAt(index), status);
  }

  /** During the transport's `onAnswered`: the answer came in time. */
  endAnswered(slot: number, doneUs: number, status: number, bytesReceived: number): void {
    const { source, checks, transport, onAnswer } = this.options;
    const index = this.inFlight.index[slot] as number;
    const { isExpected, findFault } = checks[source.operationAt(index)] as OperationCheck;
    if (!isExpected(status)) {
      if (onAnswer !== undefined) onAnswer(slot, false);
      this.endSlot(slot, doneUs, 'wrong-status', status, '', bytesReceived);
      return;
    }
    let fault = findFault === undefined ? '' : findFault(transport.kept(slot), bytesReceived);
    if (onAnswer !== undefined) {
      const missing = onAnswer(slot, fault === '');
      if (fault === '') fault = missing;
    }
    const outcome = fault === '' ? 'succeeded' : 'failed-check';
    this.endSlot(slot, doneUs, outcome, status, fault, bytesReceived);
  }

  /** Of a request on a connection, which it leaves. */
  endSlot(
    slot: number,
    doneUs: number,
    outcome: Outcome,
    status: number,
    failure: string,
    bytesReceived: number,
  ): void {
    const { inFlight, sample } = this;
    const index = inFlight.index[slot] as number;
    const sentUs = inFlight.sentUs[slot] as number;
    sample.dueUs = inFlight.dueUs[slot] as number;
    sample.releasedUs = inFlight.releasedUs[slot] as number;
    inFlight.remove(slot);
    sample.answer = this.exampleOf(slot, index, outcome, failure);
    sample.status = status;
    sample.failure = failure;
    sample.bytesReceived = bytesReceived;
    sample.bytesSent = Number.isNaN(sentUs) ? 0 : this.bodyBytes(index);
    this.end(index, sentUs, doneUs, outcome);
  }

  /** Of a request that has met no connection; `releasedUs` is NaN if the generator never got to it. */
  endUnsent(index: number, dueUs: number, releasedUs: number, doneUs: number, outcome: Outcome): void {
    const { sample } = this;
    sample.answer = null;
    sample.dueUs = dueUs;
    sample.releasedUs = releasedUs;
    sample.status = 0;
    sample.failure = '';
    sample.bytesReceived = 0;
    sample.bytesSent = 0;
    this.end(index, Number.NaN, doneUs, outcome);
  }

  private end(index: number, sentUs: number, doneUs: number, outcome: Outcome): void {
    const { sample } = this;
    sample.operation = this.options.source.operationAt(index);
    sample.sentUs = sentUs;
    sample.doneUs = doneUs;
    sample.outcome = outcome;
    this.count += 1;
    this.options.onSample(sample);
    this.onEnd();
  }

  /** Of an answer that failed as none before it. */
  private exampleOf(slot: number, index: number, outcome: Outcome, failure: string): AnswerStart | null {
    const { examples } = this;
    const { source, transport } = this.options;
    const isFirst =
      outcome === 'failed-check'
        ? examples.isFirstFault(source.operationAt(index), failure)
        : examples.settle(slot, outcome === 'wrong-status');
    const kept = isFirst ? transport.kept(slot) : undefined;
    return kept === undefined ? null : answerStart(kept, source.blueprintAt(index));
  }

  private bodyBytes(index: number): number {
    const { body } = this.options.source.blueprintAt(index);
    return body === null ? 0 : Buffer.byteLength(body);
  }
}
