import { describe, expect, test } from 'vitest';
import { flagsOfSide, readAbFlags, type AbFlags } from '../../src/config/side-flags.js';

describe('the flags of a side', () => {
  test('are those of both, with its own in their place', () => {
    const flags: AbFlags = { command: 'node a.js', candidateCommand: 'node b.js', rates: ['200'] };
    expect(flagsOfSide(flags, 'base')).toMatchObject({ command: 'node a.js', rates: ['200'] });
    expect(flagsOfSide(flags, 'candidate', 7)).toMatchObject({
      command: 'node b.js',
      rates: ['200'],
      seed: '7',
    });
  });

  test('name one target: a URL of its own stands in place of the command of both', () => {
    const flags: AbFlags = { command: 'node a.js', candidateUrl: 'http://127.0.0.1:1' };
    const candidate = flagsOfSide(flags, 'candidate');
    expect(candidate).toMatchObject({ url: 'http://127.0.0.1:1' });
    expect(candidate).not.toHaveProperty('command');
    expect(flagsOfSide(flags, 'base')).not.toHaveProperty('url');
  });

  test('hold nothing that is said of the whole', () => {
    const flags: AbFlags = { baseProfile: 'peak', repeats: '5', out: 'x', format: ['md'], json: true };
    expect(flagsOfSide(flags, 'base')).toEqual({ baseProfile: 'peak', profile: 'peak' });
  });
});

describe('the flags of bench ab', () => {
  test('have five repeats unless told otherwise, and the words of each preparation', () => {
    const prepare = ['npm ci', "sh -c 'npm run build && cp a b'"];
    expect(readAbFlags({ base: 'HEAD', prepare })).toEqual({
      repeats: 5,
      prepare: [
        ['npm', 'ci'],
        ['sh', '-c', 'npm run build && cp a b'],
      ],
    });
    expect(readAbFlags({ candidate: 'HEAD', repeats: '8' })).toEqual({ repeats: 8, prepare: [] });
  });

  test('are refused, with all problems at once', () => {
    expect(() =>
      readAbFlags({ command: 'node a.js', prepare: ['npm ci && x'], spec: '-', repeats: '0' }),
    ).toThrow(
      /would be the same[^]*--prepare: it makes a revision ready[^]*--spec: standard input[^]*--repeats: expected[^]*--prepare: "npm ci && x" needs a shell/,
    );
  });
});
