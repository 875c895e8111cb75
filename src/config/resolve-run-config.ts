import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../kernel/errors.js';
import { parseDurationMs } from '../kernel/units.js';
import { PREFLIGHT_MODES, type PreflightMode } from '../model/preflight.js';
import type { RunConfig, Selection, StopConfig, TargetConfig } from '../model/run-config.js';
import type { Scenario } from '../model/scenario.js';
import { asSetupStep } from '../model/setup-step.js';
import { FlagReader, type RunFlags } from './flag-reader.js';
import type { LoadedScenario } from './read-scenario.js';
import { placeholderProblems } from './placeholder-problems.js';
import { resolveAuth, type Environment } from './resolve-auth.js';
import { resolveOutputs } from './resolve-outputs.js';
import { resolvePlans } from './resolve-plans.js';
import { resolveRequests } from './resolve-requests.js';
import { resolveClient, resolveConnection, resolveHttp2 } from './resolve-connection.js';
import { isOnTarget } from './spec-location.js';
import { splitCommand } from './split-command.js';

export interface Machine {
  /** Open files that this process may still use; null when the system does not tell. */
  readonly freeFiles: number | null;
  /** Its variables, for what `auth:` takes from them. */
  readonly environment?: Environment;
}

const COUNT = { least: 1, most: 1_000_000, whole: true };
const WORKERS = { least: 1, most: 256, whole: true };
const THREADS = { least: 1, most: 64, whole: true };
const PORT = { least: 1, most: 65_535, whole: true };
const QUEUE = { least: 0, most: 100_000_000, whole: true };
const SEED = { least: 0, most: 4_294_967_295, whole: true };
const PREFERRED_PORT = 8000;
const MOST_CONNECTIONS = 1024;

/** What the configuration is for: load to a target, only what its document says, or a target alone. */
export type Purpose = 'load' | 'list' | 'serve';

/** Everything a run needs: flags over the scenario over defaults. Throws one error with all problems. */
export function resolveRunConfig(
  flags: RunFlags,
  { scenario, folder }: LoadedScenario,
  machine: Machine,
  purpose: Purpose = 'load',
): RunConfig {
  const read = new FlagReader();
  const { load } = scenario;
  const spec = flags.spec === undefined ? (scenario.spec ?? null) : fromWorkingDirectory(flags.spec);
  if (!canStart(flags, scenario) && (purpose !== 'list' || isOnTarget(spec))) {
    read.problems.push(
      'There is no target: name one with --url or --command, or say in the scenario how to `start:` it',
    );
  }
  const seed = read.number('seed', flags.seed, SEED) ?? 1;
  const config: RunConfig = {
    scenario: scenario.name,
    folder,
    prepare: flags.url === undefined ? prepareSteps(read, scenario) : [],
    target: resolveTarget(read, flags, scenario, folder),
    spec,
    allowExternalRefs: flags.allowExternalRefs ?? false,
    setup: scenario.setup.map(asSetupStep),
    cleanup: scenario.cleanup,
    preflight: resolvePreflight(read, flags.preflight) ?? scenario.preflight,
    chains: flags.chains === false ? 'off' : scenario.chains,
    selection: resolveSelection(flags, scenario),
    values: scenario.values,
    headers: { ...lowerCaseNames(scenario.headers), ...read.headers(flags.header) },
    ...resolveRequests(read, flags, scenario),
    auth: authFor(read, scenario, machine, purpose),
    plans: resolvePlans(read, flags, load, seed),
    csrf: scenario.csrf ?? null,
    expect: scenario.expect,
    workers: read.numbers('workers', flags.workers, WORKERS) ?? load.workers ?? [1],
    warmupMs: read.durationMs('warmup', flags.warmup, 0) ?? inScenario(load.warmup) ?? 2000,
    timeoutMs: read.durationMs('timeout', flags.timeout, 1) ?? inScenario(load.timeout) ?? 10_000,
    maxConnections:
      read.number('max-connections', flags.maxConnections, COUNT) ?? defaultConnections(machine),
    maxQueue: read.number('max-queue', flags.maxQueue, QUEUE) ?? 1_000_000,
    repeats: read.number('repeats', flags.repeats, COUNT) ?? 1,
    seed,
    connection: resolveConnection(read, flags),
    client: resolveClient(read, flags),
    http2: resolveHttp2(read, flags),
    pacing: resolvePacing(read, flags.pacing),
    threads: flags.threads === 'auto' ? 'auto' : (read.number('threads', flags.threads, THREADS) ?? 'auto'),
    allowRemote: flags.allowRemote ?? null,
    out: flags.out ?? null,
    ...resolveOutputs(read, flags),
  };
  read.problems.push(...placeholderProblems(config));
  if (config.target.kind === 'url' && config.workers.length > 1) {
    read.problems.push(
      '--workers: several worker counts need a target that bench starts; --url names one that runs already',
    );
  }
  if (read.problems.length === 0) return config;
  throw new UserError('usage', read.problems.join('\n'), 'See bench run --help.');
}

