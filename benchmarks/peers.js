/*
 * bench and every load-test tool that is installed, side by side: the same server on one core, the tools in
 * turn on the other. Writes medians over the rounds, and what bench's figure is to that of each.
 *
 *   node benchmarks/peers.js [--quick] [--rounds 3] [--seconds 3] [--only capacity,gaps] [--peers wrk2,k6]
 *                            [--out benchmarks/RESULTS.md]
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { clients } from './peers/clients.js';
import { CONNECTIONS } from './peers/client.js';
import { GENERATOR_CORE, SERVER_CORE, isInstalled, machine, pinSelf, versionOf } from './peers/machine.js';
import { capacity } from './peers/measurements/capacity.js';
import { cpuPerRequest } from './peers/measurements/cpu-per-request.js';
import { gaps } from './peers/measurements/gaps.js';
import { knownServer } from './peers/measurements/known-server.js';
import { memory } from './peers/measurements/memory.js';
import { rateError } from './peers/measurements/rate-error.js';
import { stopSteady } from './peers/measurements/steady.js';
import { endOwnedAtExit, ownFolder } from './peers/owned.js';
import { Progress } from './peers/progress.js';
import { renderTable } from './peers/render.js';
import { writePart } from './peers/results-file.js';

/** @type {Map<string, import('./peers/context.js').Measurement>} */
const measurements = new Map(
  Object.entries({
    capacity,
    cpu: cpuPerRequest,
    rate: rateError,
    gaps,
    known: knownServer,
    memory,
  }),
);

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    only: { type: 'string' },
    peers: { type: 'string' },
    out: { type: 'string', default: fileURLToPath(new URL('./RESULTS.md', import.meta.url)) },
  },
});
const size = values.quick
  ? { rounds: 1, seconds: 1, memoryRequests: 100_000 }
  : { rounds: 3, seconds: 3, memoryRequests: 1_000_000 };
const here = machine();
const asked = chosen(
  values.peers,
  clients.map(({ name }) => name).filter((name) => !isBench(name)),
);
const wanted = clients.filter(({ name }) => isBench(name) || asked.includes(name));
const names = chosen(values.only, [...measurements.keys()]);
const sections = [...measurements].filter(([name]) => names.includes(name)).map(([, section]) => section);

/** @type {import('./peers/context.js').Context} */
const context = {
  clients: wanted.filter(({ program }) => isInstalled(program)),
  rounds: Number(values.rounds ?? size.rounds),
  seconds: Number(values.seconds ?? size.seconds),
  memoryRequests: size.memoryRequests,
  folder: ownFolder(),
  fastest: here.nginx ? 'nginx, one process' : 'a bare server in Node (nginx is not installed)',
  progress: new Progress(),
  problems: new Set(),
};

endOwnedAtExit();
// What is done here between and during the trials shall not take the generator's core.
pinSelf(SERVER_CORE);
for (const section of sections) context.progress.expect(section.estimateSeconds(context));
try {
  /** @type {string[]} */
  const tables = [];
  for (const section of sections) {
    tables.push(renderTable(await section.measure(context)));
    // After each, so that what ends early has not measured in vain.
    writePart(values.out, [head(), ...tables, ...problems()].join('\n'));
  }
  process.stdout.write(`written to ${values.out}\n`);
} finally {
  await stopSteady();
}

/** @param {string | undefined} list @param {readonly string[]} known */
function chosen(list, known) {
  const names = list?.split(',') ?? [...known];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`not known: ${unknown.join(', ')}. Known: ${known.join(', ')}`);
  return names;
}

/** @param {string} name */
function isBench(name) {
  return name.startsWith('bench');
}

function head() {
  const missing = wanted.filter((client) => !context.clients.includes(client)).map(({ name }) => name);
  const versions = context.clients.map(
    ({ name, program, version, note }) =>
      `- ${name}: ${versionOf(program, version)}${note === undefined ? '' : `; ${note}`}`,
  );
  return [
    '# bench beside its peers',
    '',
    `Made by \`node benchmarks/peers.js\` on ${new Date().toISOString().slice(0, 10)}: medians of ${context.rounds} ${context.rounds === 1 ? 'round' : 'rounds'}, the tools in turn, ${CONNECTIONS} connections, the generator on core ${GENERATOR_CORE} and the server on core ${SERVER_CORE}. \`12.3 · 0.45\` is the tool's figure and *bench's divided by it*.`,
    '',
    `${here.cpu}, ${here.cores} cores, Linux ${here.kernel}, Node ${here.node}${here.nginx ? `, nginx ${here.nginx}` : ''}; load average ${here.loadAverage1m.toFixed(2)} before the first trial.`,
    '',
    ...versions,
    ...(missing.length > 0 ? ['', `Not installed, left out: ${missing.join(', ')}.`] : []),
    '',
  ].join('\n');
}

function problems() {
  if (context.problems.size === 0) return [];
  return ['## What failed', '', ...[...context.problems].map((problem) => `- ${problem}`), ''];
}
