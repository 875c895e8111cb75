import { execa } from 'execa';
import { send } from '../processes/process-family.js';
import type { ListeningSocket, SocketHolder, SocketTable } from './socket-table.js';

/** Listening sockets on systems without /proc, such as macOS, from `lsof`. Every look starts a program. */
export const lsofSockets: SocketTable = {
  async tcp() {
    const rows = await lsof('-nP', '-iTCP', '-sTCP:LISTEN');
    return rows?.flatMap(({ id, name }) => {
      const [, address = '', port = ''] = /^(.*):(\d+)$/.exec(name) ?? [];
      return port === '' ? [] : [{ id, ...place(address), port: Number(port), userId: null }];
    });
  },
  async unix(path) {
    return ((await lsof('-U', '-a', path)) ?? []).map(({ id }) => id);
  },
  holders: (ids, pids) =>
    Promise.resolve(
      [...ids]
        .map((socketId) => ({ socketId, pid: Number(socketId.split(' ')[0]) }))
        .filter(({ pid }) => pids?.includes(pid) !== false)
        .map(({ socketId, pid }): SocketHolder => ({ socketId, pid, stillHolds: () => send(pid, 0) })),
    ),
};

function place(address: string): Pick<ListeningSocket, 'address'> {
  // lsof prints the same for one family and for both; most servers listen on both.
  return { address: address === '*' ? '::' : address.replace(/^\[|\]$/g, '') };
}

/** One row for each process and socket; undefined when lsof is not installed. */
async function lsof(...words: string[]): Promise<{ id: string; name: string }[] | undefined> {
  // One field a line: p = process (once for all that follow), f = descriptor, d = device, n = name.
  const { stdout, exitCode } = await execa('lsof', ['-Fpfdn', ...words], { reject: false });
  if (exitCode === undefined) return undefined;
  let pid = '';
  let descriptor = '';
  return stdout.split('\n').flatMap((line) => {
    const value = line.slice(1);
    if (line.startsWith('p')) pid = value;
    if (line.startsWith('f')) descriptor = value;
    return line.startsWith('n') ? [{ id: `${pid} ${descriptor}`, name: value }] : [];
  });
}
