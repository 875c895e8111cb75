import { describe, expect, test } from 'vitest';
import { listeningAt } from '../../../src/target/sockets/listening-at.js';
import { parseTcpRow } from '../../../src/target/sockets/proc-sockets.js';
import type { ListeningSocket } from '../../../src/target/sockets/socket-table.js';

const at = (address: string, id = address, port = 80): ListeningSocket => ({
  id,
  address,
  port,
  userId: null,
});

function reached(destination: string, ...sockets: ListeningSocket[]): string[] {
  return listeningAt(sockets, destination, 80).map(({ id }) => id);
}

describe('a connection reaches', () => {
  test('the server of its very address, though others listen on every address', () => {
    const all = [at('::'), at('0.0.0.0'), at('127.0.0.1'), at('127.0.0.2'), at('::1')];
    expect(reached('127.0.0.1', ...all)).toEqual(['127.0.0.1']);
    expect(reached('127.0.0.2', ...all)).toEqual(['127.0.0.2']);
    expect(reached('127.0.0.3', ...all)).toEqual(['0.0.0.0']);
    expect(reached('::1', ...all)).toEqual(['::1']);
  });

  test('one of both families over IPv4 when there is none of IPv4 alone, and never the other way round', () => {
    expect(reached('127.0.0.1', at('::'), at('::1'))).toEqual(['::']);
    expect(reached('::1', at('0.0.0.0'), at('127.0.0.1'))).toEqual([]);
  });

  test('any of several that share the port', () => {
    expect(reached('127.0.0.1', at('127.0.0.1', 'a'), at('127.0.0.1', 'b'), at('0.0.0.0', 'c'))).toEqual([
      'a',
      'b',
    ]);
  });

  test('the loopback address by the address that means none', () => {
    expect(reached('0.0.0.0', at('127.0.0.1'))).toEqual(['127.0.0.1']);
    expect(reached('::', at('::1'))).toEqual(['::1']);
  });

  test('nothing at another port', () => {
    expect(reached('127.0.0.1', at('127.0.0.1', 'a', 81))).toEqual([]);
  });
});

describe('a row of /proc/net', () => {
  const row = (local: string): string =>
    `   0: ${local} 00000000:0000 0A 00000000:00000000 00:00000000 00000000   33        0 4711 1 0000000021c12a20 100 0 0 10 0`;

  test.each([
    ['0100007F:1F90', '127.0.0.1', 8080],
    ['00000000:0050', '0.0.0.0', 80],
    ['00000000000000000000000001000000:1F90', '::1', 8080],
    ['00000000000000000000000000000000:1F90', '::', 8080],
    ['0000000000000000FFFF00000100007F:1F90', '127.0.0.1', 8080],
    ['B80D01200000000067452301EFCDAB89:01BB', '2001:db8::123:4567:89ab:cdef', 443],
  ])('%s is %s, port %i', (local, address, port) => {
    expect(parseTcpRow(row(local))).toEqual({ id: 'socket:[4711]', address, port, userId: 33 });
  });
});
