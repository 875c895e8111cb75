import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { runRecordSchema } from '../../src/model/results/run-record.js';

const bench = fileURLToPath(new URL('../../bin/bench.js', import.meta.url));
const spec = fileURLToPath(new URL('../fixtures/one-operation.json', import.meta.url));

/** Runs the built CLI against a server that runs already and returns the one cell that it measured. */
export async function measureWithCli(url: string, ...flags: string[]): Promise<CellRecord> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-e2e-'));
  try {
    const common = ['run', '--url', url, '--spec', spec, '--json', '--quiet', '--out', join(folder, 'run')];
    const child = spawn(process.execPath, [bench, ...common, ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    // 4 is a measurement that the generator spoilt, which on a busy machine is no failure of the program.
    if (child.exitCode !== 0 && child.exitCode !== 4) {
      throw new Error(`bench ended with ${child.exitCode}:\n${stderr}`);
    }
    const { cells } = runRecordSchema.parse(JSON.parse(stdout));
    if (cells.length !== 1) throw new Error(`${cells.length} cells instead of one:\n${stderr}`);
    return cells[0] as CellRecord;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What every cell's counts must add up to. */
export function accountedFor({ counts }: CellRecord): number {
  return counts.succeeded + counts.failed + counts.timedOut + counts.dropped + counts.unfinished;
}
