/* A server of two operations, each answered after so many milliseconds: --slowed 12 --other 10. */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { port: { type: 'string' }, slowed: { type: 'string' }, other: { type: 'string' } },
});
/** @type {Record<string, number>} */
const delaysMs = { '/slowed': Number(values.slowed), '/other': Number(values.other) };
const responses = { 200: { description: 'fine' } };
const document = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'two operations', version: '1' },
  paths: {
    '/slowed': { get: { operationId: 'slowed', responses } },
    '/other': { get: { operationId: 'other', responses } },
  },
});

createServer((request, response) => {
  const delayMs = delaysMs[request.url ?? ''];
  response.setHeader('content-type', 'application/json');
  if (delayMs === undefined) response.end(document);
  else setTimeout(() => response.end('{}'), delayMs);
}).listen(Number(values.port), '127.0.0.1');
