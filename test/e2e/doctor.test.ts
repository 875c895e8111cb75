import { describe, expect } from 'vitest';
import { fitnessSchema } from '../../src/model/results/fitness.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

describe('bench doctor', () => {
  test('says what this machine can send, and a run that is asked for more says so', async ({ sandbox }) => {
    const { code, stdout, stderr } = await sandbox.bench([
      'doctor',
      '--threads',
      '1',
      '--pacing',
      'relaxed',
      '--json',
    ]);
    const fitness = fitnessSchema.parse(JSON.parse(stdout));

    expect(fitness.engine).toMatchObject([
      { threads: 1, client: 'undici', pacing: 'relaxed' },
      { threads: 1, client: 'wire', pacing: 'relaxed' },
    ]);
    expect(fitness.engine[0]!.floor.responseMs.p50).toBeGreaterThan(0);
    // Whether the machine is fit depends on what else runs on it now; its verdict and its code agree.
    expect(code).toBe(fitness.verdict.state === 'fit' ? 0 : 4);
    expect(stderr).toContain(fitness.verdict.state.toUpperCase());

    const rates = fitness.engine.map(({ highestRatePerSecond }) => highestRatePerSecond);
    const beyond = String(Math.max(...rates) + 1000);
    const asked = await sandbox.run('healthy', '--threads', '1', '--rates', beyond, '--duration', '100ms');
    // A busy machine may be fit for no rate at all.
    expect(asked.stderr).toMatch(new RegExp(`${beyond}/s is more than|bench doctor. found no rate`));
  });

  test('ends cleanly on Ctrl-C', async ({ sandbox }) => {
    const doctor = sandbox.start(['doctor']);
    await doctor.until(() => sandbox.processes().some(({ command }) => command.includes('null-server')));
    doctor.signalGroup('SIGINT');
    const { code, stderr } = await doctor.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('Stopping.');
  });

  test('refuses what it does not know', async ({ sandbox }) => {
    const { code, stderr } = await sandbox.bench(['doctor', '--pacing', 'fast']);
    expect(code).toBe(2);
    expect(stderr).toContain('--pacing: expected precise or relaxed, came "fast"');
  });
});
