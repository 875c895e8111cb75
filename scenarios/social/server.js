import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp } from './app.js';
import { createDatabaseFile, SIZES } from './database.js';

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '8000' },
    threads: { type: 'string', default: '1' },
  },
});

/** @type {import('fastify').FastifyInstance | undefined} */
let app;
const folder = mkdtempSync(join(tmpdir(), 'social-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop());

const databasePath = join(folder, 'social.db');
createDatabaseFile(databasePath, SIZES);
app = await buildApp({ databasePath, threads: Number(values.threads) });
const url = await app.listen({ host: values.host, port: Number(values.port) });
process.stdout.write(`social listens on ${url}, database threads: ${values.threads}, pid ${process.pid}\n`);

async function stop() {
  await app?.close();
  process.exit(0);
}
