import { describe, expect, test } from 'vitest';
import type { RunFlags } from '../../src/config/flag-reader.js';
import { objectivesOf } from '../../src/config/resolve-objectives.js';
import { resolveRunConfig } from '../../src/config/resolve-run-config.js';
import { scenarioSchema } from '../../src/model/config/scenario.js';
import { userErrorOf } from '../support/caught.js';

function resolved(slo: string[] | undefined, objectives: string[] = [], strict = false) {
  const scenario = scenarioSchema.parse({ name: 'shop', start: { command: 'serve' }, objectives });
  const flags = { ...(slo && { slo }), strict };
  return resolveRunConfig(flags, { scenario, folder: '/shop' }, { freeFiles: 4096 });
}
const problemOf = async (...slo: string[]) => (await userErrorOf(() => resolved(slo))).message;

describe('the objectives of a run', () => {
  test('are those of the scenario, unless flags give others', () => {
    const texts = (slo?: string[]) =>
      resolved(slo, ['p95 < 300ms', 'rps >= 5']).objectives.map(({ text }) => text);
    expect(texts()).toEqual(['p95 < 300ms', 'rps >= 5']);
    expect(texts(['mean < 1s'])).toEqual(['mean < 1s']);
    expect(resolved(undefined)).toMatchObject({ objectives: [], strict: false });
  });

  test('are all read before what is wrong is said, each with its own text', async () => {
    const problem = await problemOf('p95 < 3 parsecs', 'p59 < 1ms');
    expect(problem).toContain('--slo: “p95 < 3 parsecs”: its limit is');
    expect(problem).toContain('--slo: “p59 < 1ms”: there is no figure p59; did you mean p50?');
    const ofScenario = await userErrorOf(() => resolved(undefined, ['fast']));
    expect(ofScenario.message).toContain('objectives: “fast”');
  });

  test('end the run early after a delay, where there are any', async () => {
    const scenario = scenarioSchema.parse({ name: 'shop', start: { command: 'serve' } });
    const of = (flags: RunFlags) =>
      resolveRunConfig(flags, { scenario, folder: '/shop' }, { freeFiles: 4096 });
    const slo = ['p95 < 300ms'];
    expect(of({ slo }).abortAfterMs).toBeNull();
    expect(of({ slo, abortOnFail: true }).abortAfterMs).toBe(10_000);
    expect(of({ slo, abortOnFail: '500ms' }).abortAfterMs).toBe(500);
    const problems = async (flags: RunFlags) => (await userErrorOf(() => of(flags))).message;
    expect(await problems({ slo, abortOnFail: 'soon' })).toContain('--abort-on-fail: expected a duration');
    expect(await problems({ abortOnFail: true })).toContain('--abort-on-fail: there is no objective');
  });

  test('are there where --strict is', async () => {
    const strict = (objectives: string[], slo?: string[]) => resolved(slo, objectives, true);
    const { message } = await userErrorOf(() => strict([]));
    expect(message).toBe(
      "--strict: there are no objectives to hold the run to: give --slo 'p95 < 300ms', or objectives: in the scenario",
    );
    expect(strict(['p95 < 300ms']).strict).toBe(true);
    expect(strict([], ['p95 < 300ms']).strict).toBe(true);
  });

  test('are about loads of the run, and each stands once', async () => {
    expect(await problemOf('p95 < 1s at 7 users')).toContain(
      'is about a load that this run does not have: it has 1000/s, 2000/s',
    );
    expect(await problemOf('spike-recovery < 5s')).toContain('which no load of this run has');
    expect(resolved(['p95 < 1s', 'p95 < 1000ms', 'p95 < 2s']).objectives).toHaveLength(2);
  });

  test.each(['errors < 0%', 'success > 100%', 'success >= 101%'])('cannot be %s', async (text) => {
    expect(await problemOf(text)).toContain(`“${text}”: no run can meet it`);
  });

  test.each(['errors <= 0%', 'success >= 100%', 'cpu > 100%'])('may be %s', (text) => {
    expect(resolved([text]).objectives).toHaveLength(1);
  });

  test('are named in messages on one short line', async () => {
    const problem = await problemOf(`\u001b[31mred\u001b[0m\n${'x'.repeat(1000)} p95 < 3ms 4`);
    expect([problem.includes('\u001b'), problem.includes('\n')]).toEqual([false, false]);
    expect(problem.length).toBeLessThan(400);
  });

  test.each([
    ['p95 < 300ms', 'p95 > 300ms'],
    ['p95 < 300ms', 'p95 >= 300ms'],
    ['get_item p95 <= 1s at 50/s', 'get_item p95 > 2s at 50/s'],
    ['p95 < 100ms', 'p95 > 1s at 50/s'],
  ])('cannot be %s and %s at once', async (one, other) => {
    expect(await problemOf(one, other)).toContain(`“${one}” and “${other}” contradict each other`);
  });

  test.each([
    [['p95 < 300ms', 'p95 > 100ms']],
    [['p95 <= 300ms', 'p95 >= 300ms']],
    [['p95 < 300ms', 'p99 > 300ms']],
    [['p95 < 300ms', 'get_item p95 > 300ms']],
  ])('may be %s', (slo) => {
    expect(resolved(slo).objectives).toHaveLength(2);
  });
});

describe('the objectives of a stored run', () => {
  test('are needed where --strict is, since its own were held when it ran', async () => {
    expect(objectivesOf(undefined)).toBeUndefined();
    expect(objectivesOf(['p95 < 300ms'], true)).toHaveLength(1);
    const { message, fault } = await userErrorOf(() => objectivesOf(undefined, true));
    expect(fault).toBe('usage');
    expect(message).toBe(
      "--strict: there are no objectives to hold the stored run to, and its own were held when it ran: give --slo 'p95 < 300ms'",
    );
  });
});
