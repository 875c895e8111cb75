/*
 * Every request of every operation to a live server, each sent once: which are accepted? The requests are the
 * ones that a run would send, with its set-up, chains and credentials; what deletes comes last. Counts are of
 * variants. Ends with 1 when something was not accepted.
 *
 *   node benchmarks/acceptance.js [--scenario FILE | --url URL] [--spec PATH] [--methods GET POST …]
 *     [--body required --body default --body full] [--variants N] [--port auto] [--refused] [--json]
 */
import { parseArgs } from 'node:util';
import { visitTarget } from '../dist/app/inspect/visit-target.js';
import { resolveFlags } from '../dist/cli/actions/resolve-flags.js';

/** @typedef {import('../src/model/results/preflight.js').PreflightResult} PreflightResult */
/** @typedef {import('../src/model/requests/request.js').BuiltOperation} BuiltOperation */
/** @typedef {{ operation: string, body: string, sent: number, accepted: number, statuses: Record<string, number>, reason: string }} Row */

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];
const { values } = parseArgs({
  options: {
    scenario: { type: 'string' },
    url: { type: 'string' },
    spec: { type: 'string' },
    port: { type: 'string' },
    methods: { type: 'string', multiple: true, default: METHODS },
    body: { type: 'string', multiple: true, default: ['default'] },
    variants: { type: 'string' },
    refused: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

/** @param {string} body @returns {Promise<Row[]>} */
async function judge(body) {
  const config = await resolveFlags({ ...values, body });
  const observe = (/** @type {import('../src/model/live/run-events.js').RunEvent} */ event) => {
    if (event.kind === 'notice') process.stderr.write(`${event.message}\n`);
  };
  const { signal } = new AbortController();
  return visitTarget({ config, observe, signal }, async ({ operations, ask }) => {
    /** @type {Map<BuiltOperation, Row>} */
    const rows = new Map();
    const prepared = operations();
    for (const operation of inOrder(prepared)) {
      const single = operation.blueprints.map((blueprint) => ({ ...operation, blueprints: [blueprint] }));
      rows.set(operation, rowOf(operation, body, await ask(single)));
    }
    return prepared.flatMap((operation) => rows.get(operation) ?? []);
  });
}

/** What reads first, what deletes last. @param {readonly BuiltOperation[]} operations */
function inOrder(operations) {
  const rank = (/** @type {BuiltOperation} */ one) => METHODS.indexOf(one.operation.method);
  return [...operations].sort((a, b) => rank(a) - rank(b));
}

/** @param {BuiltOperation} prepared @param {string} body @param {readonly PreflightResult[]} results @returns {Row} */
function rowOf({ operation: { method, path } }, body, results) {
  /** @type {Record<string, number>} */
  const statuses = {};
  for (const { status } of results) statuses[status ?? 'none'] = (statuses[status ?? 'none'] ?? 0) + 1;
  const accepted = results.filter(({ state }) => state === 'ok').length;
  const reason = results.find(({ state }) => state !== 'ok')?.reason ?? '';
  return { operation: `${method} ${path}`, body, sent: results.length, accepted, statuses, reason };
}

/** @param {readonly Row[]} rows */
function table(rows) {
  const cells = rows.map(({ operation, body, sent, accepted, statuses, reason }) => [
    operation,
    body,
    `${accepted}/${sent}`,
    Object.entries(statuses)
      .map(([status, count]) => `${count} × ${status}`)
      .join(', '),
    reason.replaceAll('|', '\\|'),
  ]);
  const lines = [
    ['operation', 'body', 'accepted', 'answers', 'reason'],
    ['---', '---', '--:', '---', '---'],
    ...cells,
  ];
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
}

/** @param {readonly Row[]} rows */
function totals(rows) {
  const sum = (/** @type {(row: Row) => number} */ read) => rows.reduce((total, row) => total + read(row), 0);
  const whole = rows.filter(({ sent, accepted }) => accepted === sent).length;
  /** @type {Record<string, number>} */
  const statuses = {};
  for (const row of rows)
    for (const [status, count] of Object.entries(row.statuses))
      statuses[status] = (statuses[status] ?? 0) + count;
  const counts = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`);
  return `${whole} of ${rows.length} operations accepted, ${sum((row) => row.accepted)} of ${sum((row) => row.sent)} requests: ${counts.join(', ')}`;
}

/** @type {Row[]} */
const rows = [];
for (const body of values.body) rows.push(...(await judge(body)));
const bad = rows.filter(({ sent, accepted }) => accepted < sent);
if (values.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
else process.stdout.write(`${table(values.refused ? bad : rows)}\n${totals(rows)}\n`);
if (bad.length > 0) process.exitCode = 1;
