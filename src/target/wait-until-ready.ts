import { sleep, timeLimit, type Clock } from '../kernel/clock.js';
import { reasonOf, UserError } from '../kernel/errors.js';
import { formatDuration } from '../kernel/units.js';
import type { Fetch } from '../model/requests/fetch.js';
import { PlaceTaken, type Candidate, type Locate } from './locate-target.js';
import type { Place } from './sockets/place.js';
import type { Target } from './target.js';

const POLL_PERIOD_MS = 50;
const ANSWER_LIMIT_MS = 2000;
const SHOWN_LINES = 15;

export interface Readiness {
  readonly path: string;
  /**
   * Which answers will do: a success, where the path was named for this purpose; any below 500, where it was not; any at
   * all, of a server that runs already.
   */
  readonly accepts: 'success' | 'below-500' | 'any';
  readonly limitMs: number;
  readonly fetch: Fetch;
  /** Name, value, name, value …: sent with each request. */
  readonly headers: readonly string[];
  /** The origin of URLs for an address. */
  readonly originOf: (place: Place) => string;
  /** What to do when there is neither an answer nor any output. */
  readonly hint?: string;
}

type Program = Pick<Target, 'death' | 'lastOutput'>;

/**
 * Resolves with the target's address once it answers well. Fails when it ends first or takes longer than the limit, and
 * with `PlaceTaken` when another server listens there. No other server gets a request.
 */
export async function waitUntilReady(
  clock: Clock,
  program: Program,
  locate: Locate,
  readiness: Readiness,
  signal: AbortSignal,
): Promise<Candidate> {
  const { path, limitMs } = readiness;
  const endUs = clock.nowUs() + limitMs * 1000;
  let lastAnswer = 'no answer';
  while (clock.nowUs() < endUs) {
    if (program.death !== undefined) throw await diedEarly(program, program.death, locate);
    for (const candidate of await locate.candidates()) {
      const restMs = (endUs - clock.nowUs()) / 1000;
      const answer = await ask(readiness, candidate.place, restMs, signal);
      if (typeof answer === 'number' && isGood(answer, readiness, candidate)) return locate.settle(candidate);
      // The last request has little time: what an earlier one met says more than that it was too late.
      if (answer !== null) lastAnswer = typeof answer === 'number' ? `status ${answer}` : answer;
    }
    await sleep(clock, POLL_PERIOD_MS, signal);
  }
  const waited = `The target was not ready after ${formatDuration(limitMs)}: GET ${path} gave ${lastAnswer}.`;
  if (/certificate/i.test(lastAnswer)) throw new UserError('run', waited, 'If you trust it: --insecure.');
  throw await neverReady(program, `${waited}${await elsewhere(locate)}`, readiness.hint);
}

function isGood(status: number, { accepts }: Readiness, { isSure }: Candidate): boolean {
  if (accepts === 'any') return true;
  return status < 300 || (status < 500 && accepts === 'below-500' && isSure);
}

/** The status, or why there is none; null = no answer in the time that was left. */
async function ask(
  { fetch, headers, originOf, path, accepts }: Readiness,
  place: Place,
  restMs: number,
  signal: AbortSignal,
): Promise<number | string | null> {
  // One that is starting may have lost a request; one that runs may just be slow.
  const limitMs = accepts === 'any' ? restMs : ANSWER_LIMIT_MS;
  const limit = timeLimit(Math.max(1, limitMs), signal);
  try {
    const { status } = await fetch(originOf(place) + path, { headers, signal: limit });
    return status;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UserError) throw error;
    return limit.aborted ? null : reasonOf(error);
  }
}

/** Most likely it died because another server had taken its place. */
async function diedEarly(program: Program, death: string, locate: Locate): Promise<UserError> {
  const died = `The target ${death} before it was ready`;
  const stranger = await locate.stranger();
  // A command that ends well may have handed the server over, which would only happen again.
  if (death === ENDED_WELL)
    return handedOver(stranger === undefined ? `${died}.` : `${died}, and ${stranger}.`);
  return stranger === undefined ? neverReady(program, `${died}.`) : new PlaceTaken(`${died}: ${stranger}`);
}

const ENDED_WELL = 'exited with code 0';

function handedOver(message: string): UserError {
  return new UserError(
    'run',
    message,
    'If the command only asks another program to start the server, say so in a scenario file, and how to stop it: start: { command: …, owner: any } and stop: { command: … }',
  );
}

async function elsewhere(locate: Locate): Promise<string> {
  const places = await locate.elsewhere();
  if (places.length === 0) return '';
  return ` It listens on ${places.join(' and ')} instead: name that address with --host and --port.`;
}

async function neverReady(
  program: Program,
  message: string,
  hint = 'It wrote nothing. Check that its command listens on the given host and port.',
): Promise<UserError> {
  const lines = await program.lastOutput(SHOWN_LINES);
  const shown =
    lines.length === 0 ? hint : `Its last output:\n${lines.map((line) => `  │ ${line}`).join('\n')}`;
  if (program.death?.includes('killed for memory') === true)
    return new UserError('run', message, MORE_MEMORY);
  const isShortOfFiles = lines.some((line) => OUT_OF_FILES.test(line));
  return new UserError('run', message, isShortOfFiles ? `${shown}\n${RAISE_FILES}` : shown);
}

const MORE_MEMORY =
  'That is the limit of its resource case, and not its fault: give the case more memory in the scenario file (cases:), or leave it out (--case names those that are run).';

const OUT_OF_FILES = /EMFILE|too many open files/i;
const RAISE_FILES = 'Raise the limit of open files in the shell that starts bench: ulimit -n 1024';
