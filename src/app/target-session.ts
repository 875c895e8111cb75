import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep, type Clock } from '../kernel/clock.js';
import { reasonOf, UserError } from '../kernel/errors.js';
import { plural } from '../kernel/format.js';
import { formatDuration } from '../kernel/units.js';
import type { Fetcher } from '../load/transport/fetch-through.js';
import type { GeneratorShare } from '../model/generator.js';
import { fillPlaceholders, type Placeholders } from '../model/placeholders.js';
import type { RequestBlueprint } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import type { TargetEvent } from '../model/run-record.js';
import { cpuMsOf } from '../observe/sample-resources.js';
import { cacheFolder } from '../store/cache-folder.js';
import { attach } from '../target/attach.js';
import type { LaunchedProgram } from '../target/launch.js';
import { measureBaseline, waitUntilRecovered, type Probe } from '../target/probe.js';
import type { EndReport } from '../target/processes/end-family.js';
import { runStep } from '../target/run-step.js';
import type { Target } from '../target/target.js';
import { atKnownPlace } from '../target/locate-target.js';
import { waitUntilReady } from '../target/wait-until-ready.js';
import { askForStreams } from './ask-for-streams.js';
import { fetcherOf } from './fetcher-of.js';
import { placeOf } from './place-of.js';
import { programs } from './programs.js';
import type { Observer } from './run-events.js';
import { refuseDead } from './refuse-dead.js';
import { readinessRequest, startTarget, type CommandTarget } from './start-target.js';

export interface SessionOptions {
  readonly clock: Clock;
  readonly config: RunConfig;
  /** Where the target's output goes; null = a file that is gone with the session. */
  readonly logFile: string | null;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

const RECOVERY_LIMIT_MS = 5000;
const RUNNING_SERVER_LIMIT_MS = 5000;

/** The target through a run: started, ready, recovered, restarted, stopped. */
export class TargetSession {
  readonly events: TargetEvent[] = [];
  private target: Target | undefined;
  /** What was started, also before it is ready. */
  private program: LaunchedProgram | undefined;
  private readiness: Probe | undefined;
  private workers = 0;
  private port: number | undefined;
  private scratch: string | undefined;
  /** What the target that runs now allows over HTTP/2; undefined where HTTP/1.1 is spoken. */
  http2: GeneratorShare['http2'];
  /** One for the whole session: it keeps connections. */
  private readonly fetcher: Fetcher;

  constructor(private readonly options: SessionOptions) {
    const { config, clock } = options;
    this.fetcher = fetcherOf(config, clock);
  }

  get current(): Target {
    if (!this.target) throw new Error('the target has not been started');
    return this.target;
  }

  /** Undefined before the first start and after the last stop. */
  get running(): Target | undefined {
    return this.target;
  }

  /** Runs the scenario's preparations; once for a run, before the first start. */
  async prepare(): Promise<void> {
    const { config, observe, signal } = this.options;
    if (config.prepare.length === 0) return;
    const placeholders = await this.placeholders('', '', 0);
    await mkdir(placeholders.cache, { recursive: true });
    for (const { title, words } of config.prepare) {
      observe({ kind: 'stage', message: title });
      await runStep({
        supervisor: programs.superviseTarget,
        title,
        words: words.map((word) => fillPlaceholders(word, placeholders)),
        folder: config.folder,
        scratch: placeholders.scratch,
        signal,
        onLine: (line) => observe({ kind: 'stage', message: `${title}: ${line}` }),
      });
    }
  }

  /** Starts the target, or finds the one that runs, and waits until it is ready. */
  async start(workers: number): Promise<Target> {
    const { config, clock, signal, observe } = this.options;
    const { target } = config;
    this.workers = workers;
    const started =
      target.kind === 'url' ? await this.attach(target.url) : await this.launch(target, workers);
    this.target = started;
    if (started.unmeasured !== null && this.events.length === 0) {
      observe({
        kind: 'notice',
        message: `The target's CPU and memory are unknown: ${started.unmeasured}.`,
      });
    }
    await this.settle();
    this.http2 = config.http2
      ? await askForStreams(clock, { ...config.connection, origin: started.origin })
      : undefined;
    const { path, headers } = readinessRequest(config);
    const request: RequestBlueprint = { method: 'GET', path, headers, body: null };
    this.readiness = await measureBaseline(clock, started, request, signal);
    // A process that dies does so a moment after its last answer.
    await Promise.race([started.died, sleep(clock, DEATH_SHOWS_MS, signal)]);
    await refuseDead(started);
    this.record('started', `ready with ${plural(workers, 'worker')}`);
    return started;
  }

  /**
   * Waits until the target has recovered from a cell. `probe` is a request of the cell itself, given
   * when some of its requests were abandoned, since the target may still be at work on them.
   * Returns false when it had to be restarted.
   */
  async recover(probe: Probe | undefined): Promise<boolean> {
    const { clock, config, signal, observe } = this.options;
    if (this.current.death !== undefined) return this.restart('died', `the target ${this.current.death}`);
    const probes = [this.readiness, probe].filter((one) => one !== undefined);
    const startedUs = clock.nowUs();
    if (await waitUntilRecovered(clock, this.current, probes, RECOVERY_LIMIT_MS, signal)) {
      const waitedMs = (clock.nowUs() - startedUs) / 1000;
      if (waitedMs > 1000) this.record('recovered', `after ${(waitedMs / 1000).toFixed(1)} s`);
      return true;
    }
    if (config.target.kind === 'url') {
      this.record('not-recovered', 'within 5 s, and bench did not start it, so it goes on as it is');
      observe({
        kind: 'notice',
        message: 'The target has not recovered within 5 s; the next cell may suffer from it.',
      });
      return true;
    }
    return this.restart('not-recovered', 'it had not recovered within 5 s');
  }

