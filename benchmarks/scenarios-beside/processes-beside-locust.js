import { fileURLToPath } from 'node:url';
import { besideEachOther, comparedRows } from './beside.js';
import { benchBeside, loadOf, locustBeside, secondsIn } from './beside-locust.js';

const SCENARIO = 'processes-postgres';
const UPDATES = fileURLToPath(new URL(`../../scenarios/${SCENARIO}/updates.csv`, import.meta.url));
const PATH = '/api/v1/processes';
const OPERATIONS = [`GET ${PATH}`, `POST ${PATH}`, `GET ${PATH}/*`, `PUT ${PATH}/*`];
const ALLOWANCE = { rate: 0.1, percentile: 0.2 };

const load = loadOf(SCENARIO);
const USERS = load.users[0] ?? 0;

/** @type {(table: (name: string) => import('./beside-locust.js').Row) => import('./beside.js').Figures} */
function read(table) {
  return new Map([
    ['requests/s', table('Aggregated').requestsPerSecond],
    ...['Aggregated', ...OPERATIONS].flatMap((name) => {
      const { p50, p95, p99, failedPercent } = table(name);
      return /** @type {[string, number][]} */ ([
        [`${name}: 50 %, ms`, p50],
        [`${name}: 95 %, ms`, p95],
        // Of a single operation the slowest hundredth is a handful of requests.
        ...(name === 'Aggregated' ? [[`${name}: 99 %, ms`, p99]] : []),
        [`${name}: failed, % of its requests`, failedPercent],
      ]);
    }),
  ]);
}

/** @type {(setting: import('./beside.js').ScenarioSetting) => Promise<import('../closed-loops/section.js').Section>} */
export async function processesBesideLocust(setting) {
  const { seconds } = setting;
  const crew = { users: USERS, perSecond: Number(load.spawnRate), seconds };
  const outcomes = await besideEachOther(
    setting,
    { scenario: SCENARIO, seconds: seconds + secondsIn(load.timeout) },
    [
      benchBeside({ scenario: SCENARIO, crew, words: ['--profile', 'locust'], read }),
      locustBeside({
        locustfile: './processes-locustfile.py',
        load,
        crew,
        env: [`UPDATES=${UPDATES}`],
        read,
      }),
    ],
  );
  const rounds = { own: outcomes('bench'), theirs: outcomes('locust') };
  return {
    title: 'processes-postgres (C), beside Locust',
    text: `${USERS} users, ${String(load.spawnRate)} more each second, think time ${load.think}, ${seconds} s, deadline ${load.timeout}; weights, think time and values of both come from the scenario. Locust with FastHttpUser, its figures from its CSV file, where times from 100 ms on have two digits. *requests/s* are the answers that came while the users were at work; all others were waited for, by both. Asked: requests/s within 10 %, percentiles within Locust's own spread over the rounds (highest / lowest − 1), or 20 %. How many requests failed is left to the races between them, and not judged.`,
    ...comparedRows({ peer: 'locust', ...rounds, allowance: ALLOWANCE }),
  };
}
