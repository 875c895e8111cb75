import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonOf, sendRequest } from '../../../src/app/requests/send-request.js';
import { fetchElsewhere as fetch, fetchThrough } from '../../../src/load/transport/fetch-through.js';
import { systemClock, type Clock } from '../../../src/kernel/clock.js';
import { headerOf, type Fetch } from '../../../src/model/requests/fetch.js';
import { fetched } from '../../support/fetched.js';
import { tinyServer, type TinyServer } from '../../support/tiny-server.js';

let server: TinyServer;
beforeAll(async () => {
  server = await tinyServer();
});
afterAll(() => server.close());

const going = new AbortController().signal;
/** For which a second, the time that a stream gets to end by itself, is over soon. */
const impatient: Clock = {
  ...systemClock,
  after: (delayMs, run) => systemClock.after(delayMs === 1000 ? 100 : delayMs, run),
};
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

  test.each(['data: 1\n\n', ''])('for a stream of events ends with what has come: %j', async (event) => {
    const events = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      if (event !== '') response.write(event);
    });
    await new Promise<void>((resolve) => events.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(events.address() as AddressInfo).port}`;
    for (const client of ['undici', 'wire'] as const) {
      const connection = { socketPath: null, acceptsAnyCertificate: false, keepAlive: true };
      const fetcher = fetchThrough({ connection, client }, impatient);
      const answer = await sendRequest({ origin, fetch: fetcher.fetch }, get('/'), 5000, going);
      expect(answer).toMatchObject({ status: 200, failure: null, bytesReceived: event.length });
      expect(answer.stream?.firstEventMs).toEqual(event === '' ? null : expect.any(Number));
      await fetcher.close();
    }
    events.closeAllConnections();
    events.close();
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
