/* One small API, started in every way that servers are started: is all of it measured, and all of it ended? */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endingWords, freePort, hasMeasured, onStage, outcome } from './stage.js';
import { startedByAnother } from './started-by-another.js';
import { fromNpm, fromPypi, fromSystem } from './tools.js';
import { usage, usageWords } from './usage.js';
import { watchUsage } from './witness.js';

/** @typedef {import('./stage.js').Case} Case */
/** @typedef {import('./stage.js').Stage} Stage */

const BURN_MS = 6;
const SECONDS = 2;
const RATE = 50;
const SERVERS = join(import.meta.dirname, 'servers');
const NODE = process.execPath;
const uvicorn = () => `${fromPypi('uvicorn')} app:app --app-dir ${SERVERS} --host 127.0.0.1 --port {port}`;

/** Those that stay with what they start: there is no reason to refuse them. @type {Record<string, (stage: Stage) => string | Promise<string>>} */
const attached = {
  node: (stage) => `${NODE} ${api(stage)} --port {port}`,
  'npm start': (stage) => `npm start --silent --prefix ${packageIn(stage)} -- --port {port}`,
  tsx: (stage) => `${fromNpm('tsx')} ${api(stage)} --port {port}`,
  nodemon: (stage) => `${fromNpm('nodemon')} --quiet ${api(stage)} --port {port}`,
  'node --watch': (stage) => `${NODE} --watch ${api(stage)} --port {port}`,
  'bash -c … & wait': (stage) => `bash -c '${NODE} ${api(stage)} --port {port} & wait'`,
  'node cluster, 2 workers': (stage) => `${NODE} ${api(stage)} --workers 2 --port {port}`,
  uvicorn,
  'uvicorn --reload': () => `${uvicorn()} --reload --reload-dir ${SERVERS}`,
  'uvicorn --workers 2': () => `${uvicorn()} --workers 2`,
  'gunicorn, 2 uvicorn workers': () => gunicorn(''),
  'hypercorn --workers 2': () =>
    `env PYTHONPATH=${SERVERS} ${fromPypi('hypercorn')} --workers 2 --bind 127.0.0.1:{port} app:app`,
  'a fixed port of its own, no {port}': async (stage) => `${NODE} ${api(stage)} --port ${await freePort()}`,
  'the port from the environment, no {port}': (stage) => `${NODE} ${api(stage)}`,
};

/** Those that leave what they start: measured, or refused with a reason. @type {Record<string, (stage: Stage) => string>} */
const daemons = {
  'pm2 start': pm2,
  'python double fork': (stage) =>
    `${fromPypi('python')} ${join(SERVERS, 'daemon.py')} ${NODE} ${api(stage)} --port {port}`,
  'gunicorn --daemon': () => gunicorn('--daemon'),
  nginx,
};

/** @returns {Case[]} */
export function wrapperCases() {
  return [
    ...Object.entries(attached).map(([name, words]) => wrapped(name, words, false)),
    stoppedByCommand(),
    ...Object.entries(daemons).map(([name, words]) => wrapped(name, words, true)),
    startedByAnother(false),
    startedByAnother(true),
  ];
}

/** @param {string} name @param {(stage: Stage) => string | Promise<string>} words @param {boolean} mayRefuse @returns {Case} */
function wrapped(name, words, mayRefuse) {
  return {
    name,
    expected: `all processes are measured${mayRefuse ? ', or it is refused with a reason' : ''}; nothing is left`,
    run: onStage(async (stage) => {
      return measured(stage, ['--command', await words(stage)], mayRefuse);
    }),
  };
}

/** @returns {Case} */
function stoppedByCommand() {
  return {
    name: 'pm2 start, with stop: { command: pm2 kill }',
    expected: 'all processes are measured; nothing is left',
    run: onStage(async (stage) => {
      const file = join(stage.folder, 'scenario.yaml');
      const start = JSON.stringify({ command: pm2(stage) });
      const stop = JSON.stringify({ command: `${fromNpm('pm2')} kill`, grace: '10s' });
      writeFileSync(file, `name: pm2\nstart: ${start}\nstop: ${stop}\n`);
      return measured(stage, ['--scenario', file], false);
    }),
  };
}

/** @param {Stage} stage @param {readonly string[]} args @param {boolean} mayRefuse */
async function measured(stage, args, mayRefuse) {
  const env = {
    CHECK_LOG: stage.log,
    CHECK_BURN: String(BURN_MS),
    PM2_HOME: join(stage.folder, 'pm2'),
    // Nothing here asks the world for anything.
    PM2_DISABLE_VERSION_CHECK: 'true',
    npm_config_update_notifier: 'false',
    npm_config_cache: join(stage.folder, 'npm'),
  };
  const running = stage.run(args, { env, rate: RATE, seconds: SECONDS });
  const watch = watchUsage(() => stage.target(running.pid));
  const ending = await running.ended;
  watch.stop();
  const left = await stage.leftovers(500);
  const leftWords = left === '' ? '' : `left: ${left}`;
  if (!hasMeasured(ending)) {
    const isReason = (ending.code === 2 || ending.code === 3) && /^error/im.test(ending.output);
    return outcome([endingWords(ending)], [!(mayRefuse && isReason) && 'did not measure', leftWords]);
  }
  const figures = usage(stage, watch.looks, SECONDS);
  return outcome([`code ${ending.code}`, usageWords(figures)], [...figures.faults, leftWords]);
}

/** @param {Stage} stage */
function api(stage) {
  return stage.program('api.js', '--burn', String(BURN_MS)).join(' ');
}

/** @param {Stage} stage */
function packageIn(stage) {
  const folder = join(stage.folder, 'package');
  mkdirSync(folder);
  const scripts = { start: `${NODE} ${api(stage)}` };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'api', scripts }));
  return folder;
}

/** @param {string} option */
function gunicorn(option) {
  const workers = '--workers 2 --worker-class uvicorn.workers.UvicornWorker';
  return `${fromPypi('gunicorn')} ${option} ${workers} --chdir ${SERVERS} --bind 127.0.0.1:{port} app:app`;
}

/** @param {Stage} stage */
function pm2(stage) {
  return `${fromNpm('pm2')} start ${api(stage).replace(' ', ' -- ')} --port {port}`;
}

/** nginx makes itself a daemon; what costs it time is to compress a large file. @param {Stage} stage */
function nginx(stage) {
  const program = fromSystem('nginx');
  const file = (/** @type {string} */ name) => join(stage.folder, name);
  copyFileSync(join(SERVERS, 'openapi.json'), file('openapi.json'));
  writeFileSync(file('work'), Array.from({ length: 20_000 }, (_, line) => `${line * 7919} `).join(''));
  writeFileSync(
    file('template.conf'),
    `pid ${file('nginx.pid')}; error_log ${file('error.log')}; worker_processes 2; user root;
    events {}
    http {
      log_format json escape=json '{"atMs":$msec,"pid":$pid,"port":$server_port,"path":"$uri"}';
      access_log ${stage.log} json;
      client_body_temp_path ${file('body')}; proxy_temp_path ${file('proxy')}; fastcgi_temp_path ${file('fast')};
      uwsgi_temp_path ${file('uwsgi')}; scgi_temp_path ${file('scgi')};
      default_type application/json; gzip on; gzip_comp_level 9; gzip_types *;
      server { listen 127.0.0.1:PORT; root ${stage.folder}; }
    }`,
  );
  const fill = `sed s/PORT/{port}/ ${file('template.conf')} > ${file('nginx.conf')}`;
  return `sh -c '${fill} && exec ${program} -c ${file('nginx.conf')}'`;
}
