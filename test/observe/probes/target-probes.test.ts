import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, test as plainTest } from 'vitest';
import { QuotaWatch } from '../../../src/observe/cgroups/quota-watch.js';
import { ContextSwitches, switchesOf, type Switches } from '../../../src/observe/probes/context-switches.js';
import { CpuThrottling } from '../../../src/observe/probes/cpu-throttling.js';
import { OpenHost } from '../../../src/observe/probes/host.js';
import { countOpenFiles, OpenFiles } from '../../../src/observe/probes/open-files.js';
import type { Look, OpenProbe } from '../../../src/observe/probes/probe.js';
import { Threads } from '../../../src/observe/probes/threads.js';
import { FakeClock } from '../../support/fake-clock.js';
import { test } from '../../support/folder.js';
import { trees, writeTree } from '../cgroups/trees.js';

const at = (elapsedMs: number, place: Partial<Look> = {}): Look => ({
  ...{ isFirst: false, isLast: false, elapsedMs: () => elapsedMs },
  ...place,
});
const FIRST = { isFirst: true };
const LAST = { isLast: true };

/** What came of looks at these times, the last one at the close. */
async function outcomesOf(probe: OpenProbe, times: readonly number[], between: (look: number) => void) {
  const samples = [];
  for (const [look, ms] of times.entries()) {
    between(look);
    const place = { isFirst: look === 0, isLast: look === times.length - 1 };
    const reading = await probe.look(at(ms, place));
    if (reading !== undefined) samples.push(reading);
  }
  return probe.outcomes(samples);
}

describe('open files', () => {
  plainTest(
    'are those of all processes; one that ends is left out, one that is closed makes them unknown',
    async () => {
      const counts = new Map<number, number | null>([
        [1, 20],
        [2, 30],
      ]);
      const probe = new OpenFiles(
        new FakeClock(),
        () => [1, 2, 3],
        (pid) => counts.get(pid),
      );
      expect(await outcomesOf(probe, [0, 500], () => {})).toMatchObject({
        'target.openFiles': { mean: 50, max: 50 },
      });
      counts.set(2, null);
      expect(await outcomesOf(probe, [1000, 1500], () => {})).toMatchObject({
        'target.openFiles': { why: expect.stringMatching(/another user|no \/proc/) as unknown },
      });
    },
  );

  plainTest.runIf(process.platform === 'linux')('of this process are what the folder lists', async () => {
    const files = Array.from({ length: 100 }, () => openSync('/dev/null', 'r'));
    const many = countOpenFiles(process.pid)!;
    // The list holds the descriptor of its own reading too.
    expect(Math.abs(many - readdirSync('/proc/self/fd').length)).toBeLessThanOrEqual(2);
    files.forEach((file) => closeSync(file));
    expect(many - countOpenFiles(process.pid)!).toBeGreaterThanOrEqual(98);
    const ended = spawn('/bin/true');
    await once(ended, 'exit');
    expect(countOpenFiles(ended.pid!)).toBeUndefined();
  });
});

plainTest('threads are those of all processes', async () => {
  const counts = [0, 11, 7];
  const probe = new Threads(
    () => [1, 2],
    (pid) => counts[pid] ?? 0,
  );
  expect(await outcomesOf(probe, [0, 500], () => {})).toMatchObject({
    'target.threads': { mean: 18, max: 18 },
  });
});

plainTest.runIf(process.platform === 'linux')('a thread more is counted as one', async () => {
  const probe = new Threads(() => [process.pid]);
  const before = (await probe.look(at(0, FIRST)))?.values['target.threads'];
  const worker = new Worker('require("node:worker_threads").parentPort.once("message", () => {})', {
    eval: true,
  });
  await once(worker, 'online');
  expect((await probe.look(at(500)))?.values['target.threads']).toBe(before! + 1);
  await worker.terminate();
});

