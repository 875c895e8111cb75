/* Two programs want the same port: no request may go to the server of another. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endingWords, freePort, hasMeasured, onStage, outcome, Stage } from './stage.js';
import { fromNpm } from './tools.js';

/** @typedef {import('./stage.js').Case} Case */
/** How a server is started: as it is, or under a wrapper that outlives it. @typedef {'plain' | 'nodemon'} Way */

const SERVERS = join(import.meta.dirname, 'servers');
/** @type {readonly Way[]} */
const WAYS = ['plain', 'nodemon'];
/** Milliseconds until the two servers listen. */
const DELAYS = [
  [0, 0],
  [0, 1500],
  [1500, 1500],
];

/** @param {number} times @returns {Case[]} */
export function raceCases(times) {
  return [
    ...WAYS.flatMap((way) => DELAYS.map((delays) => twoRuns(way, delays, times))),
    ...WAYS.flatMap((way) => [takenPort(way, 'default'), takenPort(way, 'fixed')]),
    otherAddress(),
    ...[1, 4, 7].map((answers) => diesWhenReady(answers, 'served')),
    diesWhenReady(1, 'a file'),
  ];
}

/** @param {Way} way @param {readonly number[]} delays @param {number} times @returns {Case} */
function twoRuns(way, delays, times) {
  return {
    name: `two runs at once, ${way}, listening after ${delays.join(' and ')} ms, ${times} times`,
    expected: 'both end with 0 or 4 and have a cell; no server sees the other run',
    async run() {
      /** @type {Map<string, number>} */
      const tally = new Map();
      const faults = new Set();
      for (let round = 0; round < times; round += 1) {
        const stages = delays.map((delay) => ({ stage: new Stage(), delay }));
        try {
          const rounds = stages.map(({ stage, delay }) => raceOnce(stage, way, delay));
          for (const { seen, fault } of await Promise.all(rounds)) {
            const words = fault ?? seen;
            tally.set(words, (tally.get(words) ?? 0) + 1);
            if (fault !== undefined) faults.add(fault);
          }
        } finally {
          for (const { stage } of stages) stage.clear();
        }
      }
      const fine = [...tally].filter(([words]) => !faults.has(words));
      const wrong = [...tally].filter(([words]) => faults.has(words));
      return outcome(fine.map(counted), wrong.map(counted));
    },
  };
}

/** @param {[string, number]} entry */
function counted([words, count]) {
  return `${count} × ${words}`;
}

/** @param {Stage} stage @param {Way} way @param {number} delay */
async function raceOnce(stage, way, delay) {
  const command = commandOf(stage, way, '--delay', String(delay), '--client', 'CHECK_RUN');
  const running = stage.run(['--command', command], { env: { CHECK_RUN: stage.folder } });
  const ending = await running.ended;
  const strangers = stage.requests().filter(({ client }) => client !== stage.folder);
  const others = strangers.filter(({ client }) => client !== 'unknown').length;
  const cells = stage.record()?.cells.length ?? 0;
  return outcome(
    [`code ${ending.code}`],
    [
      others > 0 && `a server saw requests of the other run`,
      strangers.length > others && 'a server saw requests of nobody known',
      !hasMeasured(ending) && endingWords(ending).replaceAll(/\d{4,}/g, 'N'),
      hasMeasured(ending) && cells === 0 && 'no cells',
      stage.requests().length === 0 && 'its own server saw no request',
      (await stage.leftovers(500)) !== '' && 'something is left',
    ],
  );
}

/** @param {Way} way @param {'default' | 'fixed'} wish @returns {Case} */
function takenPort(way, wish) {
  return {
    name: `the port is taken by another while ours starts, ${way}, ${wish} port`,
    expected:
      wish === 'default'
        ? 'gives way to a free port and says so; the other server sees no request'
        : 'code 3, naming the other process; the other server sees no request',
    run: onStage(async (stage) => {
      const foreign = foreignServer(stage);
      const port = wish === 'fixed' ? ['--port', String(await freePort())] : [];
      const running = stage.run(['--command', commandOf(stage, way, '--delay', '1500'), ...port]);
      const ending = await running.ended;
      const strange = stage.requests(foreign.log).length;
      const own = stage.requests()[0]?.port;
      const notice = ending.output
        .split('\n')
        .some((line) => line.includes(foreign.port()) && line.includes(String(own)));
      const isNamed =
        ending.output.includes(String(foreign.running.pid)) || ending.output.includes('foreign.js');
      return outcome(
        [endingWords(ending), `${strange} requests to the other`, ...(own ? [`ours on ${own}`] : [])],
        [
          foreign.port() === '' && 'the other server could not take the port: the check is void',
          strange > 0 && 'the other server was asked',
          ...(wish === 'default'
            ? [
                !hasMeasured(ending) && 'did not measure',
                own !== undefined && !notice && 'no line that names both ports',
              ]
            : [ending.code !== 3 && 'no code 3', !isNamed && 'the other process is not named']),
          await stage.leftovers(),
        ],
      );
    }),
  };
}

/** @returns {Case} */
function otherAddress() {
  return {
    name: 'ours listens on ::1 only, another server on 127.0.0.1 of the same port',
    expected: 'the other server sees no request',
    run: onStage(async (stage) => {
      const foreign = foreignServer(stage);
      const running = stage.run(['--command', commandOf(stage, 'plain', '--host', '::1', '--delay', '500')]);
      const ending = await running.ended;
      const strange = stage.requests(foreign.log).length;
      return outcome(
        [endingWords(ending), `${strange} requests to the other, ${stage.requests().length} to ours`],
        [
          foreign.port() === '' && 'the other server could not take the port: the check is void',
          strange > 0 && 'the other server was asked',
          await stage.leftovers(),
        ],
      );
    }),
  };
}

/** @param {number} answers @param {'served' | 'a file'} document @returns {Case} */
function diesWhenReady(answers, document) {
  return {
    name: `ours ends after ${answers} ${answers === 1 ? 'answer' : 'answers'}, the document is ${document}`,
    expected: 'code 3, and no word of all 0 operations',
    run: onStage(async (stage) => {
      const spec = document === 'a file' ? ['--spec', join(SERVERS, 'openapi.json')] : [];
      const server = commandOf(stage, 'plain', '--dies-after', String(answers));
      const running = stage.run(['--command', server, '--port', 'auto', ...spec]);
      const ending = await running.ended;
      return outcome(
        [endingWords(ending)],
        [
          ending.code !== 3 && 'no code 3',
          /All 0 operations/i.test(ending.output) && 'says “All 0 operations”',
          await stage.leftovers(),
        ],
      );
    }),
  };
}

/** @param {Stage} stage @param {Way} way @param {string[]} options */
function commandOf(stage, way, ...options) {
  const words = stage.program('api.js', ...options, '--port', '{port}').join(' ');
  return way === 'plain' ? `${process.execPath} ${words}` : `${fromNpm('nodemon')} --quiet ${words}`;
}

/** @param {Stage} stage */
function foreignServer(stage) {
  const [log, taken] = [join(stage.folder, 'foreign.log'), join(stage.folder, 'taken')];
  const program = join(SERVERS, 'foreign.js');
  const options = ['--mark', stage.folder, '--log', log, '--taken', taken];
  const running = stage.serve([process.execPath, program, ...options]);
  return {
    running,
    log,
    /** The port that it has taken, if it has. */
    port: () => (existsSync(taken) ? readFileSync(taken, 'utf8') : ''),
  };
}
