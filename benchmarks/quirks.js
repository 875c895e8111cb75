/*
 * Does each client of bench make of odd and broken answers what RFC 9110 and 9112 make of them? `bench run` asks a
 * server that answers with every quirk of its catalogue, eight times each, through both clients. Of each cell: all
 * requests are accounted for, none hangs, all come out as the catalogue says, and the next one works. Then the ways
 * in which servers end connections: how many requests are lost, and who is said to have ended them, beside the
 * server's own count. Prints tables and ends with 1 when something was not as expected.
 *
 *   node benchmarks/quirks.js [quirks] [endings] [--url URL] [--only TEXT]
 *
 * With --url another server's operations are asked instead: of those only what needs no catalogue is judged, and where
 * the clients differ is shown. Loads this machine only. Needs `npm run build`.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { catalogue } from './quirks/catalogue.js';
import { manners } from './quirks/manners.js';

/** @typedef {import('../src/model/results/cell-record.js').CellRecord} CellRecord */
/** @typedef {'wire' | 'undici'} Client */
/** @typedef {{ comes: readonly string[], keeps?: boolean, why?: string }} Expected */

/** @type {readonly Client[]} */
const CLIENTS = ['wire', 'undici'];
const REQUESTS = 8;
const QUIRKS_LOAD = ['--rates', '20', '--duration', '400ms', '--timeout', '1s'];
const ENDINGS_LOAD = ['--rates', '400', '--duration', '2s', '--max-connections', '4'];
/** Start, then for each cell its window, its drain, and five seconds in which the target should recover. */
const START_MS = 30_000;
const CELL_MS = 10_000;
/** Runs of each client, all at once: a cell whose requests all fail is waited for five seconds. */
const SHARES = 4;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});

const bench = fileURLToPath(new URL('../bin/bench.js', import.meta.url));

/** @param {Client} client @param {string} url @param {readonly string[]} operations @param {readonly string[]} load @returns {Promise<readonly CellRecord[]>} */
async function run(client, url, operations, load) {
  const folder = await mkdtemp(join(tmpdir(), 'quirks-'));
  const args = ['run', '--url', url, '--client', client, '--methods', 'GET', 'HEAD', '--json', '--quiet'];
  const quick = ['--preflight', 'off', '--warmup', '0s', '--pacing', 'relaxed', '--no-html'];
  const which = operations.flatMap((operation) => ['--include', operation]);
  try {
    const ended = await promisify(execFile)(
      process.execPath,
      [bench, ...args, ...quick, ...load, ...which, '--out', join(folder, 'run')],
      { timeout: START_MS + CELL_MS * operations.length, maxBuffer: 2 ** 28 },
    ).catch((/** @type {unknown} */ error) => {
      const failed = /** @type {{ code?: unknown, stdout: string, stderr: string }} */ (error);
      // 1: nothing succeeded, which may well be right. 4: this machine was too busy.
      if (failed.code === 1 || failed.code === 4) return failed;
      throw new Error(`bench run hung or failed (${String(failed.code)}): ${failed.stderr}`);
    });
    const { cells } = /** @type {{ cells: CellRecord[] }} */ (JSON.parse(ended.stdout));
    return cells;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What came of the requests of a cell: the share of each outcome. @param {CellRecord} cell */
function outcomesOf({ counts, statusCodes, failures, bytes }) {
  /** @type {string[]} */
  const outcomes = [];
  for (const [status, count] of Object.entries(statusCodes)) {
    outcomes.push(...Array.from({ length: count }, () => `${status} ${bytes.received / counts.completed}`));
  }
  for (const [kind, count] of Object.entries(failures))
    outcomes.push(...Array.from({ length: count }, () => kind));
  outcomes.push(...Array.from({ length: counts.timedOut }, () => 'timed-out'));
  return outcomes;
}

/** What is wrong with any cell, whatever it was to be. @param {CellRecord} cell */
function faultsOf({ counts, generator: { connectionsOpened } }) {
  const { planned, succeeded, failed, timedOut, dropped, unfinished } = counts;
  return [
    ...(planned === succeeded + failed + timedOut + dropped + unfinished ? [] : ['the counts do not add up']),
    ...(connectionsOpened <= planned ? [] : [`${connectionsOpened} connections for ${planned} requests`]),
    ...(unfinished + dropped === 0 ? [] : [`${unfinished} unfinished, ${dropped} dropped`]),
  ];
}

/** @param {CellRecord} cell @param {Expected} expected */
function surprisesIn(cell, { comes, keeps }) {
  const outcomes = outcomesOf(cell);
  const { byTarget, byBench, afterTimeout } = endsOf(cell);
  const ended = byTarget + byBench + afterTimeout;
  // The last ones may end after the window, and a request that meets an end unawares ends none itself.
  const isAsMeant = keeps === true ? ended === 0 : ended >= REQUESTS - 2;
  return [
    ...(outcomes.length === REQUESTS && outcomes.every((outcome) => comes.includes(outcome))
      ? []
      : [`not ${comes.join(' or ')}`]),
    ...(keeps === undefined || isAsMeant ? [] : [`${ended} connections ended`]),
  ];
}

/** @param {CellRecord} cell */
function endsOf({ generator: { connectionEndsInWindow } }) {
  return connectionEndsInWindow ?? { byTarget: 0, byBench: 0, afterTimeout: 0 };
}

/** @param {CellRecord} cell */
function seenIn(cell) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const outcome of outcomesOf(cell)) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const { byTarget, byBench, afterTimeout } = endsOf(cell);
  const outcomes = [...counts].map(([outcome, count]) =>
    count === REQUESTS ? outcome : `${count} × ${outcome}`,
  );
  return `${outcomes.join(', ')}; ${cell.generator.connectionsOpened} opened, ended ${byTarget}/${byBench}/${afterTimeout}`;
}

