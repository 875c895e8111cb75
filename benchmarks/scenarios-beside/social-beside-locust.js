import { join } from 'node:path';
import { medianOf } from '../closed-loops/section.js';
import { besideEachOther, comparedRows } from './beside.js';
import { benchBeside, loadOf, locustBeside, secondsIn } from './beside-locust.js';
import { BENCH } from './served-scenario.js';

const SCENARIO = 'social';
const THREADS = 1;
/** As long as a single user asks without think time. */
const ALONE_SECONDS = 20;
const ALLOWANCE = { rate: 0.1, percentile: 0.1 };
/** How far the knee may be from where the utilisation law puts it. */
const KNEE_ALLOWANCE = 0.25;

const load = loadOf(SCENARIO);
const thinkSeconds = load.think.split('-').map(secondsIn);
const meanThinkSeconds = thinkSeconds.reduce((sum, seconds) => sum + seconds, 0) / thinkSeconds.length;

/** @typedef {import('./beside.js').Figures} Figures */

/** A single user without think time, whose mean response time is the law's S. @type {import('../peers/client.js').Client<Figures>} */
const alone = {
  name: 'one user',
  program: process.execPath,
  version: [BENCH, '--version'],
  holdsRate: false,
  hasClosedLoop: true,
  command: ({ origin, folder }) => ({
    program: process.execPath,
    args: [
      ...[BENCH, 'run', '--scenario', SCENARIO, '--profile', 'one', '--duration', `${ALONE_SECONDS}s`],
      ...['--url', origin, '--threads', '1', '--preflight', 'off', '--out', join(folder, 'results')],
      ...['--slo', 'errors <= 100%', '--json', '--quiet'],
    ],
  }),
  read: (_job, stdout) => {
    /** @type {{ cells: { latencyMs: { response: { mean: number } } }[] }} */
    const { cells } = JSON.parse(stdout);
    return new Map([['S', (cells[0]?.latencyMs.response.mean ?? Number.NaN) / 1000]]);
  },
};

/** @type {(setting: import('./beside.js').ScenarioSetting) => Promise<import('../closed-loops/section.js').Section>} */
export async function socialBesideLocust(setting) {
  const { seconds } = setting;
  const trial = { scenario: SCENARIO, seconds: seconds + secondsIn(load.timeout) };
  /** @type {Map<string, number>[]} */
  const own = [];
  /** @type {Map<string, number>[]} */
  const theirs = [];
  /** @type {number[]} */
  const serviceSeconds = [];
  // A whole ladder for each round, so that what belongs together was measured at about the same time.
  for (let round = 0; round < setting.rounds; round += 1) {
    const note = (/** @type {string} */ what) => setting.note(what.replace(/\d+$/, String(round + 1)));
    const once = { ...setting, rounds: 1, note };
    const first = (await besideEachOther(once, trial, [alone]))('one user')[0];
    serviceSeconds.push(first?.get('S') ?? Number.NaN);
    /** @type {[Map<string, number>, Map<string, number>]} */
    const [ofBench, ofLocust] = [new Map(), new Map()];
    for (const [at, users] of load.users.entries()) {
      const crew = { users, perSecond: [load.spawnRate].flat()[at] ?? users, seconds };
      const read = (/** @type {(name: string) => import('./beside-locust.js').Row} */ table) => {
        const { requestsPerSecond, p50, p95 } = table('Aggregated');
        return new Map([
          [`${users} users: requests/s`, requestsPerSecond],
          [`${users} users: 50 %, ms`, p50],
          [`${users} users: 95th percentile in ms`, p95],
        ]);
      };
      const tools = [
        benchBeside({ scenario: SCENARIO, crew, read }),
        locustBeside({ locustfile: './social-locustfile.py', load, crew, read }),
      ];
      const outcomes = await besideEachOther(once, trial, round % 2 === 0 ? tools : tools.reverse());
      outcomes('bench')[0]?.forEach((value, name) => ofBench.set(name, value));
      outcomes('locust')[0]?.forEach((value, name) => ofLocust.set(name, value));
    }
    own.push(ofBench);
    theirs.push(ofLocust);
  }
  const compared = comparedRows({ peer: 'locust', own, theirs, allowance: ALLOWANCE });
  const law = lawRows(own, serviceSeconds);
  return {
    title: 'social (D), beside Locust and the utilisation law',
    text: `${load.users.join(', ')} users, ${[load.spawnRate].flat().join(', ')} more each second, think time ${load.think}, ${seconds} s; think time and values of both come from the scenario. Asked: requests/s within 10 %, medians within Locust's own spread over the rounds (highest / lowest − 1), or 10 %; the 95th percentile is shown. The knee is where the line of few users, N ÷ (S + Z), meets the most requests/s that were seen: within ${100 * KNEE_ALLOWANCE} % of N* = ${THREADS} · (S + Z) ÷ S, with S the mean of a single user without think time in the same round and Z = ${meanThinkSeconds} s.`,
    ...compared,
    rows: [...compared.rows, ...law.rows],
    missed: [...compared.missed, ...law.missed],
  };
}

/**
 * @param {readonly Figures[]} rounds @param {readonly number[]} serviceSeconds of a single user, for each round
 */
function lawRows(rounds, serviceSeconds) {
  const most = Math.max(...load.users);
  const knees = rounds.map((round, at) => {
    const S = serviceSeconds[at] ?? Number.NaN;
    const highest = Math.max(
      ...load.users.map((users) => round.get(`${users} users: requests/s`) ?? Number.NaN),
    );
    return { S, seen: highest * (S + meanThinkSeconds), law: (THREADS * (S + meanThinkSeconds)) / S };
  });
  const [S, seen, law] = [
    medianOf(knees, (knee) => 1000 * knee.S),
    medianOf(knees, (knee) => knee.seen),
    medianOf(knees, (knee) => knee.law),
  ];
  const ratio = medianOf(knees, (knee) => knee.seen / knee.law);
  const isMet = Math.abs(ratio - 1) <= KNEE_ALLOWANCE;
  const breaks = law <= most;
  return {
    rows: [
      [`one user: mean, ms`, '–', S.toFixed(1), '–', '–', '–'],
      [
        `the knee, users (law: ${law.toFixed(0)}${breaks ? '' : `, beyond ${most}`})`,
        ...['–', seen.toFixed(0), `${ratio.toFixed(2)} of the law`],
        ...[`± ${100 * KNEE_ALLOWANCE} %`, breaks ? (isMet ? 'yes' : 'no') : '–'],
      ],
    ],
    missed: breaks && !isMet ? ['social: the knee against the utilisation law'] : [],
  };
}
