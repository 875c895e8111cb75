import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../../src/model/requests/mask-secrets.js';
import type { RequestBlueprint } from '../../../src/model/requests/request.js';

function request(changes: Partial<RequestBlueprint>): RequestBlueprint {
  return { method: 'POST', path: '/x', headers: [], body: null, ...changes };
}

describe('what a server repeats is masked when it was', () => {
  test.each<[string, Partial<RequestBlueprint>, string, string]>([
    [
      'a token',
      { headers: ['authorization', 'Bearer abc.def'] },
      'bad token abc.def',
      'bad token <redacted>',
    ],
    ['a key of any name', { headers: ['x-tenant', 'k-123456'] }, 'k-123456?', '<redacted>?'],
    ['a cookie', { headers: ['cookie', 'sid=s3cr3t; a=b'] }, 'no session s3cr3t', 'no session <redacted>'],
    ['a key in the query', { path: '/x?api_key=a%2Fb+c' }, 'a/b c', '<redacted>'],
    [
      'a password in JSON',
      { body: '{"user":{"password":"hunter22"}}' },
      'hunter22 is short',
      '<redacted> is short',
    ],
    ['a password in a form', { body: 'user=me&password=hunter22' }, 'hunter22', '<redacted>'],
    [
      'no secret',
      { headers: ['content-type', 'text/plain'], body: '{"name":"field"}' },
      'text/plain field',
      'text/plain field',
    ],
    ['too short to be told from a word', { headers: ['x-key', 'is'] }, 'this is', 'this is'],
  ])('%s', (_, changes, said, expected) => {
    expect(maskSecrets(said, request(changes))).toBe(expected);
  });
});
