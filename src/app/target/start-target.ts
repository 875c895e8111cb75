import { join } from 'node:path';
import type { Clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import type { Fetch } from '../../model/requests/fetch.js';
import { fillPlaceholders, namesInBraces, type Placeholders } from '../../model/config/placeholders.js';
import { sizingWords } from '../../model/results/sizing.js';
import type { RunConfig, TargetConfig } from '../../model/config/run-config.js';
import { DEFAULT_PLACE } from '../../openapi/discovery/usual-places.js';
import { withDefaults } from '../../openapi/requests/default-headers.js';
import { choosePort } from '../../target/choose-port.js';
import { claimedTarget } from '../../target/claimed-target.js';
import { launch, type LaunchedProgram } from '../../target/launch.js';
import { Locator, PlaceTaken } from '../../target/locate-target.js';
import { nameOfProcess } from '../../target/processes/name-of-process.js';
import type { ProcessFamily } from '../../target/processes/process-family.js';
import { nameOfPlace, takesConnections, type Place } from '../../target/sockets/place.js';
import type { Target } from '../../target/target.js';
import { waitUntilReady, type Readiness } from '../../target/wait-until-ready.js';
import type { ConfinedCase } from './confine-cases.js';
import { programs } from './programs.js';
import type { Observer } from '../../model/live/run-events.js';

export type CommandTarget = Extract<TargetConfig, { kind: 'command' }>;

/** How the target is started. */
export interface TargetSetUp {
  readonly workers: number;
  /** What it may use; left out = whatever there is. */
  readonly confined?: ConfinedCase | undefined;
}

export interface StartOptions {
  readonly clock: Clock;
  readonly config: RunConfig;
  readonly target: CommandTarget;
  readonly setUp: TargetSetUp;
  /** The port of the start before in this run. */
  readonly portBefore: number | undefined;
  /** Where the services are, for its environment. */
  readonly services: Readonly<Record<string, string>>;
  readonly placeholders: (port: number) => Promise<Placeholders>;
  readonly fetch: Fetch;
  /** Null = a file in the scratch folder. */
  readonly logFile: string | null;
  readonly observe: Observer;
  readonly signal: AbortSignal;
  /** Called as soon as there is something to end. */
  readonly onLaunch: (program: LaunchedProgram) => void;
  /** Ends what was launched last. */
  readonly endLaunched: () => Promise<void>;
}

export interface StartedTarget {
  readonly target: Target;
  /** The port that was chosen; the target may listen on another one. */
  readonly port: number;
}

const MOST_TRIES = 3;

/** Starts the target and waits until it is ready. Tries another port when one that nobody asked for is taken. */
export async function startTarget(options: StartOptions): Promise<StartedTarget> {
  const { observe, target } = options;
  let wish = portWish(options);
  let whyAgain = '';
  for (let tries = 1; ; tries += 1) {
    const { port, notice } = await choosePort(target.host, wish);
    if (notice !== null) observe({ kind: 'notice', message: notice });
    if (whyAgain !== '')
      observe({ kind: 'notice', message: `${whyAgain} The target is started again on port ${port}.` });
    try {
      return await startAt(options, port);
    } catch (error) {
      if (!(error instanceof PlaceTaken) || target.port.kind === 'fixed' || tries === MOST_TRIES) throw error;
      await options.endLaunched();
      whyAgain = error.message;
      wish = { kind: 'free' };
    }
  }
}

/** The same port for the whole run, where that is possible. */
function portWish({ target, portBefore }: StartOptions): CommandTarget['port'] {
  return portBefore === undefined || target.port.kind === 'fixed'
    ? target.port
    : { kind: 'preferred', number: portBefore };
}

async function startAt(options: StartOptions, port: number): Promise<StartedTarget> {
  const { clock, config, target, signal, observe, setUp, fetch } = options;
  const { socketPath } = config.connection;
  const host = asDestination(target.host);
  const place: Place = socketPath === null ? { kind: 'tcp', host, port } : { kind: 'unix', path: socketPath };
  if (place.kind === 'unix' && (await takesConnections(place))) {
    throw new UserError(
      'run',
      `Another program already listens on the socket ${place.path}.`,
      'Stop it, or choose another path with --unix-socket.',
    );
  }
  observe({
    kind: 'stage',
    message: `starting the target with ${sizingWords({ workers: setUp.workers, case: setUp.confined?.case })}`,
  });
  const program = await launchProgram(options, port);
  options.onLaunch(program);
  const where = { place, mayMove: !namesPort(target), isOwnerFree: target.owner === 'any' };
  const readiness: Readiness = {
    ...readinessRequest(config),
    limitMs: target.readyTimeoutMs,
    fetch,
    originOf: (one) => `http://${nameOfPlace(one.kind === 'tcp' ? one : { kind: 'tcp', host, port })}`,
    ...(target.owner === 'any' ? { hint: 'It wrote nothing. Does what it starts publish this port?' } : {}),
  };
  const locator = new Locator(clock, program.family, where);
  const { place: found, ownership } = await waitUntilReady(clock, program, locator, readiness, signal);
  if (ownership.kind !== 'ours' && target.owner === 'target')
    observe({ kind: 'notice', message: takenOnTrust(found) });
  refuseRestarted(program.family, target);
  const origin = readiness.originOf(found);
  return { target: claimedTarget(program, { place: found, ownership, origin, fetch, clock }), port };
}

async function launchProgram(options: StartOptions, port: number): Promise<LaunchedProgram> {
  const { target, logFile, placeholders: placeholdersFor } = options;
  const placeholders = await placeholdersFor(port);
  const fill = (text: string): string => fillPlaceholders(text, placeholders);
  const { signal, graceMs, words } = target.stop;
  return launch({
    supervisor: programs.superviseTarget,
    words: target.words.map(fill),
    folder: target.folder,
    // The usual names on hosting platforms; the scenario's own values take precedence.
    env: {
      ...{ PORT: String(port), HOST: target.host, ...options.services },
      ...Object.fromEntries(Object.entries(target.env).map(([name, value]) => [name, fill(value)])),
    },
    stop: { signal, graceMs, words: words && words.map(fill) },
    confinement: options.setUp.confined?.confinement() ?? null,
    whenLeft: target.owner === 'any' ? 'elsewhere' : 'daemon',
    scratch: placeholders.scratch,
    logFile: logFile ?? join(placeholders.scratch, 'server.log'),
  });
}

/** Whether the command is given the port. */
function namesPort({ words, env }: CommandTarget): boolean {
  return [...words, ...Object.values(env)].flatMap(namesInBraces).includes('port');
}

/** What to ask for to learn whether it is ready. */
export function readinessRequest({
  target,
  spec,
  requests,
  headers: own,
}: RunConfig): Pick<Readiness, 'path' | 'accepts'> & { readonly headers: string[] } {
  const headers = withDefaults(own);
  // One that runs already may take long over its document, which is waited for when it is read.
  if (target.kind === 'url') return { path: '/', headers, accepts: 'any' };
  if (target.readyPath !== null) return { path: target.readyPath, headers, accepts: 'success' };
  const path = spec ?? (requests === null ? DEFAULT_PLACE : '/');
  return { path: path.startsWith('/') ? path : '/', headers, accepts: 'below-500' };
}

/** What means every address where one listens is no address to send to. */
function asDestination(host: string): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
}

/** What another program started, it may start again as soon as bench ends it. */
function refuseRestarted(family: ProcessFamily, { stop }: CommandTarget): void {
  const [parent] = family.outsideParents();
  if (parent === undefined || stop.words !== null) return;
  throw new UserError(
    'run',
    `The server was started by ${nameOfProcess(parent)}, which was already running and may restart it when bench ends it.`,
    'Stop that program first, or say in a scenario file how to stop the server: stop: { command: pm2 delete all }',
  );
}

function takenOnTrust(place: Place): string {
  return `bench cannot see which process listens on ${nameOfPlace(place)}. Nothing answered there before the start, so it is taken to be the target.`;
}
