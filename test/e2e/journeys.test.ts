import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fixtureServer } from '../support/fixture-server.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const SCENARIO = `
name: notes
load: { users: [6], duration: 2s, think: 5ms }
onStart:
  - call: sign_in
    capture: { header.authorization: 'Bearer {/token}', body.owner: /user/id }
journeys:
  - name: write
    weight: 3
    steps:
      - { call: create_note, capture: { path.note_id: /note/id } }
      - read_note
      - { call: change_note, think: 1ms-20ms }
  - name: fail
    steps: [create_note, break, create_note]
`;

test('users read and change only what they themselves have made, each signed in as itself', async ({
  sandbox,
}) => {
  const server = await fixtureServer('own-notes');
  try {
    const file = join(sandbox.folder, 'notes.yaml');
    writeFileSync(file, SCENARIO);
    const { code, stdout, stderr } = await sandbox.bench([
      ...['run', '--scenario', file, '--url', server.url, '--out', sandbox.out],
    ]);
    const { cells, preflight } = sandbox.record();
    const [cell] = cells;
    const { id, subject, counts, byOperation } = cell!;
    const of = (name: string) => byOperation![subject.operations.findIndex((one) => one.id === name)]!;
    const seen = (await (await fetch(`${server.url}/counts`)).json()) as Record<string, number>;

    expect([0, 4]).toContain(code);
    expect(id).toBe('mixture_u6');
    expect(seen).toMatchObject({ mixed: 0, anonymous: 0 });
    // The pre-flight goes once through each journey, as a user of its own.
    expect(seen).toMatchObject({
      signedIn: 6 + 1,
      created: of('create_note').counts.succeeded + 2,
      read: of('read_note').counts.succeeded + 1,
      changed: of('change_note').counts.succeeded + 1,
    });
    expect(of('sign_in').counts).toMatchObject({ planned: 6, succeeded: 6 });
    expect(of('read_note').counts.succeeded).toBeGreaterThan(100);
    expect(of('break').counts.failed).toBe(counts.failed);
    expect(of('break').counts.failed).toBeGreaterThan(10);
    expect(preflight!.map(({ operation, state }) => [operation.id, state])).toEqual([
      ['sign_in', 'ok'],
      ['create_note', 'ok'],
      ['read_note', 'ok'],
      ['change_note', 'ok'],
      ['break', 'server-error'],
    ]);
    expect(stderr).toContain(
      'Users take 2 journeys, each after 1 request at its start: write (3 requests) 75.0 %, fail (3 requests) 25.0 %.',
    );
    expect(stderr).toContain(
      'journeys: fail: step 2 (GET /broken) was answered with 500, and the rest of it',
    );
    expect(stdout).toMatch(/^Aggregated /m);
  } finally {
    server.stop();
  }
});
