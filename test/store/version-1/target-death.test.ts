import { expect, test } from 'vitest';
import { withTargetDeath } from '../../../src/store/version-1/target-death.js';

const judged = (...reasons: { id: string; message: string }[]) => ({
  id: 'get_item',
  verdict: { state: 'SUSPECT', reasons },
});
const died = (message: string) => judged({ id: 'few-samples', message: 'x' }, { id: 'target-died', message });

test.each([
  ['the target exited with code 1', { how: 'exited with code 1', lastOutput: [] }],
  [
    'the target was killed by SIGKILL; its last output: Error: no; memory ⏎   at main ⏎ bye',
    { how: 'was killed by SIGKILL', lastOutput: ['Error: no; memory', '  at main', 'bye'] },
  ],
  [
    'the target exited with code 1; its last output: a; its last output: b',
    { how: 'exited with code 1', lastOutput: ['a; its last output: b'] },
  ],
])('the death behind %j is stored as data', (message, targetDeath) => {
  expect(withTargetDeath(died(message))).toEqual({ ...died(message), targetDeath });
});

test.each<[string, Record<string, unknown>]>([
  ['lived', judged({ id: 'few-samples', message: 'the target exited with code 1' })],
  ['died in words that no version wrote', died('it is gone')],
  ['is damaged', { verdict: { reasons: 'none' } }],
  ['has no verdict', {}],
])('a cell whose target %s stays as it is', (_, cell) => {
  expect(withTargetDeath(cell)).toBe(cell);
});
