/*
 * The server of somebody else: takes the port that a starting target was told, before the target listens on it.
 * Writes down that it has, and every request that it gets.
 *
 *   node foreign.js --log FILE --mark FOLDER --taken FILE
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Witness } from '../witness.js';

const { values } = parseArgs({
  options: {
    log: { type: 'string', default: '' },
    mark: { type: 'string', default: '' },
    taken: { type: 'string', default: '' },
  },
});
const witness = new Witness('CHECK_BENCH', values.mark);
const server = createServer((request, response) => {
  const line = { atMs: Date.now(), pid: process.pid, port, path: request.url };
  appendFileSync(values.log, `${JSON.stringify(line)}\n`);
  response.end('{}');
});
const port = await toldPort();
server.listen(port, '127.0.0.1', () => writeFileSync(values.taken, String(port)));

async function toldPort() {
  for (;;) {
    for (const { command } of witness.look()) {
      // Only the server itself: the words of bench may name a port, too.
      const told = /\bapi\.js\b.* --port (\d+)/.exec(command)?.[1];
      if (told !== undefined && !command.includes('{port}')) return Number(told);
    }
    await sleep(10);
  }
}