/** Asks every operation through both clients. @param {string} url @param {readonly string[]} names */
async function askAll(url, names) {
  const shares = Array.from({ length: SHARES }, (_, share) =>
    names.filter((_name, at) => at % SHARES === share),
  );
  const jobs = CLIENTS.flatMap((client) =>
    shares.filter((share) => share.length > 0).map((share) => ({ client, share })),
  );
  const done = await Promise.all(
    jobs.map(async ({ client, share }) => {
      const cells = await run(client, url, share, QUIRKS_LOAD);
      return cells.map((cell) => /** @type {const} */ ([`${client} ${cell.subject.id}`, cell]));
    }),
  );
  return new Map(done.flat());
}

/** @param {string} url @param {readonly string[]} names @param {(name: string, client: Client) => Expected | undefined} expect */
async function quirksPart(url, names, expect) {
  say(
    `\n### Quirks\n\nOf connections: how many were opened, and ended by the target, by bench, after a time-out.\n\n`,
  );
  say('| quirk | wire | undici | |\n| --- | --- | --- | --- |\n');
  const cells = await askAll(url, names);
  for (const name of names) {
    const faults = CLIENTS.flatMap((client) => {
      const cell = cells.get(`${client} ${name}`);
      if (cell === undefined) return [`${client}: no cell`];
      const expected = expect(name, client);
      const wrong = [...faultsOf(cell), ...(expected === undefined ? [] : surprisesIn(cell, expected))];
      return wrong.map((what) => `${client}: ${what}`);
    });
    const [wire, undici] = CLIENTS.map((client) => cells.get(`${client} ${name}`));
    const why = expect(name, 'undici')?.why;
    const differs = wire && undici && outcomesOf(wire)[0] !== outcomesOf(undici)[0];
    row([
      name,
      wire ? seenIn(wire) : '',
      undici ? seenIn(undici) : '',
      verdictOf(faults, why, differs === true),
    ]);
  }
}

