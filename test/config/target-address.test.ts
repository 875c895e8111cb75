import { describe, expect, test } from 'vitest';
import { readTargetAddress, splitLogin } from '../../src/config/target-address.js';

const PLAIN = { basePath: '', login: null };
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('the address of a server', () => {
  test.for([
    ['http://127.0.0.1:3000', { origin: 'http://127.0.0.1:3000', ...PLAIN }],
    ['localhost:3000', { origin: 'http://localhost:3000', ...PLAIN }],
    ['localhost', { origin: 'http://localhost', ...PLAIN }],
    ['[::1]:3000', { origin: 'http://[::1]:3000', ...PLAIN }],
    ['api.example.com/v1', { origin: 'http://api.example.com', basePath: '/v1', login: null }],
    ['https://h:8443/api/v1//', { origin: 'https://h:8443', basePath: '/api/v1', login: null }],
    ['http://0.0.0.0:3000', { origin: 'http://127.0.0.1:3000', ...PLAIN }],
    ['0.0.0.0:3000', { origin: 'http://127.0.0.1:3000', ...PLAIN }],
    ['http://[::]:3000/', { origin: 'http://[::1]:3000', ...PLAIN }],
  ] as const)('%s', ([text, address]) => {
    expect(readTargetAddress(text)).toEqual(address);
  });

  test.for([
    ['http://me:p%40ss@h/api', 'me:p@ss'],
    ['me:p%zz@h:80', 'me:p%zz'],
    ['http://:token12@h', ':token12'],
    ['http://me@h', 'me:'],
  ] as const)('has the login of %s for its origin', ([text, pair]) => {
    const address = readTargetAddress(text);
    if (typeof address === 'string') throw new Error(address);
    expect(address.login).toMatchObject({ origin: address.origin, authorization: basic(pair) });
    expect(address.login?.secrets).toContain(pair);
  });

  test.for([
    ['', 'came nothing'],
    ['3000', 'came "3000": write http://127.0.0.1:3000'],
    [':3000/api', 'came ":3000/api": write http://127.0.0.1:3000/api'],
    ['ftp://h', 'came "ftp://h": write http://h'],
    ['nonsense', 'came "nonsense": write http://nonsense'],
    ['http://h:0', 'came "http://h:0": write http://127.0.0.1:8000'],
    ['http://h/a?b=1', 'came "http://h/a?b=1": write http://h/a, as queries'],
    ['http://u:hunter22@h:99999', 'came "http://<redacted>@h:99999": write'],
    ['u:hunter22/x@h:99999', 'came "<redacted>@h:99999": write'],
    ['ftp://u:hunter22@h', 'came "ftp://<redacted>@h": write http://<redacted>@h'],
    ['http://h/?token=hunter22', 'came "http://h/?token=<redacted>": write http://h,'],
  ] as const)('%s is refused in one sentence that says what to write', ([text, said]) => {
    const problem = readTargetAddress(text);
    expect(problem).toContain(said);
    expect(problem).not.toContain('hunter22');
  });
});

test('a URL is parted from its login', () => {
  expect(splitLogin('https://h/doc?a=1')).toEqual({ url: 'https://h/doc?a=1', login: null });
  const { url, login } = splitLogin('https://me:hunter22@h/doc?a=1');
  expect(url).toBe('https://h/doc?a=1');
  expect(login).toEqual({
    origin: 'https://h',
    authorization: basic('me:hunter22'),
    secrets: ['me:hunter22', 'hunter22'],
  });
});
