/*
 * How far `bench` comes with small APIs in the idiom of other frameworks. Each is started by its command alone, with
 * nothing configured: is its document found, and which operations does it accept? Then once more with the scenario
 * file that `bench init` writes, its credentials filled in. Prints a table, and for each operation that is not
 * accepted what the server says.
 *
 *   node benchmarks/frameworks.js FOLDER [--only NAME] [--nothing] [--verbose]
 *
 * FOLDER holds the applications, installed: Node's packages beside them, Python's in `.venv`, Go's and Rust's built.
 * Installs nothing; says what is missing. Loads nothing: each operation is asked once.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { oneLine } from '../dist/kernel/text.js';

/**
 * @typedef {{ name: string, file: string, command: string, secrets?: Record<string, string>, credentials?: Record<string, string> }} App
 * @typedef {import('../src/model/results/preflight.js').PreflightResult} PreflightResult
 */

/** Secrets stand in the applications' own source: what their user would know. @type {readonly App[]} */
const APPS = [
  {
    name: 'Hono, zod-openapi',
    file: 'hono.mjs',
    command: 'node hono.mjs {port}',
    secrets: { BENCH_AUTH_BEARER: 'honoiscool' },
  },
  { name: 'Express, swagger-jsdoc', file: 'express.cjs', command: 'node express.cjs {port} {workers}' },
  {
    name: 'Fastify, TypeBox',
    file: 'fastify.mjs',
    command: 'node fastify.mjs {port}',
    secrets: { BENCH_AUTH_TENANT: 'acme' },
    credentials: { user: 'me', password: 'secret' },
  },
  {
    name: 'Django Ninja',
    file: 'ninja_app.py',
    command: 'gunicorn -b {host}:{port} -w {workers} ninja_app:application',
    secrets: { BENCH_AUTH_AUTH: 'supersecret' },
  },
  {
    name: 'APIFlask',
    file: 'apiflask_app.py',
    command: 'gunicorn -b {host}:{port} -w {workers} apiflask_app:app',
    secrets: { BENCH_AUTH_BEARERAUTH: 'tok' },
  },
  {
    name: 'Litestar',
    file: 'litestar_app.py',
    command: 'uvicorn litestar_app:app --host {host} --port {port} --workers {workers}',
  },
  { name: 'Sanic-ext', file: 'sanic_app.py', command: 'python sanic_app.py {port} {workers}' },
  {
    name: 'fastapi-users',
    file: 'fusers_app.py',
    command: 'uvicorn fusers_app:app --host {host} --port {port} --workers {workers}',
  },
  {
    name: 'connexion',
    file: 'connexion/app.py',
    command: 'uvicorn --app-dir connexion app:app --host {host} --port {port}',
    secrets: { BENCH_AUTH_K: 'asdf' },
  },
  {
    name: 'Go huma',
    file: 'huma/huma',
    command: './huma/huma {port}',
    secrets: { BENCH_AUTH_APIKEY: 'secret' },
  },
  {
    name: 'Rust axum, utoipa',
    file: 'axum/target/debug/axumapp',
    command: './axum/target/debug/axumapp {port}',
    secrets: { BENCH_AUTH_API_KEY: 'utoipa-rocks' },
  },
];

const LIMIT_MS = 90_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    nothing: { type: 'boolean' },
    verbose: { type: 'boolean' },
  },
});
const [named] = positionals;
if (named === undefined) {
  process.stderr.write('Name the folder of the applications: node benchmarks/frameworks.js FOLDER\n');
  process.exit(2);
}
const folder = resolve(named);
const bench = fileURLToPath(new URL('../bin/bench.js', import.meta.url));

