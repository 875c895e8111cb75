import { redactCommand } from '../../kernel/redact-text.js';
import { hostname } from 'node:os';
import { systemClock as clock } from '../../kernel/clock.js';
import { SCHEMA_VERSION, type RunRecord } from '../../model/results/run-record.js';
import { redactConfig } from '../../config/redact.js';
import { describeMachine } from '../../observe/describe-machine.js';
import type { RunOptions } from './run-result.js';

type Started = Omit<RunOptions, 'observe' | 'signal'>;

/** The record of a run that begins now. */
export async function emptyRecord({
  config,
  command,
  version,
  pair,
  gitCommit,
}: Started): Promise<RunRecord> {
  const machine = await describeMachine();
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'openapi-bench', version },
    command: redactCommand(command),
    startedAt: new Date(clock.unixMs()).toISOString(),
    finishedAt: null,
    status: 'running',
    failure: null,
    owner: { pid: process.pid, host: hostname() },
    environment: gitCommit === undefined ? machine : { ...machine, gitCommit },
    ...(pair === undefined ? {} : { pair }),
    config: redactConfig(config),
    targetEvents: [],
    cells: [],
  };
}
