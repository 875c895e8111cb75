import type { Command } from 'commander';
import { loadFlags } from '../model/loads/read-loads.js';

/** What is asked of the target; shared by run and ab. */
export function addLoadOptions(command: Command): Command {
  command
    .optionsGroup('Load:')
    .option('--profile <name>', "the load and the objectives of this one of the scenario's profiles");
  for (const { option, help } of loadFlags) command.option(option, help);
  command
    .option('--mix', 'all operations together in one cell, instead of a cell for each')
    .option('--weights <weight...>', 'of a mixture: NAME=9, by operationId or METHOD /path [1 each]')
    .option(
      '--weights-from <log>',
      'weights as often as they stand in an access log (common or combined format)',
    )
    .option('--workers <n...>', 'worker counts with which to start the server [1]')
    .option('--case <name...>', 'of the resource cases of the scenario, only these [all]')
    .option('--no-cases', 'without the resource cases of the scenario: the target is not limited');
  return command;
}

/** How that is measured. */
export function addMeasuringOptions(command: Command): Command {
  return command
    .option('--warmup <time>', 'gentle load before each cell [2s]')
    .option('--timeout <time>', 'time for each request, from when it is due [10s]')
    .option(
      '--max-connections <n>',
      'connections at once [1024, or half of the free file descriptors if fewer]',
    )
    .option('--max-queue <n>', 'due requests that may wait for a connection [1000000]')
    .option('--threads <n>', "generator threads, or 'auto': as many as the rates need [auto]")
    .option('--no-keepalive', 'a connection of its own for each request')
    .option(
      '--client <name>',
      'undici, wire (for high rates), or auto: undici up to 5000/s for a thread [auto]',
    )
    .option('--http2', 'many requests at once on a few HTTP/2 connections (with undici)')
    .option('--pacing <mode>', 'auto, precise (spins on a core) or relaxed (sleeps) [auto]')
    .option('--allow-remote <host>', 'allow load to a host that is not this machine')
    .option('--probe <database=url...>', 'look at this one while the load runs: postgres=URL, redis=URL')
    .option('--preflight <mode>', 'ask each operation once before: off, warn or strict [warn]');
}
