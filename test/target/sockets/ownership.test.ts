import { describe, expect, test, vi } from 'vitest';
import { Claim } from '../../../src/target/sockets/claim.js';
import { ownershipOf } from '../../../src/target/sockets/ownership.js';
import type { Place } from '../../../src/target/sockets/place.js';
import { FakeClock } from '../../support/fake-clock.js';
import type { ListeningSocket, SocketTable } from '../../../src/target/sockets/socket-table.js';

const place: Place = { kind: 'tcp', host: '127.0.0.1', port: 80 };

interface Listening extends Partial<ListeningSocket> {
  readonly id: string;
  /** Empty: of another user. */
  readonly pids: readonly number[];
}

/** A machine on which these sockets are open. */
class FakeSockets implements SocketTable {
  constructor(public sockets: readonly Listening[] | undefined) {}

  tcp(): Promise<ListeningSocket[] | undefined> {
    const all = this.sockets?.map(({ id, address = '127.0.0.1', port = 80, userId = 0 }) => {
      return { id, address, port, userId };
    });
    return Promise.resolve(all);
  }

  unix(): Promise<string[]> {
    return Promise.resolve([]);
  }

  holders(ids: ReadonlySet<string>, pids?: readonly number[]) {
    const held = (this.sockets ?? []).filter(({ id }) => ids.has(id));
    const all = held.flatMap(({ id, pids: holding }) =>
      holding.map((pid) => ({ socketId: id, pid, stillHolds: () => this.holds(id, pid) })),
    );
    return Promise.resolve(all.filter(({ pid }) => pids?.includes(pid) !== false));
  }

  private holds(id: string, pid: number): boolean {
    return this.sockets?.find((socket) => socket.id === id)?.pids.includes(pid) === true;
  }
}

function ownership(...sockets: Listening[]) {
  return ownershipOf(place, () => [10, 11], new FakeSockets(sockets));
}

describe('what listens is', () => {
  test('ours when one of our processes holds it, whoever else has inherited it', async () => {
    expect(await ownership({ id: 'a', pids: [11] })).toMatchObject({ kind: 'ours' });
    expect(await ownership({ id: 'a', pids: [5, 11] })).toMatchObject({ kind: 'ours' });
  });

  test('foreign when it is of another process, which is named by the first that holds it', async () => {
    expect(await ownership({ id: 'a', pids: [99, 98] })).toMatchObject({
      kind: 'foreign',
      pid: 98,
    });
  });

  test('foreign when a stranger shares the port, since connections would go to both', async () => {
    const shared = [
      { id: 'a', pids: [10] },
      { id: 'b', pids: [99] },
    ];
    expect(await ownership(...shared)).toMatchObject({ kind: 'foreign', pid: 99 });
  });

  test('unreadable when nobody is seen to hold it, or the system tells nothing', async () => {
    expect(await ownership({ id: 'a', pids: [], userId: 33 })).toEqual({ kind: 'unreadable', userId: 33 });
    const closed = await ownershipOf(place, () => [10], new FakeSockets(undefined));
    expect(closed).toEqual({ kind: 'unreadable', userId: null });
  });

  test('of nobody when it listens at another address or port', async () => {
    const elsewhere = [
      { id: 'a', address: '127.0.0.2', pids: [10] },
      { id: 'b', port: 81, pids: [10] },
    ];
    expect(await ownership(...elsewhere)).toEqual({ kind: 'nobody' });
  });

  test('asked of our processes as they are after the look at the sockets', async () => {
    let isBorn = false;
    const sockets = new FakeSockets([{ id: 'a', pids: [12] }]);
    const tcp = sockets.tcp.bind(sockets);
    sockets.tcp = () => {
      isBorn = true;
      return tcp();
    };
    expect(await ownershipOf(place, () => (isBorn ? [12] : []), sockets)).toMatchObject({ kind: 'ours' });
  });
});

describe('a claim', () => {
  const clock = new FakeClock();
  const later = (): void => clock.advanceMs(2100);

  async function claimed(sockets: FakeSockets): Promise<Claim> {
    const ours = (): number[] => [10];
    return new Claim(place, ours, await ownershipOf(place, ours, sockets), clock, sockets);
  }

  test('holds as long as the target listens, with a look at all sockets now and then', async () => {
    const sockets = new FakeSockets([{ id: 'a', pids: [10] }]);
    const claim = await claimed(sockets);
    await claim.intruder();
    const tcp = vi.spyOn(sockets, 'tcp');
    clock.advanceMs(200);
    expect(await claim.intruder()).toBeUndefined();
    expect(tcp).not.toHaveBeenCalled();
  });

  test('is lost to a stranger that shares the port while the target still listens', async () => {
    const sockets = new FakeSockets([{ id: 'a', pids: [10] }]);
    const claim = await claimed(sockets);
    expect(await claim.intruder()).toBeUndefined();
    sockets.sockets = [
      { id: 'a', pids: [10] },
      { id: 'b', pids: [999_999_998] },
    ];
    later();
    expect(await claim.intruder()).toMatch(/belongs to process 999999998/);
  });

  test('is lost to a stranger at a more exact address', async () => {
    const sockets = new FakeSockets([{ id: 'a', address: '0.0.0.0', pids: [10] }]);
    const claim = await claimed(sockets);
    sockets.sockets = [
      { id: 'a', address: '0.0.0.0', pids: [10] },
      { id: 'b', pids: [999_999_998] },
    ];
    later();
    expect(await claim.intruder()).toMatch(/belongs to process 999999998/);
  });

  test('holds while the target is away, and when it comes back', async () => {
    const sockets = new FakeSockets([{ id: 'a', pids: [10] }]);
    const claim = await claimed(sockets);
    sockets.sockets = [];
    expect(await claim.intruder()).toBeUndefined();
    sockets.sockets = [{ id: 'b', pids: [10] }];
    expect(await claim.intruder()).toBeUndefined();
  });

  test('is lost to another server, and says to which', async () => {
    const sockets = new FakeSockets([{ id: 'a', pids: [10] }]);
    const claim = await claimed(sockets);
    sockets.sockets = [{ id: 'b', pids: [999_999_999] }];
    expect(await claim.intruder()).toBe(
      '127.0.0.1:80 belongs to process 999999999 (unknown program), not to the target',
    );
  });
});
