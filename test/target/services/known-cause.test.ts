import { expect, test } from 'vitest';
import { knownCause, lostItsPort } from '../../../src/target/services/known-cause.js';

test.each([
  [
    'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.',
    'TMPDIR=/other/folder',
  ],
  [
    'initdb: error: could not write to file "pg_wal/xlogtemp.8": No space left on device',
    'TMPDIR=/other/folder',
  ],
  ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'Start bench again'],
  ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'too little memory'],
  ['initdb: error: could not create directory "/x/data": Permission denied', '/tmp/here'],
  ['initdb: error: invalid locale settings; check LANG and LC_* environment variables', 'locales'],
])('%s is told with a remedy', (output, remedy) => {
  expect(knownCause(`one\n${output}\nHINT: two`, '/tmp/here')).toContain(remedy);
});

test('what is not known is left to its own words', () => {
  expect(knownCause('PANIC: something else', '/tmp/here')).toBeUndefined();
});

test('a port that somebody else took first, here or for a container, is known', () => {
  expect(lostItsPort('could not bind: Address already in use')).toBe(true);
  expect(lostItsPort('Bind for 127.0.0.1:5000 failed: port is already allocated')).toBe(true);
  expect(lostItsPort('No space left on device')).toBe(false);
});
