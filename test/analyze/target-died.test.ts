import { describe, expect, it } from 'vitest';
import { targetDied } from '../../src/analyze/target-died.js';

const adviceOn = (how: string, isTargetStarted = true): string | undefined =>
  targetDied({ how, lastOutput: [] }, { isTargetStarted }).remedy;

describe('targetDied', () => {
  it('says how it ended, and what it wrote last', () => {
    const death = { how: 'exited with code 1', lastOutput: ['one', 'two'] };
    expect(targetDied(death, { isTargetStarted: true })).toMatchObject({
      id: 'target-died',
      message: 'the target exited with code 1; its last output: one ⏎ two',
    });
  });

  it.each<[string, string]>([
    ['exited with code 1', 'it ended by itself: the end of server.log'],
    ['was killed by SIGKILL', 'for lack of memory'],
    ['exited with code 137', 'for lack of memory'],
    ['was killed by SIGSEGV', 'crashed in native code'],
    ['exited with code 139', 'crashed in native code'],
    ['was killed by SIGTERM', 'another program ended it'],
    ['lost its supervisor', "killed bench's own process"],
  ])('advises on one that %s', (how, advice) => {
    expect(adviceOn(how)).toContain(advice);
  });

  it('sends nobody to a log that bench has not written', () => {
    expect(adviceOn('has ended', false)).toContain("the server's own log");
    expect(adviceOn('has ended', false)).not.toContain('server.log');
  });
});
