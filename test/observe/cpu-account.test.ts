import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CpuAccount } from '../../src/observe/cpu-account.js';
import type { ProcessUsage } from '../../src/observe/process-usage.js';

const use = (pid: number, cpuMs: number): ProcessUsage => ({ pid, cpuMs, reapedMs: 0, memoryBytes: 0 });

test('the first look only sets the marks', () => {
  expect(new CpuAccount().advance([use(1, 5000)])).toBe(0);
});

test('a process that appears later counts from its birth', () => {
  const account = new CpuAccount();
  account.advance([use(1, 100)]);
  expect(account.advance([use(1, 150), use(2, 30)])).toBe(80);
});

test('a process that ends counts up to the last look at it', () => {
  const account = new CpuAccount();
  account.advance([use(1, 100), use(2, 100)]);
  expect(account.advance([use(1, 110)])).toBe(10);
  expect(account.advance([use(1, 130)])).toBe(20);
});

test('another process under a reused id counts from its birth', () => {
  const account = new CpuAccount();
  account.advance([use(1, 5000)]);
  expect(account.advance([use(1, 40)])).toBe(40);
});

test('all looks together are what the processes spent after the first', () => {
  const steps = fc.array(fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 10,
  });
  fc.assert(
    fc.property(steps, (spent) => {
      const account = new CpuAccount();
      const totals = [700, 0, 30];
      account.advance(totals.map((cpuMs, pid) => use(pid, cpuMs)));
      const counted = spent.map((parts) => {
        for (const [at, part] of parts.entries()) totals[at]! += part;
        return account.advance(totals.map((cpuMs, pid) => use(pid, cpuMs)));
      });
      expect(counted.reduce((a, b) => a + b, 0)).toBe(spent.flat().reduce((a, b) => a + b, 0));
    }),
  );
});
