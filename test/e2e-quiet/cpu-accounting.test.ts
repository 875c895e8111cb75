import { expect } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMsOf, markedProcesses } from '../support/marked-processes.js';
import type { Sandbox } from '../support/sandbox.js';
import { serverCommand } from '../support/sandbox.js';

const LOAD = [
  '--rates',
  '20',
  '--pacing',
  'relaxed',
  '--duration',
  '2s',
  '--warmup',
  '0s',
  '--port',
  'auto',
  '--include',
  'first',
];
const WINDOW_MS = 2000;

interface Look {
  readonly unixMs: number;
  /** Of each process of the target that was ever seen, by id. */
  readonly cpuMs: ReadonlyMap<number, number>;
}

test('the CPU figure is what /proc says of all processes of the target over the window', async ({
  sandbox,
}) => {
  const looks = await watch(sandbox, 'burns-in-children');
  const cell = sandbox.record().cells[0]!;
  const expected = percentBetween(looks, Date.parse(cell.startedAt));
  expect(expected).toBeGreaterThan(5);
  expect(cell.gauges['target.processes']?.max).toBe(3);
  expect(Math.abs(cell.gauges['target.cpu']!.mean! / expected - 1)).toBeLessThan(0.1);
});

test('workers that end and are replaced within the window count with all that they used', async ({
  sandbox,
}) => {
  const looks = await watch(sandbox, 'replaces-workers');
  const cell = sandbox.record().cells[0]!;
  const expected = percentBetween(looks, Date.parse(cell.startedAt));
  expect(expected).toBeGreaterThan(5);
  expect(Math.abs(cell.gauges['target.cpu']!.mean! / expected - 1)).toBeLessThan(0.1);
});

/** Runs a server under load and looks at its processes every 20 ms, which misses little of any of them. */
async function watch(sandbox: Sandbox, server: string): Promise<Look[]> {
  const args = ['run', ...LOAD, '--command', serverCommand(server), '--out', sandbox.out];
  const bench = sandbox.start(args);
  const looks: Look[] = [];
  const cpuMs = new Map<number, number>();
  const end = { reached: false };
  void bench.ended.then(() => {
    end.reached = true;
  });
  while (!end.reached) {
    for (const { pid, command } of markedProcesses(sandbox.mark)) {
      // The harness and the supervisor have other programs.
      if (command.includes(`${server}.js`) && !command.includes('bench.js'))
        cpuMs.set(pid, Math.max(cpuMsOf(pid), cpuMs.get(pid) ?? 0));
    }
    looks.push({ unixMs: Date.now(), cpuMs: new Map(cpuMs) });
    await sleep(20);
  }
  return looks;
}

/** CPU time between the looks nearest to the window's edges, 100 = one core. */
function percentBetween(looks: readonly Look[], startMs: number): number {
  const at = (unixMs: number): Look =>
    looks.reduce((best, look) =>
      Math.abs(look.unixMs - unixMs) < Math.abs(best.unixMs - unixMs) ? look : best,
    );
  const [first, last] = [at(startMs), at(startMs + WINDOW_MS)];
  const total = ({ cpuMs }: Look): number => [...cpuMs.values()].reduce((sum, value) => sum + value, 0);
  return (100 * (total(last) - total(first))) / (last.unixMs - first.unixMs);
}
