import { CONNECTIONS } from '../peers/client.js';
import { autocannon } from '../peers/clients/autocannon.js';
import { benchUsers } from '../peers/clients/bench.js';
import { wrk } from '../peers/clients/wrk.js';
import { threeDigits } from '../peers/render.js';
import { startFastest } from '../peers/servers.js';
import { inTurn, judged, medianOf } from './section.js';

const SECONDS = 3;
const LEAST = new Map([
  [autocannon.name, 1.2],
  [wrk.name, 0.7],
]);

/** @type {import('./section.js').Measure} */
export async function oneCore(setting) {
  const server = await startFastest(setting.folder);
  const clients = [benchUsers, wrk, autocannon];
  const outcomes = await inTurn(setting, clients, { origin: server.origin, seconds: SECONDS });
  await server.stop();
  const rate = (/** @type {string} */ name) =>
    medianOf(outcomes(name), ({ completed }) => completed / SECONDS);
  const rows = clients.map(({ name }) => {
    const least = LEAST.get(name);
    const ratio = rate(benchUsers.name) / rate(name);
    return { name, least, ratio, isMet: least === undefined || !(ratio < least) };
  });
  return {
    title: 'Without think time, on one core',
    text: `${CONNECTIONS} connections, ${SECONDS} s, bench with \`--client wire\`, against the fastest server that there is. All of each tool on one core, the server on another.`,
    header: ['', 'requests/s', 'bench / it', 'asked'],
    rows: rows.map(({ name, least, ratio, isMet }) => [
      name,
      threeDigits(rate(name)),
      least === undefined ? '–' : judged(ratio, isMet),
      least === undefined ? '–' : `≥ ${least}`,
    ]),
    missed: rows.filter(({ isMet }) => !isMet).map(({ name }) => `without think time: beside ${name}`),
  };
}
