import { describe, expect, it } from 'vitest';
import { codeOf, reasonOf, unreachable, UserError } from '../../src/kernel/errors.js';

describe('reasonOf', () => {
  it('tells the innermost cause, which fetch hides', () => {
    const inner = new Error('connect ECONNREFUSED');
    expect(reasonOf(new Error('fetch failed', { cause: inner }))).toBe('connect ECONNREFUSED');
    expect(reasonOf(new Error('fetch failed', { cause: new AggregateError([inner], 'all') }))).toBe(
      'connect ECONNREFUSED',
    );
  });

  it('says something of whatever was thrown', () => {
    expect([reasonOf('text'), reasonOf(undefined), reasonOf(new TypeError(''))]).toEqual([
      'text',
      'undefined',
      'TypeError',
    ]);
  });
});

describe('codeOf', () => {
  it('reads the code of an error that has one', () => {
    expect(codeOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT');
    const without = [new Error('x'), null, 'ENOENT', { code: undefined }];
    expect(without.map(codeOf)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('UserError', () => {
  it('keeps whose fault it is, the hint and the cause', () => {
    const cause = new Error('below');
    expect(new UserError('usage', 'No such file.', 'Check the name.', { cause })).toMatchObject({
      fault: 'usage',
      message: 'No such file.',
      hint: 'Check the name.',
      cause,
    });
  });
});

describe('unreachable', () => {
  it('throws with the value that should not be', () => {
    expect(() => unreachable('new member' as never)).toThrow('unexpected value "new member"');
  });
});
