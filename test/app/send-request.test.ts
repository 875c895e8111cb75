import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonOf, sendRequest } from '../../src/app/send-request.js';
import { fetchElsewhere as fetch } from '../../src/load/transport/fetch-through.js';
import { headerOf, type Fetch } from '../../src/model/fetch.js';
import { fetched } from '../support/fetched.js';
import { tinyServer, type TinyServer } from '../support/tiny-server.js';

let server: TinyServer;
beforeAll(async () => {
  server = await tinyServer();
});
afterAll(() => server.close());

const going = new AbortController().signal;
const get = (path: string): { method: string; path: string; headers: string[]; body: null } => ({
  ...{ method: 'GET', path, headers: [], body: null },
});

describe('a request outside the load', () => {
  test('gives the answer of any status', async () => {
    const answer = await sendRequest({ origin: server.origin, fetch }, get('/503'), 5000, going);
    expect(answer).toMatchObject({ status: 503, failure: null });
    expect(answer.body.toString()).toBe('ok');
    expect(headerOf(answer, 'Content-Length')).toBe('2');
    expect(headerOf(answer, 'x-none')).toBeNull();
    expect(jsonOf(answer)).toBeUndefined();
  });

  test('that nobody takes is data, with the kind of its failure', async () => {
    const gone = await tinyServer();
    await gone.close();
    const answer = await sendRequest({ origin: gone.origin, fetch }, get('/'), 5000, going);
    expect(answer).toMatchObject({
      status: null,
      failure: `connection-refused at ${gone.origin.slice('http://'.length)}`,
    });
  });

  test('that is not answered in time is data', async () => {
    const answer = await sendRequest({ origin: server.origin, fetch }, get('/silent'), 50, going);
    expect(answer).toMatchObject({ status: null, failure: 'no answer within 0.05 s' });
  });

  test('ends with an interrupt', async () => {
    const stopper = new AbortController();
    const sent = sendRequest({ origin: server.origin, fetch }, get('/silent'), 5000, stopper.signal);
    stopper.abort(new Error('interrupted'));
    await expect(sent).rejects.toThrow('interrupted');
  });

  test('keeps no answer of more than 4 MB, but knows its length', async () => {
    const bytes = 4 * 1024 * 1024 + 1;
    const fetch: Fetch = () => Promise.resolve(fetched('x'.repeat(bytes)));
    const answer = await sendRequest({ origin: '', fetch }, get('/'), 5000, going);
    expect(answer).toMatchObject({ status: 200, bytesReceived: bytes, body: { length: 0 } });
  });
});
