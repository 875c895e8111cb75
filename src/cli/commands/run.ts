import { Command } from 'commander';
import { addReportOptions, TWIN_HELP } from '../report-options.js';
import { addLoadOptions, addMeasuringOptions } from '../load-options.js';
import { addOutputOptions, addSelectionOptions, addTargetOptions } from '../target-options.js';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench run                              the embedded API, 1000 and 2000 req/s
  bench run --url http://127.0.0.1:3000  your own server, already running
  bench run --url http://127.0.0.1:3000 --request 'GET /health'
  bench run --scenario fastapi-sqlite --workers 1 4
  bench run --command 'uvicorn app:app --host {host} --port {port}'
  bench run --rates 200 400 --duration 30s --filter /api/orders
  bench run --rates 200 --arrivals poisson --seed 7
  bench run --stages '0:100@2m, 500@30s'  from 0 to 100/s, then up to 500/s
  bench run --scenario shop.yaml --profile peak
  bench run --mix --weights get_item=9 create_item=1
  bench run --twin 'POST /notes/=POST /notes/sync/' --requests 10000
  bench run --json > run.json            for scripts
  bench run --events | jq -c 'select(.event == "second")'

Exit codes:
  0 fine · 1 an objective failed, or no request succeeded · 2 wrong use · 3 the
  run failed · 4 the generator was the limit, the figures are not valid ·
  130 interrupted`;

export function runCommand(context: CommandContext): Command {
  const command = new Command('run').description(
    'start the API, load every endpoint, write results, print figures and verdict',
  );
  command.helpOption('-h, --help', 'print this help');
  addTargetOptions(command);
  addSelectionOptions(command);
  addLoadOptions(command);
  command.option('--repeats <n>', 'times to do it all, each on a fresh server [1]');
  addMeasuringOptions(command).option(
    '--keep',
    'databases that bench starts go on after the run, with their data',
  );
  command
    .option('--slo <objective...>', "what is good enough: 'p95 < 300ms'; exit code 1 where it is missed")
    .option('--abort-on-fail [delay]', 'end the run when a cell fails an objective after the delay [10s]')
    .option('--strict', 'exit code 1 also for an objective that cannot be decided');
  command.option('--twin <pair...>', TWIN_HELP);
  addOutputOptions(command)
    .option('--out <dir>', 'results directory [.tmp/bench_DATE_TIME]')
    .option('--events', 'a line of JSON on stdout for each second and each finished cell')
    .option('--prometheus <port>', 'live metrics on 127.0.0.1:PORT/metrics; 0 takes a free port')
    .option('--dry-run', 'print what would be measured, send no load')
    .addHelpText('after', EXAMPLES);
  addReportOptions(command);
  return command.action(async (flags: Record<string, unknown>) => {
    const { doRun } = await import('../actions/run.js');
    context.exitCode = await doRun(flags, context);
  });
}
