import { redactCommand } from '../../kernel/redact-text.js';
import { hostname } from 'node:os';
import { systemClock as clock } from '../../kernel/clock.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { SCHEMA_VERSION, type RunRecord } from '../../model/results/run-record.js';
import { redactConfig } from '../../config/redact.js';
import { describeMachine } from '../../observe/describe-machine.js';

interface Started {
  readonly config: RunConfig;
  readonly command: readonly string[];
  readonly version: string;
}

/** The record of a run that begins now. */
export async function emptyRecord({ config, command, version }: Started): Promise<RunRecord> {
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'openapi-bench', version },
    command: redactCommand(command),
    startedAt: new Date(clock.unixMs()).toISOString(),
    finishedAt: null,
    status: 'running',
    failure: null,
    owner: { pid: process.pid, host: hostname() },
    environment: await describeMachine(),
    config: redactConfig(config),
    targetEvents: [],
    cells: [],
  };
}
