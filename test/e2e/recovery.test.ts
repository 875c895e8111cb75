import { askedOf } from '../../src/model/results/subject.js';
import { expect } from 'vitest';
import { fixtureServer } from '../support/fixture-server.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

test('a target that was given up on is asked with what changes nothing, and each request is counted', async ({
  sandbox,
}) => {
  const server = await fixtureServer('slow-writes');
  try {
    const load = ['--rates', '20', '30', '--duration', '500ms', '--warmup', '0s', '--timeout', '400ms'];
    const place = ['--url', server.url, '--include', 'list_items', 'make_item', '--out', sandbox.out];
    await sandbox.bench(['run', ...load, ...place, '--pacing', 'relaxed']);
    const { cells } = sandbox.record();
    const writes = cells.filter(({ subject }) => askedOf(subject).method === 'POST');
    const first = cells.findIndex(({ subject }) => askedOf(subject).method === 'POST');

    expect(writes.map(({ counts }) => counts.timedOut)).toEqual([10, 15]);
    expect(cells[first]?.recovery).toMatchObject({
      state: 'recovered',
      requests: [
        { method: 'GET', path: '/' },
        { method: 'GET', path: '/items' },
      ],
    });
    for (const { count } of cells[first]?.recovery?.requests ?? []) expect(count).toBeGreaterThanOrEqual(3);
    expect(cells.at(-1)?.recovery).toBeUndefined();
    // The load's, and the one of the pre-flight.
    const sent = writes.reduce((sum, { counts }) => sum + counts.sent, 0);
    expect(Number(await (await fetch(`${server.url}/writes`)).text())).toBe(sent + 1);
  } finally {
    server.stop();
  }
});
