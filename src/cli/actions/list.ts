import { checkEndpoints, listEndpoints } from '../../app/list-endpoints.js';
import type { RunFlags } from '../../config/flag-reader.js';
import { resultOf, type PreflightResult } from '../../model/preflight.js';
import type { PreparedOperation } from '../../model/request.js';
import type { RunConfig } from '../../model/run-config.js';
import { renderChecks } from '../../report/terminal/render-preflight.js';
import { renderRequests, renderOperations } from '../../report/terminal/render-operations.js';
import { renderProblems } from '../../report/terminal/render-problems.js';
import { shownBody } from '../../report/shown-body.js';
import { EXIT } from '../exit-codes.js';
import { abortOnInterrupt, unlessInterrupted } from '../interrupt.js';
import { Progress } from '../progress.js';
import { Terminal, type TerminalFlags } from '../terminal.js';
import { resolveFlags } from './resolve-flags.js';

interface Flags extends RunFlags, TerminalFlags {
  readonly requests?: boolean;
  readonly check?: boolean;
}

/** `bench list`. */
export async function doList(flags: Flags): Promise<number> {
  const config = await resolveFlags(flags, flags.check === true ? 'load' : 'list');
  const terminal = new Terminal(flags);
  const progress = new Progress(terminal, process.stderr.isTTY && flags.quiet !== true);
  const { signal, release } = abortOnInterrupt(() => progress.end());
  try {
    return await unlessInterrupted(signal, list(config, flags, terminal, progress, signal));
  } finally {
    progress.end();
    release();
  }
}

async function list(
  config: RunConfig,
  flags: Flags,
  terminal: Terminal,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const options = { config, observe: progress.observe, signal };
  const { operations, problems, results } =
    flags.check === true
      ? await checkEndpoints(options)
      : { ...(await listEndpoints(options)), results: undefined };
  progress.end();
  if (flags.json === true) terminal.json({ operations: listed(operations, results, flags), problems });
  else if (flags.requests === true) terminal.show(renderRequests(operations, terminal, results));
  else if (results) terminal.show(renderChecks(results, terminal));
  else terminal.show(renderOperations(operations, terminal));
  if (flags.json !== true && problems.length > 0) terminal.show(`\n${renderProblems(problems, terminal)}`);
  const isReached = results?.some(({ state }) => state !== 'no-answer') ?? true;
  return isReached ? EXIT.fine : EXIT.runFailed;
}

function listed(
  operations: readonly PreparedOperation[],
  results: readonly PreflightResult[] | undefined,
  flags: Flags,
): unknown[] {
  return operations.map(({ operation, blueprints, origins, capturedFrom, problems }) => {
    const result = results && resultOf(results, operation);
    const [first] = blueprints;
    return {
      ...operation,
      ...(flags.requests === true
        ? {
            requests: blueprints.length,
            firstRequest: first && { ...first, body: shownBody(first) },
            origins,
            capturedFrom,
            problems,
          }
        : {}),
      ...(result ? { preflight: result } : {}),
    };
  });
}
