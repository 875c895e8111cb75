/*
 * What one HTTP client of bench costs beside the other: the same load on the same running server through wire and
 * undici in turn, with the order swapped from round to round. Prints medians, and the paired differences of the medians.
 *
 *   node benchmarks/clients.js [--url http://127.0.0.1:8080 --path /] [--scenario node-sqlite --include ID]
 *     [--rates 1000,2000] [--seconds 4] [--rounds 5] [--flags '--pacing relaxed']
 *
 * Without --url and --scenario: a server that answers at once (dist/entry/null-server.js).
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    path: { type: 'string', default: '/' },
    scenario: { type: 'string' },
    include: { type: 'string' },
    rates: { type: 'string', default: '1000,2000' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    flags: { type: 'string', default: '' },
  },
});
const BENCH = fileURLToPath(new URL('../bin/bench.js', import.meta.url));
const NULL_SERVER = fileURLToPath(new URL('../dist/entry/null-server.js', import.meta.url));
const CLIENTS = /** @type {const} */ (['wire', 'undici']);
const folder = mkdtempSync(join(tmpdir(), 'clients-'));

/**
 * @typedef {{ p50: number, p99: number }} Latency
 * @typedef {{ id: string, latencyMs: { response: Latency, sendLag: Latency }, generator: { cpuPercent: number,
 *   connectionsOpenedInWindow: number }, verdict: { state: string, reasons: { id: string }[] } }} Cell
 */
/** @typedef {{ id: string, p50: number, p99: number, lagP99: number, cpu: number, opened: number, verdict: string }} Figures */

/** @param {string} client @param {readonly string[]} target @returns {Figures[]} */
function measure(client, target) {
  const out = join(folder, `${Date.now()}`);
  const words = ['run', ...target, '--client', client, '--rates', ...values.rates.split(',')];
  const fixed = ['--duration', `${values.seconds}s`, '--quiet', '--no-html', '--out', out];
  const extra = values.flags.split(' ').filter(Boolean);
  const { stderr } = spawnSync(process.execPath, [BENCH, ...words, ...fixed, ...extra], { encoding: 'utf8' });
  /** @type {{ cells: Cell[] }} */
  let record;
  try {
    record = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  } catch {
    throw new Error(`bench run wrote no results: ${stderr}`);
  }
  return record.cells.map(({ id, latencyMs, generator, verdict }) => ({
    id,
    p50: latencyMs.response.p50,
    p99: latencyMs.response.p99,
    lagP99: latencyMs.sendLag.p99,
    cpu: generator.cpuPercent,
    opened: generator.connectionsOpenedInWindow,
    verdict: [verdict.state, ...verdict.reasons.map((reason) => reason.id)].join(' '),
  }));
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  return port;
}

/** @param {readonly string[]} target */
function compare(target) {
  /** @type {Map<string, Record<string, Figures[]>>} */
  const cells = new Map();
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const client of round % 2 === 0 ? CLIENTS : CLIENTS.toReversed()) {
      for (const figures of measure(client, target)) {
        const byClient = cells.get(figures.id) ?? { wire: [], undici: [] };
        byClient[client]?.push(figures);
        cells.set(figures.id, byClient);
      }
    }
  }
  for (const [id, byClient] of cells) {
    print(`\n${id}`);
    for (const client of CLIENTS) {
      const all = byClient[client] ?? [];
      /** @param {(one: Figures) => number} figure @param {number} digits */
      const each = (figure, digits) => all.map((one) => figure(one).toFixed(digits)).join(' ');
      print(
        `  ${client.padEnd(6)} p50 ${median(all.map(({ p50 }) => p50)).toFixed(3)} (${each(({ p50 }) => p50, 3)})` +
          `  p99 ${median(all.map(({ p99 }) => p99)).toFixed(2)} (${each(({ p99 }) => p99, 2)})` +
          `  lag p99 ${median(all.map(({ lagP99 }) => lagP99)).toFixed(2)}` +
          `  CPU ${median(all.map(({ cpu }) => cpu)).toFixed(0)} %` +
          `  opened in the window ${each(({ opened }) => opened, 0)}  ${[...new Set(all.map(({ verdict }) => verdict))].join(', ')}`,
      );
    }
    const differences = (byClient['undici'] ?? []).map(
      ({ p50 }, at) => p50 - (byClient['wire']?.[at]?.p50 ?? Number.NaN),
    );
    print(`  undici − wire: p50 ${median(differences).toFixed(3)} ms`);
  }
}

try {
  if (values.url !== undefined || values.scenario !== undefined) {
    const where = values.url === undefined ? [] : ['--url', values.url];
    const scenario = values.scenario === undefined ? [] : ['--scenario', values.scenario];
    const include = values.include === undefined ? [] : ['--include', values.include];
    compare([...where, ...scenario, ...include]);
  } else {
    const spec = join(folder, 'openapi.json');
    const operation = { operationId: 'at_once', responses: { 200: { description: 'ok' } } };
    const document = {
      openapi: '3.1.0',
      info: { title: 'null', version: '1' },
      paths: { '/': { get: operation } },
    };
    writeFileSync(spec, JSON.stringify(document));
    const port = await freePort();
    const server = spawn(process.execPath, [NULL_SERVER], { env: { ...process.env, PORT: String(port) } });
    try {
      await sleep(500);
      compare(['--url', `http://127.0.0.1:${port}`, '--spec', spec]);
    } finally {
      server.kill();
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
