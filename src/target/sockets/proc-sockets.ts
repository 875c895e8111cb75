import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
} from 'node:fs';
import { resolve } from 'node:path';
import type { ListeningSocket, SocketHolder, SocketTable } from './socket-table.js';

/** Listening sockets on Linux, from /proc. Read synchronously: the kernel answers from memory. */
export const procSockets: SocketTable = {
  tcp() {
    const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map(listeningRows);
    // Without IPv6 there is only the first one.
    return Promise.resolve(tables[0] && tables.flatMap((rows) => rows ?? []).map(parseTcpRow));
  },
  unix: (path) => Promise.resolve(unixSocketsAt(path)),
  holders: (ids, pids = everyPid()) => Promise.resolve(pids.flatMap((pid) => socketsOf(pid, ids))),
};

const LISTENING = '0A';
/** Small: a larger one has the kernel search its whole table of connections to fill it, which takes 2 ms. */
const CHUNK_BYTES = 512;

/** The rows of listening sockets. They come first; the other rows may be megabytes, and are not read. */
function listeningRows(file: string): string[] | undefined {
  let table: number;
  try {
    table = openSync(file, 'r');
  } catch {
    return undefined;
  }
  try {
    let text = '';
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const length = readSync(table, chunk);
      text += chunk.toString('latin1', 0, length);
      const rows = text.split('\n').slice(1, length === 0 ? undefined : -1);
      const other = rows.findIndex((row) => row !== '' && stateOf(row) !== LISTENING);
      if (other >= 0) return rows.slice(0, other);
      if (length === 0) return rows.filter((row) => row !== '');
    }
  } finally {
    closeSync(table);
  }
}

function stateOf(row: string): string | undefined {
  return row.trim().split(/\s+/)[3];
}

/** `0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 UID 0 INODE …` */
export function parseTcpRow(row: string): ListeningSocket {
  const fields = row.trim().split(/\s+/);
  const [address = '', port = ''] = (fields[1] ?? '').split(':');
  return {
    id: `socket:[${fields[9]}]`,
    address: addressOf(address),
    port: Number.parseInt(port, 16),
    userId: Number(fields[7]),
  };
}

/** The kernel prints each 32-bit word with its lowest byte first. */
function addressOf(hex: string): string {
  const bytes =
    hex
      .match(/.{8}/g)
      ?.flatMap((word) => [6, 4, 2, 0].map((at) => Number.parseInt(word.slice(at, at + 2), 16))) ?? [];
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return bytes.slice(12).join('.');
  const groups = bytes.flatMap((byte, at) =>
    at % 2 === 0 ? [((byte << 8) | (bytes[at + 1] ?? 0)).toString(16)] : [],
  );
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** The flag of a listening socket in /proc/net/unix; the other rows are connections. */
const ACCEPTS = '00010000';

function unixSocketsAt(path: string): string[] {
  const rows = (textOf('/proc/net/unix') ?? '').split('\n').slice(1);
  return rows.flatMap((row) => {
    const [, , , flags, , , inode, ...words] = row.trim().split(/ +/);
    const bound = words.join(' ');
    if (flags !== ACCEPTS || bound === '') return [];
    const id = `socket:[${inode}]`;
    return isAt(bound, path, id) ? [id] : [];
  });
}

/** A relative path starts at the working directory of the process that bound it. */
function isAt(bound: string, path: string, id: string): boolean {
  if (bound.startsWith('/')) return real(bound) === real(path);
  if (bound.split('/').at(-1) !== path.split('/').at(-1)) return false;
  return everyPid()
    .filter((pid) => socketsOf(pid, new Set([id])).length > 0)
    .some((pid) => real(resolve(linkOf(`/proc/${pid}/cwd`), bound)) === real(path));
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function everyPid(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

/** Nothing for other users' processes and for those that have ended. */
function socketsOf(pid: number, ids: ReadonlySet<string>): SocketHolder[] {
  const seen = new Set<string>();
  return entriesOf(`/proc/${pid}/fd`).flatMap((entry) => {
    const descriptor = `/proc/${pid}/fd/${entry}`;
    const socketId = linkOf(descriptor);
    if (!ids.has(socketId) || seen.has(socketId)) return [];
    seen.add(socketId);
    return [{ socketId, pid, stillHolds: () => linkOf(descriptor) === socketId }];
  });
}

/** What the descriptors of a process lead to; none for other users' processes and for those that have ended. */
export function descriptorsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return entriesOf(folder).map((entry) => linkOf(`${folder}/${entry}`));
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
