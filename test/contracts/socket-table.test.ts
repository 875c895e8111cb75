import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { socketTables } from '../../src/target/sockets/place.js';
import { requireProgram } from '../support/optional-programs.js';
import { test } from '../support/folder.js';

const tables = (['proc', 'lsof'] as const).map((name) => [name, socketTables[name]] as const);

async function listening(where: { host: string; port?: number } | string): Promise<Server> {
  const server = createServer();
  server.listen(typeof where === 'string' ? where : { port: 0, ...where });
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

describe.each(tables)('the table of listening sockets of %s', (name, table) => {
  test.beforeEach(({ skip }) => {
    if (name === 'proc' && process.platform !== 'linux') skip('needs /proc');
    if (name === 'lsof') requireProgram('lsof', skip);
  });

  test.for([
    ['127.0.0.1', ['127.0.0.1']],
    ['127.0.0.2', ['127.0.0.2']],
    ['::1', ['::1']],
    // lsof prints the same for every address of one family and of both.
    ['0.0.0.0', ['0.0.0.0', '::']],
    ['::', ['::']],
  ] as const)('has a server at %s, its port and its process', async ([host, addresses]) => {
    const server = await listening({ host });
    const socket = (await table.tcp())!.find(({ port }) => port === portOf(server))!;
    const holders = await table.holders(new Set([socket.id]));
    server.close();
    expect(addresses).toContain(socket.address);
    expect(holders.map(({ pid }) => pid)).toEqual([process.pid]);
  });

  test('has a server at a Unix socket, and its process', async ({ folder }) => {
    const path = join(folder, 'api.sock');
    const server = await listening(path);
    const [id, ...others] = await table.unix(path);
    const holders = await table.holders(new Set([id!]));
    server.close();
    expect(others).toEqual([]);
    expect(holders.map(({ pid }) => pid)).toEqual([process.pid]);
    expect(await table.unix(join(folder, 'other.sock'))).toEqual([]);
  });

  test('looks for holders among some processes only, if so asked', async () => {
    const server = await listening({ host: '127.0.0.1' });
    const { id } = (await table.tcp())!.find(({ port }) => port === portOf(server))!;
    expect(await table.holders(new Set([id]), [process.ppid])).toEqual([]);
    expect(await table.holders(new Set([id]), [process.ppid, process.pid])).toHaveLength(1);
    server.close();
  });

  test('knows when a process holds its socket no more', async () => {
    const script = `require('net').createServer().listen(0,'127.0.0.1',function(){console.log(this.address().port)})`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { id } = (await table.tcp())!.find(({ port }) => port === Number(line.toString()))!;
    const [holder] = await table.holders(new Set([id]));
    expect(holder).toMatchObject({ pid: child.pid });
    expect(holder?.stillHolds()).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(holder?.stillHolds()).toBe(false);
  });
});
