import type { Command } from 'commander';
import { abOptions } from '../ab-options.js';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench ab --base HEAD --command 'node server.js --port {port}' --rates 200
                                         what is not committed, against HEAD
  bench ab --base origin/main --candidate HEAD --prepare 'npm ci' \\
    --command 'node server.js --port {port}' --rates 200
                                         in CI: this branch against the main one
  bench ab --base v1.4.0 --candidate v1.5.0 --scenario bench/scenario.yaml
  bench ab --base-command 'node20 app.js' --candidate-command 'node24 app.js'
  bench ab --base-url http://127.0.0.1:3000 \\
    --candidate-url http://127.0.0.1:4000
  bench ab --base-scenario sqlite.yaml --candidate-scenario postgres.yaml
  bench ab --resume .tmp/ab_20260115_120000

What is said of one side stands in place of what is said of both. A side without
a revision is the working directory as it is. Of each pair of runs (a-1 and b-1)
both sides get the same requests at the same times.

Exit codes:
  0 compared, nothing to fail on · 1 a cell regressed (or what --fail-on says) ·
  2 wrong use · 3 a side could not be prepared or run · 4 a cell could not be
  judged · 130 interrupted`;

export function abCommand(context: CommandContext): Command {
  const command = abOptions().addHelpText('after', EXAMPLES);
  return command.action(async (flags: Record<string, unknown>) => {
    const { doAb } = await import('../actions/ab.js');
    context.exitCode = await doAb(flags, context);
  });
}
