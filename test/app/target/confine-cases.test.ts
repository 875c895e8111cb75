import { describe, expect, it } from 'vitest';
import { confineCases, type Limiter } from '../../../src/app/target/confine-cases.js';
import type { RunEvent } from '../../../src/model/live/run-events.js';
import type { CaseLimits } from '../../../src/model/results/resource-case.js';
import { userErrorOf } from '../../support/caught.js';

const MIB = 2 ** 20;
const half: CaseLimits = { name: 'half', cpuCores: 0.5, memoryBytes: 256 * MIB };
const two: CaseLimits = { name: 'two', cpuCores: 2, memoryBytes: 256 * MIB };

function limiter(changes: Partial<Limiter> = {}): Limiter & { asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    platform: 'linux',
    cores: 4,
    memoryBytes: 1024 * MIB,
    pinnable: () => [1, 3, 5, 7],
    plan: (wanted) => {
      asked.push(wanted);
      return { by: { cpu: 2, memory: 2 }, orders: () => [], refusals: [] };
    },
    ...changes,
  };
}

const NO_GROUPS: Limiter['plan'] = () => ({
  by: {},
  orders: () => [],
  refusals: ['/cg: this user may not write there'],
});

function confined(cases: readonly CaseLimits[], of: Limiter) {
  const notices: string[] = [];
  const observe = (event: RunEvent): void => {
    if (event.kind === 'notice') notices.push(event.message);
  };
  return { cases: confineCases(cases, observe, of), notices };
}

describe('cases', () => {
  it('are held by control groups where they can be written, without a word', () => {
    const { cases, notices } = confined([half], limiter());
    expect(cases.map((one) => one.case)).toEqual([{ ...half, cpuBy: 'cgroup-v2', memoryBy: 'cgroup-v2' }]);
    expect(cases[0]?.confinement()).toEqual({ groups: [], cpuList: null, memoryLimit: '256 MiB' });
    expect(notices).toEqual([]);
  });

  it('of whole cores are pinned where they cannot, and it is said that memory is not limited', () => {
    const { cases, notices } = confined([two], limiter({ plan: NO_GROUPS }));
    expect(cases[0]?.case).toMatchObject({ cpuBy: 'taskset', memoryBy: 'nothing' });
    expect(cases[0]?.confinement().cpuList).toBe('1,3');
    expect(notices.join('\n')).toMatch(/pinned to whole cores with taskset.*\/cg: this user may not write/);
    expect(notices.join('\n')).toMatch(/Memory is not limited in 1 case.*: two\./);
  });

  it('of parts of a core are refused then, all in one message, with what to do', async () => {
    const third = { ...half, name: 'third', cpuCores: 0.3 };
    const error = await userErrorOf(() => confined([half, two, third], limiter({ plan: NO_GROUPS })));
    expect(error.message.split('\n')).toEqual([
      'cases: half: 0.5 cores cannot be kept to here: no control group can be written, and taskset knows whole cores only',
      'cases: third: 0.3 cores cannot be kept to here: no control group can be written, and taskset knows whole cores only',
    ]);
    expect(error.hint).toMatch(/\/cg: this user may not write there[^]*systemd-run[^]*--no-cases/);
  });

  it('cannot be pinned without taskset', async () => {
    const none = limiter({ plan: NO_GROUPS, pinnable: () => undefined });
    expect((await userErrorOf(() => confined([two], none))).message).toContain('install util-linux');
  });

  it('that are larger than the machine get what there is, and it is said', () => {
    const of = limiter();
    const { cases, notices } = confined([{ name: 'vast', cpuCores: 64, memoryBytes: 4096 * MIB }], of);
    expect(of.asked).toEqual([{ cpuCores: 4, memoryBytes: 1024 * MIB }]);
    expect(cases[0]?.case).toMatchObject({ cpuCores: 64, memoryBytes: 4096 * MIB });
    expect(notices).toEqual([
      'Cases with more cores than there are here (4 cores), which is what they get: vast.',
      'Cases with more memory than there is here (1 GiB), which is what they get: vast.',
    ]);
  });

  it('are refused on other systems, and none need nothing', async () => {
    const mac = limiter({ platform: 'darwin' });
    expect((await userErrorOf(() => confined([half], mac))).message).toContain('only Linux');
    expect(confined([], mac).cases).toEqual([]);
  });
});
