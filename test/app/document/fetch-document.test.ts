import { describe, expect, test } from 'vitest';
import { fetchDocument } from '../../../src/app/document/fetch-document.js';
import type { Fetch } from '../../../src/model/requests/fetch.js';
import { fetched } from '../../support/fetched.js';

const TARGET = 'http://127.0.0.1:8000';
const NO_AUTH = { entries: {}, environment: {}, unresolved: [], secrets: [] };
const headers = { 'x-key': 'secret', host: 'api.example.test' };

/** Reads from a target that redirects from one place to the next; returns who was asked what, with a key or without. */
async function ask(url: string, ...redirects: string[]) {
  const asked: string[] = [];
  const left = [...redirects];
  const answering =
    (who: string): Fetch =>
    (place, options) => {
      const hasKey = options?.headers?.includes('secret') === true;
      asked.push(`${who} ${place}${hasKey ? ' with the key' : ''}`);
      const location = left.shift();
      return Promise.resolve(
        location === undefined ? fetched('{}') : fetched('', 302, ['location', location]),
      );
    };
  const target = { origin: TARGET, fetch: answering('target') };
  const config = { headers, auth: NO_AUTH };
  await fetchDocument({ config, target, elsewhere: answering('elsewhere') })(url);
  return asked;
}

describe('the document', () => {
  test('is followed where it is redirected to, and the headers go to the target alone', async () => {
    expect(await ask(`${TARGET}/a`, '/b?c', 'http://evil.test/d', `${TARGET}/e`)).toEqual([
      `target ${TARGET}/a with the key`,
      `target ${TARGET}/b?c with the key`,
      'elsewhere http://evil.test/d',
      `target ${TARGET}/e with the key`,
    ]);
  });

  test('on another host gets no headers', async () => {
    expect(await ask('https://docs.test/a')).toEqual(['elsewhere https://docs.test/a']);
    expect(await ask('http://127.0.0.1:8001/a')).toEqual(['elsewhere http://127.0.0.1:8001/a']);
  });

  test('is at the target where that redirects to the host that it is asked as', async () => {
    const [, second] = await ask(`${TARGET}/a`, 'http://api.example.test/b');
    expect(second).toBe(`target ${TARGET}/b with the key`);
    expect(await ask('http://api.example.test/b')).toEqual(['elsewhere http://api.example.test/b']);
    const secure = await ask(`${TARGET}/a`, 'https://api.example.test/b');
    expect(secure[1]).toBe('elsewhere https://api.example.test/b');
  });

  test('is given up after five redirects, and where they lead to no page', async () => {
    await expect(ask(`${TARGET}/a`, ...Array<string>(6).fill('/a'))).rejects.toThrow('more than 5 times');
    await expect(ask(`${TARGET}/a`, 'file:///etc/passwd')).rejects.toThrow('redirected to file:');
  });
});

test('the login of its URL goes to the origin of that URL alone, whoever else is asked', async () => {
  const asked: string[] = [];
  const answering =
    (location?: string): Fetch =>
    (place, { headers: sent = [] } = {}) => {
      asked.push(`${place} ${sent.includes('Basic bG9naW4=') ? 'with' : 'without'} the login`);
      return Promise.resolve(
        location === undefined ? fetched('{}') : fetched('', 302, ['location', location]),
      );
    };
  const document = { origin: 'http://docs.test', authorization: 'Basic bG9naW4=' };
  const config = { headers, auth: { ...NO_AUTH, document } };
  const target = { origin: TARGET, fetch: answering() };
  await fetchDocument({ config, target, elsewhere: answering(`${TARGET}/b`) })('http://docs.test/a');
  expect(asked).toEqual(['http://docs.test/a with the login', `${TARGET}/b without the login`]);
});
