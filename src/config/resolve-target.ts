import { redactText } from '../kernel/redact-text.js';
import { parseDurationMs } from '../kernel/units.js';
import type { StopConfig, TargetConfig } from '../model/config/run-config.js';
import { BASE_PATH, type Scenario } from '../model/config/scenario.js';
import type { FlagReader, RunFlags } from './flag-reader.js';
import { splitCommand } from './split-command.js';
import { readTargetAddress, type Login } from './target-address.js';

interface ResolvedTarget {
  readonly target: TargetConfig;
  readonly basePath: string;
  readonly login: Login | null;
}

const PORT = { least: 1, most: 65_535, whole: true };
const PREFERRED_PORT = 8000;
const START_LIMIT_MS = 30_000;
/** One that runs already needs no time to start. */
const RUNNING_SERVER_LIMIT_MS = 5000;

/** The program to start, or the server that runs already: `--command`, `--url`, or what the scenario has of them. */
export function resolveTarget(
  read: FlagReader,
  flags: RunFlags,
  scenario: Scenario,
  folder: string,
): ResolvedTarget {
  const port = resolvePort(read, flags.port);
  const readyTimeoutMs = read.durationMs('ready-timeout', flags.readyTimeout, 1);
  if (flags.url !== undefined && flags.command !== undefined)
    read.problems.push('--url and --command exclude each other: the server runs already, or bench starts it');
  const command = flags.command ?? scenario.start?.command;
  if (flags.url !== undefined) return runningServer(read, '--url', flags.url, readyTimeoutMs);
  if (command === undefined && scenario.url !== undefined)
    return runningServer(read, 'url', scenario.url, readyTimeoutMs);
  const target: TargetConfig = {
    kind: 'command',
    words: command === undefined ? [] : wordsOf(read, 'command', command),
    folder: flags.command === undefined ? folder : process.cwd(),
    env: scenario.start?.env ?? {},
    host: (flags.host ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1'),
    port,
    readyPath: scenario.start?.ready.path ?? null,
    readyTimeoutMs: readyTimeoutMs ?? inScenario(scenario.start?.ready.timeout) ?? START_LIMIT_MS,
    owner: scenario.start?.owner ?? 'target',
    stop: resolveStop(read, scenario),
  };
  return { target, basePath: '', login: null };
}

function runningServer(
  read: FlagReader,
  option: string,
  text: string,
  readyTimeoutMs = RUNNING_SERVER_LIMIT_MS,
): ResolvedTarget {
  const address = readTargetAddress(text);
  if (typeof address !== 'string')
    return { ...address, target: { kind: 'url', url: address.origin, readyTimeoutMs } };
  read.problems.push(`${option}: ${address}`);
  return { target: { kind: 'url', url: 'http://127.0.0.1', readyTimeoutMs }, basePath: '', login: null };
}

/** Of `--base-path` or `basePath:`; a slash alone means that nothing stands before the paths. */
export function resolveBasePath(read: FlagReader, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!BASE_PATH.test(text)) read.complain('base-path', 'a path such as /api/v1, or / for none', text);
  return text.replace(/\/+$/, '');
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

/** The words of a command line; a problem where it would need a shell. */
export function wordsOf(
  read: FlagReader,
  name: string,
  command: string | readonly string[],
): readonly string[] {
  const words = splitCommand(command);
  const [first = ''] = words ?? [];
  if (words && /^\w+=/.test(first))
    read.problems.push(
      `${name}: a variable before a command needs a shell: write env ${redactText(first)} …`,
    );
  if (words && words.length > 0) return words;
  const shown = typeof command === 'string' ? command : command.join(' ');
  if (shown.trim() === '') {
    read.problems.push(`${name}: expected a command line, came nothing`);
    return [];
  }
  read.problems.push(`${name}: "${redactText(shown)}" needs a shell: write sh -c '…'`);
  return [];
}

/** The scenario's durations were checked when it was read. */
function inScenario(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDurationMs(text);
}
