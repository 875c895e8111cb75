import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { classifyFailure, FAILURE_KINDS } from '../../../src/load/transport/classify-failure.js';

const withCode = (code: string | undefined): Error => Object.assign(new Error('x'), { code });

describe('classifyFailure', () => {
  it.each([
    ['ECONNREFUSED', 'connection-refused'],
    ['ECONNRESET', 'connection-reset'],
    ['UND_ERR_SOCKET', 'connection-closed'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect-timeout'],
    ['UND_ERR_HEADERS_OVERFLOW', 'headers-too-large'],
    ['EMFILE', 'too-many-open-files'],
    ['EADDRNOTAVAIL', 'no-free-local-port'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-not-trusted'],
    ['EPROTO', 'tls-failed'],
    ['ENOENT', 'socket-not-found'],
    ['ENEWTHING', 'enewthing'],
  ])('calls %s %s', (code, kind) => {
    expect(classifyFailure(withCode(code))).toBe(kind);
  });

  it('looks into the attempts on several addresses', () => {
    expect(classifyFailure(new AggregateError([withCode('ECONNREFUSED'), withCode('EHOSTUNREACH')]))).toBe(
      'connection-refused',
    );
  });

  it('knows an answer that is no HTTP by the name of its error, which may have no code', () => {
    const error = Object.assign(withCode(undefined), { name: 'HTTPParserError' });
    expect(classifyFailure(error)).toBe('invalid-response');
  });

  it('has a name for what it cannot name', () => {
    expect([classifyFailure('text'), classifyFailure(withCode(undefined)), classifyFailure(null)]).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});

it('has every kind explained', () => {
  const text = readFileSync('docs/failures.md', 'utf8');
  const explained = [...text.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, kind]) => kind);
  expect(explained.sort()).toEqual([...FAILURE_KINDS].sort());
});
