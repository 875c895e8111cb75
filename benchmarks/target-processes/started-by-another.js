/* A command that has a service start the server, as `docker run` does: no process of it is bench's to see. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endingWords, hasMeasured, onStage, outcome } from './stage.js';
import { missing, usage, usageWords } from './usage.js';
import { watchUsage } from './witness.js';

/** @typedef {import('./stage.js').Case} Case */

const SECONDS = 2;
const BROKER = join(import.meta.dirname, 'servers/broker.js');

/** @param {boolean} isAllowed @returns {Case} */
export function startedByAnother(isAllowed) {
  return {
    name: `started by a service, as docker does${isAllowed ? ', with start: { owner: any }' : ''}`,
    expected: `${isAllowed ? '' : 'refused with a reason, or '}measured, or no CPU and memory with a reason; nothing is left`,
    run: onStage(async (stage) => {
      const socket = join(stage.folder, 'broker.sock');
      const broker = stage.serve([process.execPath, BROKER, '--socket', socket]);
      await stage.until(() => existsSync(socket));
      const server = stage.command('api.js', '--burn', '6', '--port', '{port}');
      const command = `${process.execPath} ${BROKER} --socket ${socket} --ask ${server}`;
      const file = join(stage.folder, 'scenario.yaml');
      writeFileSync(file, `name: brokered\nstart: ${JSON.stringify({ command, owner: 'any' })}\n`);
      const started = () => stage.servers.look().filter(({ pid }) => pid !== broker.pid);

      const source = isAllowed ? ['--scenario', file] : ['--command', command];
      const running = stage.run(source, { seconds: SECONDS });
      const watch = watchUsage(started);
      const ending = await running.ended;
      watch.stop();

      const left = await stage.leftovers(500);
      const faults = [
        left === '' ? '' : `left: ${left}`,
        !(await stage.until(() => started().length === 0, 2000)) && 'the server lives on',
        broker.isOver && 'the service was ended',
      ];
      if (!hasMeasured(ending)) {
        const isRefused = !isAllowed && ending.code === 3;
        return outcome([endingWords(ending)], [!isRefused && 'did not measure', ...faults]);
      }
      const reason = missing(stage);
      if (reason) return outcome([`code ${ending.code}`, `gaugesMissing: ${reason}`], faults);
      const figures = usage(stage, watch.looks, SECONDS);
      return outcome([`code ${ending.code}`, usageWords(figures)], [...figures.faults, ...faults]);
    }),
  };
}