/** Only load needs the secrets. */
function authFor(
  read: FlagReader,
  { auth }: Scenario,
  { environment = {} }: Machine,
  purpose: Purpose,
): RunConfig['auth'] {
  const resolved = resolveAuth(auth, environment);
  if (purpose === 'load') read.problems.push(...resolved.unresolved);
  return resolved;
}

function canStart({ url, command }: RunFlags, scenario: Scenario): boolean {
  return [url, command, scenario.start, scenario.url].some((way) => way !== undefined);
}

/** A file named by a flag is meant from the working directory, one in the scenario from its folder. */
function fromWorkingDirectory(spec: string): string {
  return existsSync(spec) ? resolve(spec) : spec;
}

function prepareSteps(read: FlagReader, scenario: Scenario): RunConfig['prepare'] {
  return scenario.prepare.map(({ title, command }) => ({ title, words: wordsOf(read, 'prepare', command) }));
}

function resolveTarget(read: FlagReader, flags: RunFlags, scenario: Scenario, folder: string): TargetConfig {
  const port = resolvePort(read, flags.port);
  if (flags.url !== undefined) {
    if (flags.command !== undefined)
      read.problems.push(
        '--url and --command exclude each other: the server runs already, or bench starts it',
      );
    return { kind: 'url', url: (read.url('url', flags.url) ?? new URL('http://127.0.0.1')).origin };
  }
  const command = flags.command ?? scenario.start?.command;
  if (command === undefined && scenario.url !== undefined)
    return { kind: 'url', url: new URL(scenario.url).origin };
  return {
    kind: 'command',
    words: command === undefined ? [] : wordsOf(read, 'command', command),
    folder: flags.command === undefined ? folder : process.cwd(),
    env: scenario.start?.env ?? {},
    host: (flags.host ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1'),
    port,
    readyPath: scenario.start?.ready.path ?? null,
    readyTimeoutMs: inScenario(scenario.start?.ready.timeout) ?? 30_000,
    owner: scenario.start?.owner ?? 'target',
    stop: resolveStop(read, scenario),
  };
}

function resolveStop(read: FlagReader, { stop: { command, signal, grace } }: Scenario): StopConfig {
  const words = command === undefined ? null : wordsOf(read, 'stop.command', command);
  return { signal, graceMs: inScenario(grace) ?? 0, words };
}

function resolvePort(
  read: FlagReader,
  text: string | undefined,
): Extract<TargetConfig, { kind: 'command' }>['port'] {
  if (text === 'auto') return { kind: 'free' };
  const number = read.number('port', text, PORT);
  return number === undefined ? { kind: 'preferred', number: PREFERRED_PORT } : { kind: 'fixed', number };
}

function wordsOf(read: FlagReader, name: string, command: string | readonly string[]): readonly string[] {
  const words = splitCommand(command);
  const [first = ''] = words ?? [];
  if (words && /^\w+=/.test(first))
    read.problems.push(`${name}: a variable before a command needs a shell: write env ${first} …`);
  if (words && words.length > 0) return words;
  const shown = typeof command === 'string' ? command : command.join(' ');
  if (shown.trim() === '') {
    read.problems.push(`${name}: expected a command line, came nothing`);
    return [];
  }
  read.problems.push(`${name}: "${shown}" needs a shell: write sh -c '…'`);
  return [];
}

function resolveSelection(flags: RunFlags, scenario: Scenario): Selection {
  const methods = flags.methods ?? scenario.load.methods ?? ['GET', 'POST'];
  return {
    methods: methods.flatMap((text) => text.split(',')).map((method) => method.toUpperCase()),
    pathPrefixes: flags.filter ?? [],
    include: flags.include ?? [],
    exclude: flags.exclude ?? [],
    leftOut: scenario.exclude,
  };
}

function resolvePreflight(read: FlagReader, text: string | undefined): PreflightMode | undefined {
  const mode = PREFLIGHT_MODES.find((known) => known === text);
  if (text !== undefined && mode === undefined) read.complain('preflight', 'off, warn or strict', text);
  return mode;
}

function resolvePacing(read: FlagReader, text: string | undefined): RunConfig['pacing'] {
  if (text === undefined || text === 'auto' || text === 'precise' || text === 'relaxed')
    return text ?? 'auto';
  read.complain('pacing', 'auto, precise or relaxed', text);
  return 'auto';
}

/** The scenario's durations were checked when it was read. */
function inScenario(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDurationMs(text);
}

function defaultConnections({ freeFiles }: Machine): number {
  return freeFiles === null
    ? MOST_CONNECTIONS
    : Math.max(1, Math.min(MOST_CONNECTIONS, Math.floor(freeFiles / 2)));
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
