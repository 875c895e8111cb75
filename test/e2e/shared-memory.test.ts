import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import { requireProgram } from '../support/optional-programs.js';
import { QUICK } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const LOADED_BYTES = 200 * 1024 * 1024;

test('memory that forked workers share counts for each in RSS, and once in PSS', async ({
  sandbox,
  skip,
}) => {
  const python = requireProgram('python3', skip);
  const command = `${python} ${resolve('test/fixtures/servers/forks-after-loading.py')} {port}`;
  const bench = sandbox.start([
    'run',
    ...QUICK,
    '--no-keepalive',
    '--command',
    command,
    '--out',
    sandbox.out,
  ]);
  let witnessBytes = 0;
  await bench.until(() => {
    const servers = sandbox
      .processes()
      .filter((one) => one.command.includes('forks-after') && !one.command.includes('bench.js'));
    if (servers.length === 5) witnessBytes = servers.reduce((sum, { pid }) => sum + mappedBytes(pid), 0);
    return witnessBytes > LOADED_BYTES;
  });
  await bench.ended;

  const [cell] = sandbox.record().cells;
  const { 'target.processes': processes, 'target.memory': memory, 'target.memory.pss': pss } = cell!.gauges;
  expect(processes?.max).toBe(5);
  expect(memory!.mean).toBeGreaterThan(5 * LOADED_BYTES);
  expect(pss!.mean).toBeLessThan(1.25 * LOADED_BYTES);
  expect(pss!.max).toBeGreaterThan(LOADED_BYTES);
  expect(Math.abs(pss!.mean! / witnessBytes - 1)).toBeLessThan(0.1);
});

/** The sum over the single mappings, which the kernel adds up by itself in what bench reads. */
function mappedBytes(pid: number): number {
  const lines = readFileSync(`/proc/${pid}/smaps`, 'latin1').matchAll(/^Pss:\s+(\d+) kB$/gm);
  return [...lines].reduce((sum, [, kibibytes]) => sum + 1024 * Number(kibibytes), 0);
}
