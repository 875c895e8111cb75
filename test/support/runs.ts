import type { RunRecord } from '../../src/model/results/run-record.js';
import { cell } from './cells.js';

export function runRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    schemaVersion: 2,
    tool: { name: 'openapi-bench', version: '0.1.0' },
    command: ['run'],
    startedAt: '2026-01-15T12:00:00.000Z',
    finishedAt: '2026-01-15T12:01:00.000Z',
    status: 'complete',
    failure: null,
    owner: { pid: 1, host: 'localhost' },
    environment: {
      node: 'v20.19.0',
      cpuModel: 'a processor',
      cores: 2,
      memoryBytes: 8_000_000_000,
      kernel: 'Linux 6.1',
      openFilesLimit: 1024,
      freeFiles: 19_980,
      localPorts: 28_232,
      loadAverage1m: 0.5,
      gitCommit: null,
    },
    config: { scenario: 'node-sqlite' },
    targetEvents: [{ kind: 'started', at: '2026-01-15T12:00:01.000Z', workers: 1, message: '' }],
    cells: [cell()],
    ...changes,
  };
}
