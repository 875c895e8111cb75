import { expect, test } from 'vitest';
import { targetDied } from '../../../src/analyze/rules/target-died.js';
import { cell, judgedRun } from '../../support/cells.js';

const adviceOn = (how: string, isTargetStarted = true): string | undefined =>
  targetDied.explain(cell({ targetDeath: { how, lastOutput: [] } }), { ...judgedRun, isTargetStarted })
    ?.remedy;

test.each<[string, string]>([
  ['exited with code 1', 'it ended by itself: the end of server.log'],
  ['was killed by SIGKILL', 'for lack of memory'],
  ['exited with code 137', 'for lack of memory'],
  ['was killed by SIGSEGV', 'crashed in native code'],
  ['exited with code 139', 'crashed in native code'],
  ['was killed by SIGTERM', 'another program ended it'],
  ['lost its supervisor', "killed bench's own process"],
])('a target that %s gets its own advice', (how, advice) => {
  expect(adviceOn(how)).toContain(advice);
});

test('nobody is sent to a log that bench has not written', () => {
  expect(adviceOn('has ended', false)).toContain("the server's own log");
  expect(adviceOn('has ended', false)).not.toContain('server.log');
});