/** @param {readonly string[]} faults @param {string | undefined} why @param {boolean} differs */
function verdictOf(faults, why, differs) {
  if (faults.length > 0) {
    count.FAULT += 1;
    return `**FAULT** ${faults.join('; ')}`;
  }
  count.ok += 1;
  if (why !== undefined) return `ok: ${why}`;
  return differs ? 'differs' : 'ok';
}

/** @param {string} url */
async function endingsPart(url) {
  say(`\n### Endings\n\n800 requests each at 400/s, on 4 connections at most.\n\n`);
  say(
    '| server | client | answered | lost | ended by the target, as bench says | as the server counts | |\n',
  );
  say('| --- | --- | --: | --: | --: | --: | --- |\n');
  const wanted = manners.filter(({ name }) => name.includes(values.only));
  for (const client of CLIENTS) {
    for (const { name, losesSome } of wanted) {
      const before = await endedAt(url, name);
      const [cell] = await run(client, url, [name], ENDINGS_LOAD);
      const ended = (await endedAt(url, name)) - before;
      if (cell === undefined) throw new Error(`no cell of ${name}`);
      const { succeeded, failed, planned } = cell.counts;
      const byTarget = endsOf(cell).byTarget;
      const unasked = Object.keys(cell.failures).filter((kind) => kind !== 'reused-connection-closed');
      const faults = [
        ...faultsOf(cell),
        ...(succeeded + failed === planned && failed <= (losesSome ? ended : 0)
          ? []
          : ['requests were lost']),
        ...unasked,
        // The last may end after the window.
        ...(ended - byTarget >= 0 && ended - byTarget <= 1 ? [] : ['ends are charged wrongly']),
      ];
      row([name, client, succeeded, failed, byTarget, ended, verdictOf(faults, undefined, false)]);
    }
  }
}

/** @param {string} url @param {string} name @returns {Promise<number>} */
async function endedAt(url, name) {
  const answer = await fetch(`${url}/ended`);
  const ends = /** @type {Record<string, number | undefined>} */ (await answer.json());
  return ends[name] ?? 0;
}

/** @returns {Promise<{ url: string, stop(): void }>} */
async function ownServer() {
  const program = fileURLToPath(new URL('quirks/server.js', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = /** @type {[string]} */ (await once(createInterface(child.stdout), 'line'));
  const { port } = /** @type {{ port: number }} */ (JSON.parse(line));
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

/** @param {string} url @returns {Promise<string[]>} */
async function operationsAt(url) {
  const { paths } = /** @type {{ paths: Record<string, Record<string, { operationId: string }>> }} */ (
    await (await fetch(`${url}/openapi.json`)).json()
  );
  return Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
}

/** @param {string} name @param {Client} client @returns {Expected | undefined} */
function catalogued(name, client) {
  const quirk = catalogue.find((one) => one.name === name);
  return client === 'undici' ? (quirk?.undici ?? quirk) : quirk;
}

/** @param {readonly (string | number)[]} cells */
function row(cells) {
  say(`| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |\n`);
}

/** @param {string} text */
function say(text) {
  process.stdout.write(text);
}

const count = { ok: 0, FAULT: 0 };
const parts = positionals.length === 0 ? ['quirks', 'endings'] : positionals;
const server = values.url === undefined ? await ownServer() : { url: values.url, stop() {} };
try {
  if (parts.includes('quirks')) {
    const all = values.url === undefined ? catalogue.map(({ name }) => name) : await operationsAt(server.url);
    const names = all.filter((name) => name.includes(values.only));
    await quirksPart(server.url, names, values.url === undefined ? catalogued : () => undefined);
  }
  if (parts.includes('endings') && values.url === undefined) await endingsPart(server.url);
} finally {
  server.stop();
}
say(`\n${count.ok} ok, ${count.FAULT} FAULT\n`);
if (count.FAULT > 0) process.exitCode = 1;
