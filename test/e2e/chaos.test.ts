import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { accountedFor } from '../support/bench-run.js';
import { refusedOrigin } from '../support/raw-server.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, QUICK, Sandbox, serverCommand } from '../support/sandbox.js';

const SERVER = 'breaks-http';
/** For one operation: start, half a second of load, the last deadline a second later, the end; on a busy machine. */
const LONGEST_MS = 30_000;

const SHORT = ['--preflight', 'off', '--warmup', '0s', '--pacing', 'relaxed'];
const LOAD = [...SHORT, '--rates', '50', '--duration', '500ms', '--timeout', '1s'];
const PLANNED = 25;

/** Measures these operations of the server that breaks HTTP, in the order of its document. */
async function measureAll(
  sandbox: Sandbox,
  operations: readonly string[],
  load: readonly string[] = LOAD,
): Promise<CellRecord[]> {
  const startMs = performance.now();
  const included = operations.flatMap((operation) => ['--include', operation]);
  const target = ['--command', serverCommand(SERVER), '--port', 'auto', ...included];
  const outcome = await sandbox.bench(['run', ...load, ...target, '--out', sandbox.out]);

  expect(outcome.stderr).not.toMatch(/Internal error|^\s+at /m);
  expect(performance.now() - startMs).toBeLessThan(operations.length * LONGEST_MS);
  const { status, cells } = sandbox.record();
  expect([status, ...cells.map(({ subject }) => subject.id)]).toEqual(['complete', ...operations]);
  // Of a machine that was too busy to make the load in time.
  const trusted = cells.filter(({ verdict }) => verdict.state !== 'INVALID');
  const isAnswered = trusted.length === 0 || trusted.some(({ counts }) => counts.succeeded > 0);
  const answeredCode = trusted.length < cells.length ? 4 : 0;
  expect(outcome.code).toBe(isAnswered ? answeredCode : 1);
  for (const { counts, ...cell } of cells) {
    expect(accountedFor({ counts, ...cell })).toBe(counts.planned);
    expect(counts.sent).toBeLessThanOrEqual(counts.planned);
  }
  return cells;
}

async function measure(
  sandbox: Sandbox,
  operation: string,
  load: readonly string[] = LOAD,
): Promise<CellRecord> {
  const [cell] = await measureAll(sandbox, [operation], load);
  return cell!;
}

/** All requests were sent, and none was answered. */
const UNANSWERED = { planned: PLANNED, sent: PLANNED, completed: 0 };

function expectFailed({ subject, counts, failures, statusCodes }: CellRecord, kind: string): void {
  expect({ operation: subject.id, ...counts, failures, statusCodes }).toMatchObject({
    ...{ operation: subject.id, ...UNANSWERED, failed: PLANNED, timedOut: 0 },
  });
  expect([subject.id, failures, statusCodes]).toEqual([subject.id, { [kind]: PLANNED }, {}]);
}

function expectTimedOut({ subject, counts, failures }: CellRecord): void {
  expect({ operation: subject.id, ...counts }).toMatchObject({
    ...{ operation: subject.id, ...UNANSWERED, failed: 0, timedOut: PLANNED },
  });
  expect(failures).toEqual({});
}

