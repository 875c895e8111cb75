/*
 * A service that starts programs for others, as Docker's does: what it starts is no child of who asked for it, and
 * ends when they hang up.
 *
 *   node broker.js --socket PATH                        the service
 *   node broker.js --socket PATH --ask PROGRAM WORD…    asks it, and waits
 */
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';

const [, , , path = '', ask, ...words] = process.argv;

if (ask === '--ask') {
  const connection = connect(path, () => connection.write(`${JSON.stringify(words)}\n`));
  connection.on('close', () => process.exit(1));
} else {
  createServer((connection) => {
    connection.once('data', (/** @type {Buffer} */ line) => {
      /** @type {string[]} */
      const [program = '', ...args] = JSON.parse(line.toString());
      const child = spawn(program, args, { stdio: 'ignore' });
      child.on('exit', () => connection.destroy());
      connection.on('close', () => child.kill('SIGKILL'));
    });
    // Who asked may be killed: then there is only its end.
    connection.on('error', () => {});
  }).listen(path);
}
