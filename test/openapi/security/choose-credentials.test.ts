import { describe, expect, test } from 'vitest';
import type { Credential } from '../../../src/model/requests/request.js';
import { chooseCredentials } from '../../../src/openapi/security/choose-credentials.js';

const credential = (value: string, name = value, place: Credential['place'] = 'header'): Credential => ({
  place,
  name,
  value,
});
const held = (scheme: string, ...credentials: Credential[]) => ({ scheme, credentials });
const A = held('A', credential('a'));
const B = held('B', credential('b'));

function chosen(security: string[][], ...configured: ReturnType<typeof held>[]) {
  const { credentials, problems } = chooseCredentials({ security }, configured);
  return { values: credentials.map(({ value }) => value), problems };
}

describe('an operation gets', () => {
  test('nothing when it names nothing', () => {
    expect(chosen([], A, B)).toEqual({ values: [], problems: [] });
  });

  test('all that it names together', () => {
    expect(chosen([['A', 'B']], A, B).values).toEqual(['a', 'b']);
  });

  test('all configured ones of alternatives too, since FastAPI publishes so what is needed together', () => {
    expect(chosen([['A'], ['B']], A, B).values).toEqual(['a', 'b']);
    expect(chosen([['A'], ['B']], B)).toEqual({ values: ['b'], problems: [] });
  });

  test('what is optional, when it is configured', () => {
    expect(chosen([[], ['A']], A)).toEqual({ values: ['a'], problems: [] });
    expect(chosen([['A'], []])).toEqual({ values: [], problems: [] });
  });

  test('what goes with every operation', () => {
    expect(chosen([], held('*', credential('every'))).values).toEqual(['every']);
    expect(chosen([['A']], held('*', credential('every')), A).values).toEqual(['a', 'every']);
  });

  test('of two for one place the one of the first alternative that can be fulfilled', () => {
    const basic = held('Basic', credential('basic', 'Authorization'));
    const bearer = held('Bearer', credential('bearer', 'authorization'));
    expect(chosen([['Basic', 'Missing'], ['Bearer']], basic, bearer).values).toEqual(['bearer']);
    expect(chosen([['Basic'], ['Bearer']], basic, bearer).values).toEqual(['basic']);
  });

  test('cookies and queries side by side: only of headers is the case the same name', () => {
    const cookies = held(
      'A',
      credential('1', 'k', 'cookie'),
      credential('2', 'K', 'cookie'),
      credential('3', 'k', 'query'),
    );
    expect(chosen([['A']], cookies).values).toEqual(['1', '2', '3']);
  });
});

test('what is missing is a problem for each scheme, once, and only when no alternative is fulfilled', () => {
  expect(
    chosen(
      [
        ['A', 'My-B'],
        ['My-B', 'C'],
      ],
      A,
    ),
  ).toEqual({
    values: ['a'],
    problems: [
      'needs My-B, which is not configured: set BENCH_AUTH_MY_B or auth: in the scenario file',
      'needs C, which is not configured: set BENCH_AUTH_C or auth: in the scenario file',
    ],
  });
});
