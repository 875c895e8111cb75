import { expect, test } from 'vitest';
import type { ListedScenario } from '../../src/model/config/listed-scenario.js';
import { renderScenarios } from '../../src/report/terminal/render-scenarios.js';

const shop: ListedScenario = {
  ...{ name: 'shop', place: 'shipped', file: '/there/shop/scenario.yaml', problem: null },
  description: 'A shop',
  needs: [
    { name: 'PostgreSQL', isHere: true, note: 'PostgreSQL 15.18' },
    { name: 'Redis', isHere: false, note: 'sudo apt-get install redis-server' },
  ],
  loads: [
    { profile: null, description: null, durationMs: 26_800, isPerOperation: true },
    { profile: 'peak', description: 'a busy day', durationMs: 602_000, isPerOperation: false },
    { profile: 'ab', description: null, durationMs: null, isPerOperation: true },
  ],
};
const broken: ListedScenario = {
  ...{ name: 'broken', place: 'local', file: '/here/broken/scenario.yaml', description: null },
  ...{ needs: [], loads: [], problem: 'It has 2 problems:\n  one\n  two\u001b[2J' },
};

test('scenarios are listed with what they need, what is here, and how long they take', () => {
  expect(renderScenarios([shop, broken], { color: false, unicode: true })).toBe(
    [
      'shop  shipped',
      '  A shop',
      '  needs     ✓ PostgreSQL 15.18',
      '            ✗ Redis: sudo apt-get install redis-server',
      '  takes     about 27s for each operation',
      '  profiles  peak (a busy day): about 10m 02s',
      '            ab: a fixed number of requests, as long as they take',
      '',
      'broken  /here/broken/scenario.yaml',
      '  It has 2 problems:',
      '    one',
      '    two[2J',
    ].join('\n'),
  );
});