describe.concurrent('a server that', () => {
  test('breaks each answer in its own way fails every request with its name, and is measured on', async ({
    sandbox,
  }) => {
    const kinds = {
      'answers-garbage': 'invalid-response',
      'sends-half': 'response-cut-short',
      'promises-too-much': 'content-length-mismatch',
      'promises-too-little': 'content-length-mismatch',
      'closes-without-answer': 'connection-closed',
      resets: 'connection-reset',
    };
    const operations = Object.keys(kinds);
    // One that answers, so that a run goes on from one to the next; and at the end, one that needs no recovery.
    operations.splice(4, 0, 'closes-unannounced');
    const cells = await measureAll(sandbox, [...operations, 'never-answers']);
    const named = (name: string): CellRecord => cells.find(({ subject }) => subject.id === name)!;

    for (const [operation, kind] of Object.entries(kinds)) expectFailed(named(operation), kind);
    expectTimedOut(named('never-answers'));
    // It loses only what met the closing: more of them when the machine is busy, but never all.
    const { counts, failures } = named('closes-unannounced');
    const lost = failures['reused-connection-closed'] ?? 0;
    expect(lost).toBeLessThan(PLANNED / 2);
    expect(counts).toMatchObject({ planned: PLANNED, sent: PLANNED });
    expect(counts).toMatchObject({ succeeded: PLANNED - lost, failed: lost });
  });

  test('sends headers without end fails every request with headers-too-large', async ({ sandbox }) => {
    // undici needs 60 ms of this machine for thousands of headers.
    const load = [...LOAD, '--timeout', '30s'];
    expectFailed(await measure(sandbox, 'sends-endless-headers', load), 'headers-too-large');
  });

  test.for(['stops-reading', 'dribbles'])('%s has every request time out', async (operation, { sandbox }) => {
    expectTimedOut(await measure(sandbox, operation));
  });

  test('stops-listening is refused from then on, and what is refused was not sent', async ({ sandbox }) => {
    const { counts, failures } = await measure(sandbox, 'stops-listening');
    const refused = failures['connection-refused'] ?? 0;
    expect(refused).toBeGreaterThan(PLANNED - 10);
    expect(counts).toMatchObject({ planned: PLANNED, sent: PLANNED - refused, failed: PLANNED, timedOut: 0 });
  });
});

describe('a server that sends a gigabyte', () => {
  const TWO = [...SHORT, '--rates', '2', '--duration', '1s', '--timeout', '20s'];

  test('is read whole, in bounded memory', async ({ sandbox }) => {
    const other = new Sandbox();
    const quiet = await peakDuring(other, measure(other, 'answers-well', TWO));
    await other.close();
    const { peakBytes, result: cell } = await peakDuring(sandbox, measure(sandbox, 'sends-a-gigabyte', TWO));

    expect(cell.counts).toMatchObject({ planned: 2, succeeded: 2 });
    expect(cell.bytes.received).toBe(2 * 2 ** 30);
    expect(peakBytes - quiet.peakBytes).toBeLessThan(100 * 2 ** 20);
    expect(quiet.peakBytes).toBeGreaterThan(20 * 2 ** 20); // it was seen at all
  });
});

/** The command of bench names the server too, but with `{port}`. */
const TARGET = new RegExp(`${SERVER}\\.js --port \\d`);

/** The largest resident set of any process of bench while `work` is done; the target's is not looked at. */
async function peakDuring<T>(sandbox: Sandbox, work: Promise<T>): Promise<{ peakBytes: number; result: T }> {
  let isDone = false;
  let peakBytes = 0;
  const watch = async (): Promise<void> => {
    while (!isDone) {
      const own = sandbox.processes().filter(({ command }) => !TARGET.test(command));
      peakBytes = Math.max(peakBytes, ...own.map(({ pid }) => peakOf(pid)));
      await sleep(50);
    }
  };
  const [result] = await Promise.all([work.finally(() => (isDone = true)), watch()]);
  return { peakBytes, result };
}

function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0; // it has ended
  }
}

describe.concurrent('a server that is no good from the start ends the run with code 3', () => {
  const SPEC = ['--spec', resolve('test/fixtures/one-operation.json')];

  test('one that accepts and says nothing', async ({ sandbox }) => {
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const url = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
    const outcome = await sandbox.bench(['run', ...QUICK, ...SPEC, '--url', url, '--out', sandbox.out]);
    expectError(outcome, 3, /not ready after 5\s?s/);
    mute.close();
  });

  test('one that refuses', async ({ sandbox }) => {
    const url = await refusedOrigin();
    const outcome = await sandbox.bench(['run', ...QUICK, ...SPEC, '--url', url, '--out', sandbox.out]);
    expectError(outcome, 3, /not ready after 5\s?s/, /connection-refused at/);
  });
});
