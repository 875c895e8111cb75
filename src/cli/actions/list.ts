import {
  checkOperations,
  listOperations,
  listRequests,
  type CheckedOperations,
  type ListedOperations,
  type ListOptions,
} from '../../app/inspect/list-operations.js';
import type { RunFlags } from '../../config/flag-reader.js';
import { resultOf, type PreflightResult } from '../../model/results/preflight.js';
import type { BuiltOperation } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { renderChecks } from '../../report/terminal/render-preflight.js';
import { renderRequests, renderOperations } from '../../report/terminal/render-operations.js';
import { renderProblems } from '../../report/terminal/render-problems.js';
import { shownBody } from '../../report/shown-body.js';
import { EXIT } from '../exit-codes.js';
import { interruptible } from '../interrupt.js';
import { Progress } from '../progress.js';
import { isLiveTerminal, Terminal, type TerminalFlags } from '../terminal.js';
import { resolveFlags } from './resolve-flags.js';

interface Flags extends RunFlags, TerminalFlags {
  readonly requests?: boolean;
  readonly check?: boolean;
}

/** `bench list`. */
export async function doList(flags: Flags): Promise<number> {
  const config = await resolveFlags(flags, flags.check === true ? 'load' : 'list');
  const terminal = new Terminal(flags);
  const progress = new Progress(terminal, isLiveTerminal(flags));
  const clear = (): void => progress.end();
  return interruptible({ terminal, clear }, (signal) => list(config, flags, terminal, progress, signal));
}

async function list(
  config: RunConfig,
  flags: Flags,
  terminal: Terminal,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const options = { config, observe: progress.observe, signal };
  const found = await look(options, flags);
  progress.end();
  const { operations, problems, built, results } = found;
  if (flags.json === true) terminal.json({ operations: listed(found, flags), problems });
  else if (flags.requests === true && built) terminal.show(renderRequests(built, terminal, results));
  else if (results) terminal.show(renderChecks(results, terminal));
  else terminal.show(renderOperations(operations, terminal));
  if (flags.json !== true && problems.length > 0) terminal.show(`\n${renderProblems(problems, terminal)}`);
  return exitCodeOfCheck(results);
}

/** CI can hold a document against a server with it. */
function exitCodeOfCheck(results: readonly PreflightResult[] | undefined): number {
  if (results === undefined) return EXIT.fine;
  if (results.length === 0) return EXIT.runFailed;
  if (results.every(({ state }) => state === 'ok')) return EXIT.fine;
  return results.some(({ state }) => state !== 'no-answer') ? EXIT.failed : EXIT.runFailed;
}

type Found = ListedOperations & Partial<Pick<CheckedOperations, 'built' | 'results'>>;

async function look(options: ListOptions, flags: Flags): Promise<Found> {
  if (flags.check === true) return checkOperations(options);
  return flags.requests === true ? listRequests(options) : listOperations(options);
}

function listed({ operations, built, results }: Found, flags: Flags): unknown[] {
  return operations.map((operation, at) => {
    const result = results && resultOf(results, operation);
    return {
      ...operation,
      ...(flags.requests === true ? requestsOf(built?.[at]) : {}),
      ...(result ? { preflight: result } : {}),
    };
  });
}

function requestsOf(built: BuiltOperation | undefined): Readonly<Record<string, unknown>> {
  if (!built) return {};
  const { blueprints, origins, capturedFrom, problems } = built;
  const [first] = blueprints;
  return {
    requests: blueprints.length,
    firstRequest: first && { ...first, body: shownBody(first) },
    origins,
    capturedFrom,
    problems,
  };
}
