import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import type { CellRecord } from '../../src/model/run-record.js';
import { accountedFor } from '../support/bench-run.js';
import { refusedOrigin } from '../support/raw-server.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, QUICK, Sandbox, serverCommand } from '../support/sandbox.js';

const SERVER = 'breaks-http';
/** Start, half a second of load, the last deadline a second later, the end; on a busy machine. */
const LONGEST_MS = 30_000;

const SHORT = ['--preflight', 'off', '--warmup', '0s', '--pacing', 'relaxed'];
const LOAD = [...SHORT, '--rates', '50', '--duration', '500ms', '--timeout', '1s'];
const PLANNED = 25;

/** Measures one operation of the server that breaks HTTP. */
async function measure(
  sandbox: Sandbox,
  operation: string,
  load: readonly string[] = LOAD,
): Promise<CellRecord> {
  const startMs = performance.now();
  const target = ['--command', serverCommand(SERVER), '--port', 'auto', '--include', operation];
  const outcome = await sandbox.bench(['run', ...load, ...target, '--out', sandbox.out]);

  expect(outcome.stderr).not.toMatch(/Internal error|^\s+at /m);
  expect(performance.now() - startMs).toBeLessThan(LONGEST_MS);
  const { status, cells } = sandbox.record();
  expect([status, cells.length]).toEqual(['complete', 1]);
  const cell = cells[0]!;
  // 4: this machine was too busy to make the load in time.
  const trusted = cell.counts.succeeded === 0 ? 1 : 0;
  expect(outcome.code).toBe(cell.verdict.state === 'INVALID' ? 4 : trusted);
  expect(accountedFor(cell)).toBe(cell.counts.planned);
  expect(cell.counts.sent).toBeLessThanOrEqual(cell.counts.planned);
  return cell;
}

describe.concurrent('a server that', () => {
  test.for([
    ['answers-garbage', 'invalid-response'],
    ['sends-half', 'response-cut-short'],
    ['promises-too-much', 'content-length-mismatch'],
    ['promises-too-little', 'content-length-mismatch'],
    ['sends-endless-headers', 'headers-too-large'],
    ['closes-without-answer', 'connection-closed'],
    ['resets', 'connection-reset'],
  ] as const)('%s fails every request with %s', async ([operation, kind], { sandbox }) => {
    // undici needs 60 ms of this machine for thousands of headers.
    const load = operation === 'sends-endless-headers' ? [...LOAD, '--timeout', '30s'] : LOAD;
    const { counts, failures, statusCodes } = await measure(sandbox, operation, load);
    expect(counts).toMatchObject({
      planned: PLANNED,
      sent: PLANNED,
      completed: 0,
      failed: PLANNED,
      timedOut: 0,
    });
    expect({ failures, statusCodes }).toEqual({ failures: { [kind]: PLANNED }, statusCodes: {} });
  });

  test.for(['never-answers', 'stops-reading', 'dribbles'])(
    '%s has every request time out',
    async (operation, { sandbox }) => {
      const { counts, failures } = await measure(sandbox, operation);
      expect(counts).toMatchObject({
        planned: PLANNED,
        sent: PLANNED,
        completed: 0,
        failed: 0,
        timedOut: PLANNED,
      });
      expect(failures).toEqual({});
    },
  );

  test('stops-listening is refused from then on, and what is refused was not sent', async ({ sandbox }) => {
    const { counts, failures } = await measure(sandbox, 'stops-listening');
    const refused = failures['connection-refused'] ?? 0;
    expect(refused).toBeGreaterThan(PLANNED - 10);
    expect(counts).toMatchObject({ planned: PLANNED, sent: PLANNED - refused, failed: PLANNED, timedOut: 0 });
  });

  test('closes-unannounced is answered on, and loses only what met the closing', async ({ sandbox }) => {
    const { counts, failures } = await measure(sandbox, 'closes-unannounced');
    const lost = failures['reused-connection-closed'] ?? 0;
    expect(lost).toBeLessThan(5);
    expect(counts).toMatchObject({
      planned: PLANNED,
      sent: PLANNED,
      succeeded: PLANNED - lost,
      failed: lost,
    });
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
