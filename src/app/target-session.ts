import { mkdir, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { sleep, type Clock } from '../kernel/clock.js';
import { reasonOf, UserError } from '../kernel/errors.js';
import { plural } from '../kernel/format.js';
import type { Fetcher } from '../load/transport/fetch-through.js';
import type { GeneratorShare } from '../model/generator.js';
import { fillPlaceholders, type Placeholders } from '../model/placeholders.js';
import type { RunConfig, TargetConfig } from '../model/run-config.js';
import type { Recovery, TargetEvent } from '../model/run-record.js';
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
import { endWords } from './end-words.js';
import { refuseDead } from './refuse-dead.js';
import { readinessRequest, startTarget, type CommandTarget } from './start-target.js';
import { makeScratchFolder } from './scratch-folder.js';
import { untilCalm } from './until-calm.js';

type UrlTarget = Extract<TargetConfig, { kind: 'url' }>;

export interface SessionOptions {
  readonly clock: Clock;
  readonly config: RunConfig;
  /** Where the target's output goes; null = a file that is gone with the session. */
  readonly logFile: string | null;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

/** What may be asked of the target to learn whether it has recovered. Readiness is always asked, where that tells. */
export interface RecoveryProbes {
  /** Given when requests of the cell were abandoned, since the target may still be at work on them. */
  readonly safe?: Probe | undefined;
  /** The cell's own request, which changes what the target holds: only for when nothing else tells. */
  readonly unsafe?: Probe | undefined;
}

export interface RecoveryOutcome {
  readonly recovery: Recovery;
  /** Whether the target is another one now, which has to be made ready. */
  readonly isRestarted: boolean;
}

export const RECOVERY_LIMIT_MS = 5000;

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
    const started = target.kind === 'url' ? await this.attach(target) : await this.launch(target, workers);
    this.target = started;
    if (started.unmeasured !== null && this.events.length === 0) {
      observe({
        kind: 'notice',
        message: `The target's CPU and memory are unknown: ${started.unmeasured}.`,
      });
    }
    if (started.processes !== null) await untilCalm(clock, started.processes, signal);
    this.http2 = config.http2
      ? await askForStreams(clock, { ...config.connection, origin: started.origin })
      : undefined;
    const { path, headers } = readinessRequest(config);
    this.readiness = await measureBaseline(
      clock,
      started,
      { method: 'GET', path, headers, body: null },
      signal,
    );
    // A process that dies does so a moment after its last answer.
    await Promise.race([started.died, sleep(clock, DEATH_SHOWS_MS, signal)]);
    await refuseDead(started);
    this.record('started', `ready with ${plural(workers, 'worker')}`);
    return started;
  }

  /** Waits until the target has recovered from a cell, or starts it anew. */
  async recover({ safe, unsafe }: RecoveryProbes): Promise<RecoveryOutcome> {
    const { clock, signal, observe } = this.options;
    if (this.current.death !== undefined) {
      await this.restart('died', `the target ${this.current.death}`);
      return { recovery: { state: 'died', waitedMs: 0, requests: [] }, isRestarted: true };
    }
    const probes = [this.readiness, safe].filter((one) => one !== undefined);
    if (probes.length === 0 && unsafe) {
      probes.push(unsafe);
      const message = `Only ${nameOf(unsafe)} tells whether the target has recovered: it is sent again, beside the load.`;
      observe({ kind: 'notice', message });
    }
    observe({
      kind: 'stage',
      message: `waiting until the target has recovered: ${probes.map(nameOf).join(', ')}`,
    });
    const startedUs = clock.nowUs();
    const wait = await waitUntilRecovered(clock, this.current, probes, RECOVERY_LIMIT_MS, signal);
    const waitedMs = (clock.nowUs() - startedUs) / 1000;
    const requests = probes.map(({ operation: { method, path } }) => ({ method, path, count: wait.rounds }));
    const sent = probes.map((probe) => `${plural(wait.rounds, 'request')} to ${nameOf(probe)}`).join(', ');
    if (wait.hasRecovered && waitedMs > 1000)
      this.record('recovered', `after ${(waitedMs / 1000).toFixed(1)} s (${sent})`);
    const isRestarted = !wait.hasRecovered && (await this.restartIfOurs(sent));
    const state = wait.hasRecovered ? 'recovered' : 'not-recovered';
    return { recovery: { state, waitedMs: Math.round(waitedMs), requests }, isRestarted };
  }

  /** One that bench did not start goes on as it is. */
  private async restartIfOurs(sent: string): Promise<boolean> {
    const { config, observe } = this.options;
    if (config.target.kind === 'command') {
      await this.restart('not-recovered', `it had not recovered within 5 s (${sent})`);
      return true;
    }
    this.record('not-recovered', `within 5 s (${sent}), and bench did not start it, so it goes on as it is`);
    const message = 'The target has not recovered within 5 s; the next cell may suffer from it.';
    observe({ kind: 'notice', message });
    return false;
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

  private async restart(why: 'died' | 'not-recovered', message: string): Promise<void> {
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

  private async attach({ url, readyTimeoutMs }: UrlTarget): Promise<Target> {
    const { clock, config, signal } = this.options;
    const place = placeOf(url, config.connection.socketPath);
    const target = await attach(clock, url, place, this.fetcher.fetch);
    const readiness = {
      ...readinessRequest(config),
      ...{
        limitMs: readyTimeoutMs,
        fetch: target.fetch,
        originOf: () => url,
      },
      hint: 'Check that the server is running, and that this is its address; --ready-timeout 1m waits longer.',
    };
    await waitUntilReady(clock, target, atKnownPlace(place), readiness, signal);
    return target;
  }

  private async placeholders(host: string, port: string, workers: number): Promise<Placeholders> {
    this.scratch ??= await makeScratchFolder();
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
  private tellEnd(report: EndReport): void {
    const { observe, config } = this.options;
    if (config.target.kind !== 'command') return;
    for (const message of endWords(report, config.target.stop)) {
      this.record('stopped', message);
      observe({ kind: 'notice', message });
    }
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
}

function nameOf({ operation: { method, path } }: Probe): string {
  return `${method} ${path}`;
}

const DEATH_SHOWS_MS = 50;

/** A folder that outlives the run, for what a scenario prepares once; made for preparations only. */
function scenarioCache({ scenario, folder }: RunConfig): string {
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  return cacheFolder(`${scenario.replace(/[^A-Za-z0-9_-]+/g, '_')}-${key}`);
}
