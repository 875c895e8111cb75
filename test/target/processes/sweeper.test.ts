import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sweepAfterKill, sweepNow } from '../../../src/target/processes/sweeper.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench it's $(swept) "));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the sweeper', () => {
  it('removes drafts from a results directory, and no results', async () => {
    for (const name of ['results.json', '.bench-host-2.part', '.bench-host-1.part', 'b.partial'])
      writeFileSync(join(folder, name), '');
    sweepAfterKill('results', folder);
    await sweepNow();

    expect(readdirSync(folder).sort()).toEqual(['b.partial', 'results.json']);
  });

  it('removes folders that hold nothing, and leaves what a target has written', async () => {
    const [empty, used] = [join(folder, 'empty'), join(folder, 'used')];
    for (const path of [empty, used]) mkdirSync(path);
    writeFileSync(join(used, 'data.db'), '');
    writeFileSync(join(empty, 'server.log'), '');
    sweepAfterKill('results', used);
    sweepAfterKill('scratch', empty);
    await sweepNow();
    sweepAfterKill('scratch', used);
    await sweepNow();

    expect(readdirSync(folder)).toEqual(['used']);
    expect(readdirSync(used)).toEqual(['data.db']);
  });

  it('does so too when its process is killed', async () => {
    const sweeper = join(import.meta.dirname, '../../../dist/target/processes/sweeper.js');
    const script = `import { sweepAfterKill } from ${JSON.stringify(sweeper)};
      sweepAfterKill('scratch', process.argv[1]); process.stdout.write('.'); setInterval(() => {}, 1000);`;
    const scratch = join(folder, 'scratch');
    mkdirSync(scratch);
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, scratch]);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');

    await vi.waitFor(() => expect(existsSync(scratch)).toBe(false), 5000);
  });

  it('has nothing to do where nobody called it', async () => {
    await expect(sweepNow()).resolves.toBeUndefined();
  });
});