describe('context switches', () => {
  const one = (voluntary: number, involuntary: number): Switches => ({ voluntary, involuntary });

  plainTest('are counted of all threads, those that come in the window from their start', async () => {
    let threads = new Map([
      [1, one(1000, 100)],
      [2, one(50, 5)],
    ]);
    const clock = new FakeClock();
    const probe = new ContextSwitches(
      clock,
      () => [1],
      () => threads,
    );
    const outcomes = await outcomesOf(probe, [0, 2000, 4000], (look) => {
      if (look === 1)
        threads = new Map([
          [1, one(1400, 140)],
          [3, one(60, 0)],
        ]);
      // The id of the first is taken by another thread.
      if (look === 2)
        threads = new Map([
          [1, one(100, 0)],
          [3, one(60, 0)],
        ]);
      clock.advanceMs(2000);
    });
    expect(outcomes).toMatchObject({
      'target.contextSwitches': { mean: 150, max: 250, total: 600 },
      'target.contextSwitches.involuntary': { mean: 10, max: 20 },
    });
  });

  plainTest(
    'cost the opening of the window nothing, and are read the less often the more threads there are',
    async () => {
      const clock = new FakeClock();
      let looks = 0;
      const probe = new ContextSwitches(
        clock,
        () => [1],
        () => {
          looks += 1;
          clock.spendUs(1000);
          return new Map([[1, one(looks, 0)]]);
        },
      );
      expect(looks).toBe(1);
      await probe.look(at(0, FIRST));
      for (let ms = 500; ms < 10_000; ms += 500) {
        clock.advanceMs(500);
        await probe.look(at(ms));
      }
      expect(looks).toBe(2);
      await probe.look(at(10_000, LAST));
      expect(looks).toBe(3);
    },
  );

  plainTest.runIf(process.platform === 'linux')(
    'of a program that waits a known number of times are at least so many',
    async () => {
      const script = 'i=0; while [ $i -lt 40 ]; do sleep 0.005; i=$((i+1)); done; read end';
      const child = spawn('bash', ['-c', `read go; ${script}`]);
      const switches = (): number =>
        [...switchesOf(child.pid!).values()].reduce((sum, { voluntary }) => sum + voluntary, 0);
      while (switches() === 0) await sleep(5);
      const before = switches();
      child.stdin.write('go\n');
      // One for each child that is waited for.
      while (switches() - before < 40) await sleep(20);
      expect(switches() - before).toBeLessThan(200);
      child.kill();
      await once(child, 'exit');
      expect(switchesOf(child.pid!).size).toBe(0);
    },
  );
});

describe('throttling', () => {
  const STAT = 'sys/fs/cgroup/system.slice/api.service/cpu.stat';

  test('is the share of the periods in which the quota was used up', async ({ folder }) => {
    await writeTree(folder, trees.v2);
    const probe = new CpuThrottling(() => [70], null, new QuotaWatch(folder));
    const throttled = async (periods: number): Promise<void> =>
      writeTree(folder, { [STAT]: `nr_periods 99\nnr_throttled ${periods}\nthrottled_usec 1000\n` });
    const samples = [await probe.look(at(0, FIRST))];
    // Two periods of 50 ms had been throttled before.
    await throttled(2 + 10);
    samples.push(await probe.look(at(1000)));
    await throttled(2 + 12);
    samples.push(await probe.look(at(2000, LAST)));
    expect(samples.map((one) => one?.values['target.cpu.throttled'])).toEqual([0, 50, 10]);
    expect(probe.outcomes(samples.flatMap((one) => one ?? []))).toMatchObject({
      'target.cpu.throttled': { mean: 30, max: 50, samples: 2 },
    });
    expect(probe.facts().cpuQuota?.target).toMatchObject({ throttledPeriods: 12, cores: 1.5 });
  });

  test('is not known without a quota, and says so', async ({ folder }) => {
    const probe = new CpuThrottling(() => [], null, new QuotaWatch(folder));
    expect(await probe.look(at(0, FIRST))).toBeUndefined();
    const { 'target.cpu.throttled': outcome } = probe.outcomes([]);
    expect(outcome).toHaveProperty('why', expect.stringMatching(/no CPU quota|no cgroups/));
  });
});

describe('the host', () => {
  const source = (looks: readonly { busy: number; a: [number, number]; b: [number, number] }[]) => {
    let look = -1;
    const now = () => looks[look]!;
    return {
      cpu: () => {
        look += 1;
        return { total: 1000 * look, idle: 1000 * look - now().busy, steal: null };
      },
      memoryPercent: () => 60,
      disks: () =>
        new Map(
          (['a', 'b'] as const).map((name) => {
            const [busyMs, writtenBytes] = now()[name];
            return [name, { busyMs, writtenBytes }];
          }),
        ),
    };
  };

  plainTest('is as busy as its cores, and as the disk that had work for longest', async () => {
    const probe = new OpenHost(
      source([
        { busy: 0, a: [100, 0], b: [0, 5000] },
        { busy: 250, a: [600, 1000], b: [0, 5000] },
        { busy: 1000, a: [600, 1000], b: [400, 8000] },
      ]),
    );
    expect(await outcomesOf(probe, [0, 1000, 2000], () => {})).toMatchObject({
      'host.cpu': { mean: 50, max: 75, samples: 2 },
      'host.steal': { why: expect.any(String) as unknown },
      'host.memory': { mean: 60 },
      // The first of the two over the whole window, each in its turn.
      'host.disk': { mean: 25, max: 50 },
      'host.disk.written': { mean: 2000, max: 3000 },
    });
  });

  plainTest('without disks says that it knows none', async () => {
    const known = source([
      { busy: 0, a: [0, 0], b: [0, 0] },
      { busy: 1, a: [0, 0], b: [0, 0] },
    ]);
    const probe = new OpenHost({ ...known, disks: () => new Map() });
    const outcomes = await outcomesOf(probe, [0, 1000], () => {});
    expect(outcomes['host.disk']).toHaveProperty('why', expect.stringMatching(/tells of no disk/));
    expect(outcomes['host.cpu']).toMatchObject({ mean: 0.1 });
  });
});
