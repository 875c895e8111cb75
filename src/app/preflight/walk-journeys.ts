import { UserError } from '../../kernel/errors.js';
import { systemClock as clock } from '../../kernel/clock.js';
import { systemSerials } from '../../kernel/serials.js';
import { oneLine } from '../../kernel/text.js';
import { UserState } from '../../load/journeys/user-state.js';
import type { JourneyStep } from '../../model/generation/journeys.js';
import type { Observer } from '../../model/live/run-events.js';
import { placeOfCapture } from '../../model/requests/capture.js';
import type { PreflightResult } from '../../model/results/preflight.js';
import type { BuiltJourneys, BuiltStep } from '../requests/build-journeys.js';
import type { Answer } from '../requests/send-request.js';
import { shapeOf } from '../requests/shape-of-answer.js';
import { askOperation, type AskOptions } from './ask-operation.js';

export interface WalkOptions extends AskOptions {
  readonly observe: Observer;
}

/**
 * Goes once through each journey as one user does, with what the answers give; what came of each operation. A value that is
 * missing in a good answer ends the run, since every user would miss it. Where a request is refused, the rest of its journey
 * is not asked.
 */
export async function walkJourneys(
  options: WalkOptions,
  { onStart, journeys }: BuiltJourneys,
): Promise<PreflightResult[]> {
  const walk = new Walk(options);
  const hasStarted = await walk.go('onStart', onStart, true);
  if (hasStarted) for (const { name, steps } of journeys) await walk.go(`journeys: ${name}`, steps, false);
  return walk.results;
}

class Walk {
  readonly results: PreflightResult[] = [];
  private readonly state = new UserState();

  constructor(private readonly options: WalkOptions) {}

  /** False when a step was refused. */
  async go(where: string, steps: readonly BuiltStep[], isStart: boolean): Promise<boolean> {
    this.state.beginJourney();
    for (const [at, one] of steps.entries()) {
      const { method, path } = one.built.operation;
      const place = `${where}: step ${at + 1} (${method} ${path})`;
      this.options.observe({ kind: 'stage', message: oneLine(`pre-flight, ${place}`) });
      const step: JourneyStep = { ...one, operation: at };
      const request = this.state.requestOf(step, 0, systemSerials.take());
      const { result, answer } = await askOperation(this.options, { ...one.built, blueprints: [request] });
      this.keep({ ...result, remedy: null });
      this.state.keepCookies(answer, clock.unixMs());
      if (result.state !== 'ok') {
        const rest = isStart ? 'no journey was tried' : 'the rest of it was not tried';
        const status = result.status === null ? 'not answered' : `answered with ${result.status}`;
        const message = `Pre-flight: ${place} was ${status}, and ${rest}.`;
        this.options.observe({ kind: 'notice', message: oneLine(message) });
        return false;
      }
      const missing = this.state.capture(step, answer, { nth: 0, isStart });
      if (missing) throw captureMissing(place, missing, answer);
    }
    return true;
  }

  /** Of an operation that is asked several times the first answer that was not good, else the first. */
  private keep(result: PreflightResult): void {
    const { method, path } = result.operation;
    const at = this.results.findIndex(
      ({ operation }) => operation.method === method && operation.path === path,
    );
    if (at < 0) this.results.push(result);
    else if (this.results[at]?.state === 'ok' && result.state !== 'ok') this.results[at] = result;
  }
}

function captureMissing(
  place: string,
  { key, from }: JourneyStep['captures'][number],
  answer: Answer,
): UserError {
  return new UserError(
    'usage',
    oneLine(
      `${place} captures ${key} at ${placeOfCapture(from)}, and its answer with status ${answer.status ?? 'none'} holds nothing there: it is ${shapeOf(answer)}.`,
    ),
    'Name the place of the value in capture: of this step, a JSON pointer such as /id or { header: name }. No load was sent.',
  );
}
