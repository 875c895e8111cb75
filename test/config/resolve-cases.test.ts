import { describe, expect, it } from 'vitest';
import type { RunFlags } from '../../src/config/flag-reader.js';
import { parseScenario } from '../../src/config/read-scenario.js';
import { resolveRunConfig } from '../../src/config/resolve-run-config.js';
import { userErrorOf } from '../support/caught.js';

const FILE = `
name: shop
start: { command: serve }
cases:
  - { name: 1 core, cpu: 1, memory: 512MiB }
  - { cpu: 0.5, memory: 256MiB }
  - { memory: 1.5 GB }
profiles:
  small: { cases: [{ cpu: 0.25 }] }
`;

function casesWith(flags: RunFlags, file = FILE) {
  const scenario = parseScenario(file, 'scenario.yaml');
  return resolveRunConfig(flags, { scenario, folder: '/shop' }, { freeFiles: null }).cases;
}

describe('cases of a scenario', () => {
  it('are limits in cores and bytes, named by these where they have no name', () => {
    expect(casesWith({})).toEqual([
      { name: '1 core', cpuCores: 1, memoryBytes: 512 * 2 ** 20 },
      { name: 'cpu 0.5, memory 256 MiB', cpuCores: 0.5, memoryBytes: 256 * 2 ** 20 },
      { name: 'memory 1430.51 MiB', cpuCores: null, memoryBytes: 1_500_000_000 },
    ]);
  });

  it('are those of a profile that has its own, those that --case names, or none', () => {
    expect(casesWith({ profile: 'small' }).map(({ name }) => name)).toEqual(['cpu 0.25']);
    const named = casesWith({ case: ['cpu 0.5, memory 256 MiB'] });
    expect(named.map(({ cpuCores }) => cpuCores)).toEqual([0.5]);
    expect(casesWith({ cases: false })).toEqual([]);
  });

  it.each<[RunFlags, RegExp]>([
    [
      { case: ['one core'] },
      /--case: there is no case named one core; did you mean '1 core'\?.*'1 core', 'cpu 0\.5/,
    ],
    [{ case: ['1 core'], cases: false }, /--case: does not go with --no-cases/],
    [{ url: 'http://127.0.0.1:1' }, /cases: --url names a server that runs already.*--no-cases/],
  ])('are refused with %j', async (flags, message) => {
    expect((await userErrorOf(() => casesWith(flags))).message).toMatch(message);
  });

  it('need a target that bench starts, and one that serves itself', async () => {
    const any = FILE.replace('command: serve', 'command: docker compose up, owner: any');
    expect((await userErrorOf(() => casesWith({}, any))).message).toMatch(
      /start\.owner: any.*docker run --cpus/,
    );
    expect(casesWith({ url: 'http://127.0.0.1:1', cases: false })).toEqual([]);
  });

  it('say all that is wrong with them, each with what was expected', async () => {
    const file = `
name: shop
cases:
  - { cpu: 0, memory: 256 }
  - { cpu: half }
  - { memory: 10KB }
  - { name: nothing }
  - { cpus: 2 }
`;
    const { message } = await userErrorOf(() => parseScenario(file, 'scenario.yaml'));
    expect(message.split('\n').slice(1)).toEqual([
      expect.stringMatching(/line 4, cases\.0\.cpu: expected cores, such as 2 or 0\.5.*, came 0$/),
      expect.stringMatching(/cases\.0\.memory: expected a size with its unit.*, came 256$/),
      expect.stringMatching(/cases\.1\.cpu: expected cores.*came "half"$/),
      expect.stringMatching(/cases\.2\.memory: expected a size.*came "10KB"$/),
      expect.stringMatching(/cases\.3: expected a limit: cpu, memory or both, came/),
      expect.stringMatching(/cases\.4\.cpus: unknown key; did you mean `cpu`\?$/),
    ]);
  });

  it('have names and limits of their own', async () => {
    const file = `
name: shop
cases:
  - { name: small, cpu: 1 }
  - { name: small, cpu: 2 }
  - { name: large, cpu: 1 }
`;
    const { message } = await userErrorOf(() => parseScenario(file, 'scenario.yaml'));
    expect(message).toContain(
      'cases.1.name: expected a name of its own, not that of case 1 (small), came "small"',
    );
    expect(message).toContain('cases.2: expected limits of its own, not those of case 1 (small)');
  });
});