/** @param {readonly string[]} args @param {Record<string, string>} [secrets] */
async function run(args, secrets = {}) {
  const path = [join(folder, '.venv/bin'), process.env['PATH'] ?? ''].join(delimiter);
  const scratch = await mkdtemp(join(tmpdir(), 'frameworks-'));
  try {
    return await promisify(execFile)(process.execPath, [bench, ...args], {
      cwd: folder,
      env: { ...process.env, ...secrets, PATH: path, DB: join(scratch, 'app.db') },
      timeout: LIMIT_MS,
      maxBuffer: 2 ** 26,
    }).catch((/** @type {unknown} */ error) => /** @type {{ stdout: string, stderr: string }} */ (error));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const ALL = ['--methods', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'QUERY'];

/** @param {readonly string[]} target @param {Record<string, string>} [secrets] */
async function check(target, secrets) {
  const { stdout, stderr } = await run(['list', '--check', '--json', ...ALL, ...target], secrets);
  const place = /document is at (\S+)/.exec(stderr)?.[1] ?? '/openapi.json';
  try {
    /** @type {{ operations: readonly { preflight?: PreflightResult }[] }} */
    const { operations } = JSON.parse(stdout);
    return { results: operations.flatMap(({ preflight }) => preflight ?? []), place, stderr };
  } catch {
    return { results: [], place: '–', stderr };
  }
}

/**
 * The commented lines of `auth:` are made live, and each TODO in them is what the user would write for that field.
 *
 * @param {string} text @param {Record<string, string>} credentials
 */
function filledIn(text, credentials) {
  const live = text.replace(/^#auth:\n(?:# .*\n)+/m, (lines) => lines.replace(/^#/gm, ''));
  return live.replace(
    /^( *)([\w.-]+): TODO$/gm,
    (line, /** @type {string} */ indent, /** @type {string} */ name) =>
      name in credentials ? `${indent}${name}: ${credentials[name]}` : line,
  );
}

/** What `bench init` writes, with the TODO credentials as its user would fill them in. @param {App} app */
async function withInit({ command, secrets = {}, credentials = {} }) {
  const file = join(folder, `bench-init-${process.pid}.yaml`);
  try {
    const init = await run(
      ['init', '--command', command, '--port', 'auto', '--check-writes', '--output', file],
      secrets,
    );
    if (!existsSync(file)) return { results: [], place: '–', stderr: init.stderr, text: '' };
    const text = filledIn(await readFile(file, 'utf8'), credentials);
    await writeFile(file, text);
    return { ...(await check(['--scenario', file, '--port', 'auto'], secrets)), text };
  } finally {
    await rm(file, { force: true });
  }
}

/** @param {readonly PreflightResult[]} results */
function countOk(results) {
  return results.filter(({ state }) => state === 'ok').length;
}

/** @param {readonly PreflightResult[]} results */
function refusals(results) {
  return results
    .filter(({ state }) => state !== 'ok')
    .map(({ operation, status, state, reason, remedy }) =>
      oneLine(
        `    ${operation.method} ${operation.path}  ${status ?? '–'} ${state}: ${reason ?? ''}   [${remedy ?? 'no remedy'}]`,
      ),
    );
}

const rows = [['application', 'document', 'operations', 'nothing', 'need credentials', 'init']];
const missing = [];
for (const app of APPS) {
  if (!app.name.toLowerCase().includes(values.only.toLowerCase())) continue;
  if (!existsSync(join(folder, app.file))) {
    missing.push(`${app.name}: ${app.file}`);
    continue;
  }
  const bare = await check(['--command', app.command, '--port', 'auto']);
  const guarded = bare.results.filter(({ state }) => state === 'missing-auth').length;
  const init = values.nothing === true ? undefined : await withInit(app);
  rows.push([
    app.name,
    bare.place,
    String(bare.results.length),
    String(countOk(bare.results)),
    String(guarded),
    init ? String(countOk(init.results)) : '–',
  ]);
  process.stderr.write(`${[app.name, ...refusals(bare.results)].join('\n')}\n`);
  if (bare.results.length === 0) process.stderr.write(`${bare.stderr}\n`);
  if (init) process.stderr.write(`${['  with init:', ...refusals(init.results)].join('\n')}\n`);
  if (values.verbose === true) process.stderr.write([bare.stderr, init?.text, init?.stderr].join('\n'));
}
const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
for (const row of rows)
  process.stdout.write(`${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')}\n`);
for (const one of missing) process.stdout.write(`missing: ${one}\n`);
