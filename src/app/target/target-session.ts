import { mkdir } from 'node:fs/promises';
import { sleep, type Clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import type { Fetcher } from '../../load/transport/fetch-through.js';
import type { GeneratorShare } from '../../model/generation/generator.js';
import type { SecretMask } from '../../config/secret-mask.js';
import { fillPlaceholders } from '../../model/config/placeholders.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { ResourceCase } from '../../model/results/resource-case.js';
import { sizingWords } from '../../model/results/sizing.js';
import type { Recovery } from '../../model/results/cell-record.js';
import type { ServiceName, ServiceRecord } from '../../model/results/service.js';
import type { TargetEvent } from '../../model/results/run-record.js';
import type { LaunchedProgram } from '../../target/launch.js';
import { measureBaseline, type RecoveryRequest } from '../../target/recovery-request.js';
import type { EndReport } from '../../target/processes/end-family.js';
import { runStep } from '../../target/run-step.js';
import type { Target } from '../../target/target.js';
import { askForStreams } from './ask-for-streams.js';
import { attachTarget, type UrlTarget } from './attach-target.js';
import { awaitRecovery, type RecoveryRequests } from './await-recovery.js';
import { fetcherOf } from './fetcher-of.js';
import { programs } from './programs.js';
import type { Observer } from '../../model/live/run-events.js';
import { endWords } from './end-words.js';
import { refuseDead } from './refuse-dead.js';
import { readinessRequest, startTarget, type CommandTarget, type TargetSetUp } from './start-target.js';
import { ServiceSession, type ServiceEnd } from './service-session.js';
import { SessionFolders } from './session-folders.js';
import { untilCalm } from './until-calm.js';

export interface SessionOptions {
  readonly clock: Clock;
  readonly config: RunConfig;
  /** Learns the passwords of services. */
  readonly mask: SecretMask;
  /** Where the target's output goes; null = a file that is gone with the session. */
  readonly logFile: string | null;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

export interface RecoveryOutcome {
  readonly recovery: Recovery;
  /** Whether the target is another one now, which has to be made ready. */
  readonly isRestarted: boolean;
}

/** The target through a run: started, ready, recovered, restarted, stopped. */
export class TargetSession {
  readonly events: TargetEvent[] = [];
  private target: Target | undefined;
  /** What was started, also before it is ready. */
  private program: LaunchedProgram | undefined;
  private readiness: RecoveryRequest | undefined;
  private setUp: TargetSetUp = { workers: 0 };
  private port: number | undefined;
  private readonly folders: SessionFolders;
  /** What the target that runs now allows over HTTP/2; undefined where HTTP/1.1 is spoken. */
  http2: GeneratorShare['http2'];
  /** One for the whole session: it keeps connections. */
  private readonly fetcher: Fetcher;
  private readonly services: ServiceSession;

  constructor(private readonly options: SessionOptions) {
    const { config, clock } = options;
    this.services = new ServiceSession({ ...options, fill: this.fill });
    this.fetcher = fetcherOf(config, clock);
    this.folders = new SessionFolders(config);
  }

  get current(): Target {
    if (!this.target) throw new Error('the target has not been started');
    return this.target;
  }

  /** Undefined before the first start and after the last stop. */
  get running(): Target | undefined {
    return this.target;
  }

  get serviceRecords(): ServiceRecord[] {
    return this.services.records;
  }

  /** Where the services are for the target that runs now. */
  get serviceUrls(): Readonly<Partial<Record<ServiceName, string>>> {
    return this.services.current;
  }

  /** Of services, while they were needed. */
  get serviceDeaths(): readonly ServiceEnd[] {
    return this.services.deaths;
  }

  /** Runs the scenario's preparations and starts its services; once for a run, before the first start. */
  async prepare(): Promise<void> {
    if (this.options.config.prepare.length > 0) await this.runPrepareSteps();
    await this.services.start();
  }

  /** What runs once for a run, before there is a port. */
  private readonly fill = async (words: readonly string[]): Promise<readonly string[]> => {
    const placeholders = await this.folders.placeholders('', '', 0);
    await mkdir(placeholders.cache, { recursive: true });
    return words.map((word) => fillPlaceholders(word, placeholders));
  };

  private async runPrepareSteps(): Promise<void> {
    const { config, observe, signal } = this.options;
    const { scratch } = await this.folders.placeholders('', '', 0);
    for (const { title, words } of config.prepare) {
      observe({ kind: 'stage', message: title });
      await runStep({
        supervisor: programs.superviseTarget,
        title,
        words: await this.fill(words),
        folder: config.folder,
        scratch,
        signal,
        onLine: (line) => observe({ kind: 'stage', message: `${title}: ${line}` }),
      });
    }
  }

  /** As the target that runs now was set up. */
  get sizing(): { readonly workers: number; readonly case?: ResourceCase } {
    const { workers, confined } = this.setUp;
    return { workers, ...(confined === undefined ? {} : { case: confined.case }) };
  }

  /** Starts the target, or finds the one that runs, and waits until it is ready. */
  async start(setUp: TargetSetUp): Promise<Target> {
    const { config, clock, signal, observe } = this.options;
    const { target } = config;
    this.setUp = setUp;
    const started = target.kind === 'url' ? await this.attach(target) : await this.launch(target);
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
    this.record('started', `ready with ${sizingWords(this.sizing)}`);
    return started;
  }

  /** How many processes of the target were killed at its memory limit since it was started. */
  get memoryKills(): number {
    return this.program?.memoryKills() ?? 0;
  }

  /** Waits until the target has recovered from a cell, or starts it anew. */
  async recover(chosen: RecoveryRequests): Promise<RecoveryOutcome> {
    const { clock, observe, signal } = this.options;
    const { current: target, readiness } = this;
    await this.services.revive();
    if (target.death !== undefined) {
      await this.restart('died', `the target ${target.death}`);
      return { recovery: { state: 'died', waitedMs: 0, requests: [] }, isRestarted: true };
    }
    const awaited = await awaitRecovery({ ...chosen, clock, target, readiness, observe, signal });
    const { hasRecovered, waitedMs, requests, sent } = awaited;
    if (hasRecovered && waitedMs > 1000)
      this.record('recovered', `after ${(waitedMs / 1000).toFixed(1)} s (${sent})`);
    const isRestarted = !hasRecovered && (await this.restartIfOurs(sent));
    const state = hasRecovered ? 'recovered' : 'not-recovered';
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
    await this.services.close();
    await this.fetcher.close();
    await this.folders.remove(this.options.observe);
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
    await this.start(this.setUp);
    this.record('restarted', message);
  }

  private record(kind: TargetEvent['kind'], message: string): void {
    const at = new Date(this.options.clock.unixMs()).toISOString();
    const { workers, case: limits } = this.sizing;
    this.events.push({ kind, at, workers, ...(limits && { case: limits.name }), message });
  }

  private async launch(target: CommandTarget): Promise<Target> {
    const { clock, config, logFile, observe, signal } = this.options;
    const started = await startTarget({
      ...{ clock, config, target, setUp: this.setUp, logFile, observe, signal, portBefore: this.port },
      fetch: this.fetcher.fetch,
      services: await this.services.variables(),
      placeholders: (port) => this.folders.placeholders(target.host, String(port), this.setUp.workers),
      onLaunch: (program) => {
        this.program = program;
      },
      endLaunched: () => this.stop(),
    });
    this.port = started.port;
    return started.target;
  }

  private attach(target: UrlTarget): Promise<Target> {
    const { clock, config, signal } = this.options;
    return attachTarget({ clock, config, target, fetch: this.fetcher.fetch, signal });
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
}

const DEATH_SHOWS_MS = 50;
