/*
 * Scenarios beside the tools that their authors used: notes-postgres beside ab, processes-postgres and social beside
 * Locust. Each round starts the scenario's server anew for each tool, with a fresh database; tools in turn. Ends with 1 if a figure is
 * not what is asked.
 *
 *   node benchmarks/scenarios-beside.js [--rounds 3] [--only notes,processes,social] [--seconds 60] [--out benchmarks/RESULTS.md]
 *
 * `--seconds` is how long users are at work; the authors of processes-postgres took 180, those of social 60.
 */
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ab } from './peers/clients/ab.js';
import { locust } from './peers/clients/locust.js';
import { GENERATOR_CORE, SERVER_CORE, isInstalled, machine, pinSelf, versionOf } from './peers/machine.js';
import { endOwnedAtExit, ownFolder } from './peers/owned.js';
import { renderTable } from './peers/render.js';
import { writePart } from './peers/results-file.js';
import { notesBesideAb } from './scenarios-beside/notes-beside-ab.js';
import { processesBesideLocust } from './scenarios-beside/processes-beside-locust.js';
import { socialBesideLocust } from './scenarios-beside/social-beside-locust.js';

const sections = { notes: notesBesideAb, processes: processesBesideLocust, social: socialBesideLocust };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: Object.keys(sections).join(',') },
    seconds: { type: 'string', default: '60' },
    out: { type: 'string', default: fileURLToPath(new URL('./RESULTS.md', import.meta.url)) },
  },
});
const asked = values.only.split(',');
const unknown = asked.filter((name) => !(name in sections));
if (unknown.length > 0)
  throw new Error(`not known: ${unknown.join(', ')}. Known: ${Object.keys(sections).join(', ')}`);
const here = machine();
const startedMs = performance.now();

/** @type {import('./scenarios-beside/beside.js').ScenarioSetting} */
const setting = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  folder: ownFolder(),
  problems: new Set(),
  note: (what) => {
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    process.stderr.write(`${String(seconds).padStart(4)} s  ${what}\n`);
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
if (missed.length > 0 || failed.length > 0) process.exitCode = 1;

function head() {
  const versions = [ab, locust]
    .filter(({ program }) => isInstalled(program))
    .map(({ name, program, version }) => `${name} ${versionOf(program, version)}`);
  return [
    '# Scenarios beside the tools of their authors',
    '',
    `Made by \`node benchmarks/scenarios-beside.js\` on ${new Date().toISOString().slice(0, 10)}: medians of ${setting.rounds} ${setting.rounds === 1 ? 'round' : 'rounds'}, and the least and the most, the tools in turn on the same server, started anew for each with a fresh database; the generator on core ${GENERATOR_CORE}, server and database on core ${SERVER_CORE}. ${here.cpu}, ${here.cores} cores, Linux ${here.kernel}, Node ${here.node}; ${versions.join(', ')}; load average ${here.loadAverage1m.toFixed(2)} before and ${(loadavg()[0] ?? Number.NaN).toFixed(2)} after.`,
    '',
  ].join('\n');
}

function notes() {
  const lines = [...missed.map((figure) => `not what is asked: ${figure}`), ...failed];
  return lines.length === 0 ? [] : ['## What was missed', '', ...lines.map((line) => `- ${line}`), ''];
}
