import { afterEach, describe, expect, it } from 'vitest';
import { serveMetrics, type MetricsServer } from '../../../src/app/outputs/serve-metrics.js';
import { userErrorOf } from '../../support/caught.js';

let server: MetricsServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('the server of live metrics', () => {
  it('renders when it is asked, in the format that is asked for', async () => {
    let asked = 0;
    server = await serveMetrics(0, (format) => `${format} ${(asked += 1)}\n`);
    expect(asked).toBe(0);

    const plain = await fetch(server.url);
    expect(await plain.text()).toBe('text 1\n');
    expect(plain.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');

    const open = await fetch(server.url, {
      headers: { accept: 'application/openmetrics-text;version=1.0.0' },
    });
    expect(await open.text()).toBe('openmetrics 2\n');
    expect(open.headers.get('content-type')).toBe(
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    );
  });

  it('listens on this machine alone', async () => {
    server = await serveMetrics(0, () => '');
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
  });

  it('answers what is not asked well with what would be', async () => {
    server = await serveMetrics(0, () => 'metrics\n');
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
    const other = await fetch(new URL('/', server.url));
    expect([other.status, await other.text()]).toEqual([404, 'The metrics of this run are at /metrics.\n']);
    expect((await fetch(`${server.url}?x=1`)).status).toBe(200);
    const head = await fetch(server.url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('tells the user when the port is taken', async () => {
    const first = await serveMetrics(0, () => '');
    server = first;
    const port = Number(new URL(first.url).port);
    const error = await userErrorOf(() => serveMetrics(port, () => ''));
    expect(error.fault).toBe('usage');
    expect(error.message).toBe(`--prometheus: port ${port} on 127.0.0.1 is taken.`);
    expect(error.hint).toContain('--prometheus 0');
  });

  it('is gone once it is closed, also for a reader that keeps its connection', async () => {
    const closing = await serveMetrics(0, () => 'metrics\n');
    await (await fetch(closing.url)).text();
    await closing.close();
    await expect(fetch(closing.url)).rejects.toThrow();
  });
});