  async stop(): Promise<void> {
    const { program } = this;
    this.program = undefined;
    this.target = undefined;
    if (program) this.tellEnd(await program.stop());
  }

  /** Ends the target and all that the session has laid on the disk for it. */
  async close(): Promise<void> {
    await this.stop();
    await this.fetcher.close();
    if (this.scratch !== undefined) await this.removeScratch(this.scratch);
    this.scratch = undefined;
  }

  private async restart(why: 'died' | 'not-recovered', message: string): Promise<false> {
    this.record(why, message);
    if (this.options.config.target.kind === 'url') {
      throw new UserError(
        'run',
        'The target is gone, and bench did not start it.',
        'Start it again and repeat the run.',
      );
    }
    this.options.observe({ kind: 'stage', message: `restarting the target: ${message}` });
    await this.stop();
    await this.start(this.workers);
    this.record('restarted', message);
    return false;
  }

  private record(kind: TargetEvent['kind'], message: string): void {
    const at = new Date(this.options.clock.unixMs()).toISOString();
    this.events.push({ kind, at, workers: this.workers, message });
  }

  private async launch(target: CommandTarget, workers: number): Promise<Target> {
    const { clock, config, logFile, observe, signal } = this.options;
    const started = await startTarget({
      ...{ clock, config, target, workers, logFile, observe, signal, portBefore: this.port },
      fetch: this.fetcher.fetch,
      placeholders: (port) => this.placeholders(target.host, String(port), workers),
      onLaunch: (program) => {
        this.program = program;
      },
      endLaunched: () => this.stop(),
    });
    this.port = started.port;
    return started.target;
  }

  private async attach(url: string): Promise<Target> {
    const { clock, config, signal } = this.options;
    const place = placeOf(url, config.connection.socketPath);
    const target = await attach(clock, url, place, this.fetcher.fetch);
    const readiness = {
      ...readinessRequest(config),
      ...{
        limitMs: RUNNING_SERVER_LIMIT_MS,
        fetch: target.fetch,
        originOf: () => url,
      },
      hint: 'Check that the server is running, and that this is its address.',
    };
    await waitUntilReady(clock, target, atKnownPlace(place), readiness, signal);
    return target;
  }

  private async placeholders(host: string, port: string, workers: number): Promise<Placeholders> {
    this.scratch ??= await mkdtemp(join(tmpdir(), 'openapi-bench-'));
    return {
      host,
      port,
      workers: String(workers),
      scratch: this.scratch,
      cache: scenarioCache(this.options.config),
      node: process.execPath,
    };
  }

  /** Reports anything unusual about how the target ended. */
  private tellEnd({ killed, left, command }: EndReport): void {
    const { observe, config } = this.options;
    if (config.target.kind !== 'command') return;
    const { signal, graceMs, words } = config.target.stop;
    const tell = (message: string): void => {
      this.record('stopped', message);
      observe({ kind: 'notice', message });
    };
    if (command !== null)
      tell(
        `The scenario's stop command (${(words ?? []).join(' ')}) ${command}. Its output is in server.log.`,
      );
    if (killed.length > 0)
      tell(
        `The target did not end within ${formatDuration(graceMs)} of ${signal} and was killed: ${listed(killed)}. If it needs more time, set this in the scenario: stop: { grace: 30s }`,
      );
    if (left.length > 0)
      tell(
        `The target could not be ended: ${listed(left)}. If another program keeps restarting it, end that program in the scenario: stop: { command: … }`,
      );
  }

  /** A leftover folder is a nuisance, but no reason to lose the results. */
  private async removeScratch(folder: string): Promise<void> {
    try {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch (error) {
      const message = `The folder ${folder} could not be removed: ${reasonOf(error)}. Remove it by hand.`;
      this.options.observe({ kind: 'notice', message });
    }
  }

  /**
   * The first answer may come from one worker while others still load: waits until the target's CPU use
   * calms down, for a few seconds at most.
   */
  private async settle(): Promise<void> {
    const { clock, signal } = this.options;
    const { processes } = this.current;
    if (processes === null) return;
    let before = await cpuMsOf(processes);
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      await sleep(clock, LOOK_PERIOD_MS, signal);
      const now = await cpuMsOf(processes);
      if (now - before < CALM_SHARE * LOOK_PERIOD_MS) return;
      before = now;
    }
  }
}

const DEATH_SHOWS_MS = 50;
const LOOK_PERIOD_MS = 250;
const MOST_LOOKS = 20;
const CALM_SHARE = 0.2;
const MOST_LISTED = 3;

function listed(commands: readonly string[]): string {
  const shown = commands.slice(0, MOST_LISTED);
  const more = commands.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A folder that outlives the run, for what a scenario prepares once; made for preparations only. */
function scenarioCache({ scenario, folder }: RunConfig): string {
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  return cacheFolder(`${scenario.replace(/[^A-Za-z0-9_-]+/g, '_')}-${key}`);
}
