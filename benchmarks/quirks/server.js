/*
 * Answers each quirk of the catalogue, and each way to end connections, under a path of its own; /ended tells how many
 * connections were ended in each of these ways.
 */
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { catalogue } from './catalogue.js';
import { manners } from './manners.js';

/** @type {Map<string, number>} */
const ended = new Map();

const operations = [
  ...catalogue.map(({ name, method = 'GET' }) => ({ name, method })),
  ...manners.map(({ name }) => ({ name, method: 'GET' })),
];
const document = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'quirks', version: '1' },
  paths: Object.fromEntries(
    operations.map(({ name, method }) => [
      `/${name}`,
      { [method.toLowerCase()]: { operationId: name, responses: {} } },
    ]),
  ),
});

/** @param {import('node:net').Socket} socket @param {string} text */
function answer(socket, text) {
  socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
}

/** @param {import('node:net').Socket} socket @param {string} name @param {number} request from 1, of its connection */
function respond(socket, name, request) {
  const quirk = catalogue.find((one) => one.name === name);
  const manner = manners.find((one) => one.name === name);
  if (quirk !== undefined) void quirk.answer(socket);
  else if (manner !== undefined) {
    if (manner.answer(socket, request)) ended.set(name, (ended.get(name) ?? 0) + 1);
  } else if (name === 'openapi.json') answer(socket, document);
  else if (name === 'ended') answer(socket, JSON.stringify(Object.fromEntries(ended)));
  // What asks whether the server is there.
  else answer(socket, 'hello');
}

const { port } = parseArgs({ options: { port: { type: 'string', default: '0' } } }).values;
const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => {}); // both sides break connections on purpose
  let request = 0;
  let unread = '';
  socket.on('data', (chunk) => {
    const heads = (unread + chunk.toString('latin1')).split('\r\n\r\n');
    unread = heads.pop() ?? '';
    for (const head of heads) {
      request += 1;
      respond(socket, /^\S+ \/(\S*)/.exec(head)?.[1] ?? '', request);
    }
  });
}).listen(Number(port), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify(server.address())}\n`);
});
