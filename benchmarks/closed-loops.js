/*
 * The closed loops of bench beside their witnesses: users who think beside Locust, a fixed count beside ab, users
 * without think time beside wrk and autocannon, and 2,000 users as their server sees them. Tools in turn, medians of
 * the rounds; one that is not installed is named and left out. Ends with 1 if a figure is not what is asked.
 *
 *   node benchmarks/closed-loops.js [--rounds 3] [--only locust,ab,core,many] [--out benchmarks/RESULTS.md]
 */
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { besideAb } from './closed-loops/beside-ab.js';
import { besideLocust } from './closed-loops/beside-locust.js';
import { manyUsers } from './closed-loops/many-users.js';
import { oneCore } from './closed-loops/one-core.js';
import { ab } from './peers/clients/ab.js';
import { autocannon } from './peers/clients/autocannon.js';
import { locust } from './peers/clients/locust.js';
import { wrk } from './peers/clients/wrk.js';
import { GENERATOR_CORE, SERVER_CORE, isInstalled, machine, pinSelf, versionOf } from './peers/machine.js';
import { endOwnedAtExit, ownFolder } from './peers/owned.js';
import { renderTable } from './peers/render.js';
import { writePart } from './peers/results-file.js';

const sections = { locust: besideLocust, ab: besideAb, core: oneCore, many: manyUsers };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: Object.keys(sections).join(',') },
    out: { type: 'string', default: fileURLToPath(new URL('./RESULTS.md', import.meta.url)) },
  },
});
const asked = values.only.split(',');
const unknown = asked.filter((name) => !(name in sections));
if (unknown.length > 0)
  throw new Error(`not known: ${unknown.join(', ')}. Known: ${Object.keys(sections).join(', ')}`);
const here = machine();
const startedMs = performance.now();

/** @type {import('./closed-loops/section.js').Setting} */
const setting = {
  rounds: Number(values.rounds),
  folder: ownFolder(),
  problems: new Set(),
  note: (what) => {
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    process.stderr.write(`${String(seconds).padStart(3)} s  ${what}\n`);
  },
};

endOwnedAtExit();
pinSelf(SERVER_CORE);
/** @type {import('./closed-loops/section.js').Section[]} */
const done = [];
for (const [name, measure] of Object.entries(sections))
  if (asked.includes(name)) done.push(await measure(setting));
const missed = done.flatMap((section) => section.missed);
const failed = [...setting.problems];
const text = [head(), ...done.map(renderTable), ...notes()].join('\n');
writePart(values.out, text);
process.stdout.write(`${text}\nwritten to ${values.out}\n`);
if (missed.length > 0) process.exitCode = 1;

function head() {
  const versions = [locust, ab, wrk, autocannon]
    .filter(({ program }) => isInstalled(program))
    .map(({ name, program, version }) => `${name} ${versionOf(program, version)}`);
  return [
    '# Closed loops',
    '',
    `Made by \`node benchmarks/closed-loops.js\` on ${new Date().toISOString().slice(0, 10)}: medians of ${setting.rounds} rounds, the tools in turn, the generator on core ${GENERATOR_CORE} and the server on core ${SERVER_CORE}. ${here.cpu}, ${here.cores} cores, Linux ${here.kernel}, Node ${here.node}; ${versions.join(', ')}; load average ${here.loadAverage1m.toFixed(2)} before and ${(loadavg()[0] ?? Number.NaN).toFixed(2)} after.`,
    '',
  ].join('\n');
}

function notes() {
  const lines = [...missed.map((figure) => `not what is asked: ${figure}`), ...failed];
  return lines.length === 0 ? [] : ['## What was missed', '', ...lines.map((line) => `- ${line}`), ''];
}
