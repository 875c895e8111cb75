import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep, type Clock } from '../kernel/clock.js';
import { codeOf, UserError } from '../kernel/errors.js';
import { plural } from '../kernel/format.js';
import { fetchThrough, type Fetcher } from '../load/transport/fetch-through.js';
import type { RequestBlueprint } from '../model/request.js';
import type { RunConfig, TargetConfig } from '../model/run-config.js';
import type { TargetEvent } from '../model/run-record.js';
import { lookAtTree } from '../observe/sample-resources.js';
import { cacheFolder } from '../store/cache-folder.js';
import { choosePort } from '../target/choose-port.js';
import { fillPlaceholders, type Placeholders } from '../target/fill-placeholders.js';
import { findByPort, findBySocket, type PortOwner } from '../target/find-by-port.js';
import { isLocalHost } from '../target/is-local-host.js';
import { launch } from '../target/launch.js';
import { measureBaseline, waitUntilRecovered, type Probe } from '../target/probe.js';
import { runStep } from '../target/run-step.js';
import type { Target } from '../target/target.js';
import { waitUntilReady, type Readiness } from '../target/wait-until-ready.js';
import { programs } from './programs.js';
import type { Observer } from './run-events.js';

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
  private readiness: Probe | undefined;
  private workers = 0;
  private port: number | undefined;
  private scratch: string | undefined;
  /** One for the whole session: it keeps connections. */
  private readonly fetcher: Fetcher;

  constructor(private readonly options: SessionOptions) {
    this.fetcher = fetchThrough(options.config.connection);
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
    const placeholders = await this.placeholders('', 0);
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
    const { config, clock, signal } = this.options;
    this.workers = workers;
    const { target } = config;
    this.target = target.kind === 'url' ? await this.attach(target.url) : await this.launch(target, workers);
    const readiness = this.readinessWanted();
    await waitUntilReady(clock, this.target, readiness, signal);
    await this.settle();
    const request: RequestBlueprint = { method: 'GET', path: readiness.path, headers: [], body: null };
    this.readiness = await measureBaseline(clock, this.target, request, signal);
    this.record('started', `ready with ${plural(workers, 'worker')}`);
    return this.target;
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
    await this.target?.stop();
    this.target = undefined;
  }

  /** Ends the target and all that the session has laid on the disk for it. */
  async close(): Promise<void> {
    await this.stop();
    await this.fetcher.close();
    if (this.scratch !== undefined) await rm(this.scratch, { recursive: true, force: true });
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

  private readinessWanted(): Readiness {
    const { target, spec } = this.options.config;
    const limitMs = target.kind === 'url' ? RUNNING_SERVER_LIMIT_MS : target.readyTimeoutMs;
    if (target.kind === 'command' && target.readyPath !== null) {
      return { path: target.readyPath, isAnyAnswerGood: false, limitMs };
    }
    // One that runs already may take long over its document, which is waited for when it is read.
    const path = target.kind === 'command' && spec.startsWith('/') ? spec : '/';
    return { path, isAnyAnswerGood: true, limitMs };
  }

  private async launch(target: Extract<TargetConfig, { kind: 'command' }>, workers: number): Promise<Target> {
    const { logFile, observe } = this.options;
    const { port, notice } = await choosePort(target.host, this.portWish(target));
    // The same port for the whole run, and one notice about it.
    if (notice !== null) observe({ kind: 'notice', message: notice });
    this.port = port;
    observe({ kind: 'stage', message: `starting the target with ${plural(workers, 'worker')}` });
    const placeholders = await this.placeholders(target.host, workers);
    const fill = (text: string): string => fillPlaceholders(text, placeholders);
    return launch({
      supervisor: programs.superviseTarget,
      words: target.words.map(fill),
      folder: target.folder,
      env: Object.fromEntries(Object.entries(target.env).map(([name, value]) => [name, fill(value)])),
      scratch: placeholders.scratch,
      origin: `http://${target.host.includes(':') ? `[${target.host}]` : target.host}:${port}`,
      fetch: this.fetcher.fetch,
      logFile: logFile ?? join(placeholders.scratch, 'server.log'),
    });
  }

  private async attach(url: string): Promise<Target> {
    const owner = await ownerOf(url, this.options.config.connection.socketPath);
    return {
      origin: url,
      fetch: this.fetcher.fetch,
      pid: owner?.pid ?? null,
      get death() {
        return owner === undefined || isAlive(owner.pid) ? undefined : 'has ended';
      },
      died: new Promise(() => {}),
      lastOutput: () => Promise.resolve([]),
      stop: () => Promise.resolve(),
    };
  }

  private portWish(target: Extract<TargetConfig, { kind: 'command' }>): typeof target.port {
    return this.port === undefined || target.port.kind === 'fixed'
      ? target.port
      : { kind: 'preferred', number: this.port };
  }

  private async placeholders(host: string, workers: number): Promise<Placeholders> {
    this.scratch ??= await mkdtemp(join(tmpdir(), 'openapi-bench-'));
    return {
      host,
      port: String(this.port ?? ''),
      workers: String(workers),
      scratch: this.scratch,
      cache: scenarioCache(this.options.config),
      node: process.execPath,
    };
  }

  /**
   * The first answer may come from one worker while others still load: waits until the tree's CPU use
   * calms down, for a few seconds at most.
   */
  private async settle(): Promise<void> {
    const { clock, signal } = this.options;
    const { pid } = this.current;
    if (pid === null) return;
    let before = await cpuMsOf(pid);
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      await sleep(clock, LOOK_PERIOD_MS, signal);
      const now = await cpuMsOf(pid);
      if (now - before < CALM_SHARE * LOOK_PERIOD_MS) return;
      before = now;
    }
  }
}

const LOOK_PERIOD_MS = 250;
const MOST_LOOKS = 20;
const CALM_SHARE = 0.2;

async function cpuMsOf(pid: number): Promise<number> {
  return (await lookAtTree(pid)).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** A folder that outlives the run, for what a scenario prepares once; made for preparations only. */
function scenarioCache({ scenario, folder }: RunConfig): string {
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  return cacheFolder(`${scenario.replace(/[^A-Za-z0-9_-]+/g, '_')}-${key}`);
}

/** The process that answers at an address of this machine, or behind a socket, as far as it can be seen. */
async function ownerOf(url: string, socketPath: string | null): Promise<PortOwner | undefined> {
  if (socketPath !== null) return findBySocket(socketPath);
  const { hostname, port, protocol } = new URL(url);
  const number = Number(port || (protocol === 'https:' ? 443 : 80));
  return (await isLocalHost(hostname)) ? findByPort(number) : undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
