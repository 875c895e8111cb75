import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamLayout } from '../../../src/load/transport/stream-layout.js';

const layoutOf = (maxConnections: number, connections: number, mostStreams: number) =>
  streamLayout({ maxConnections, warmup: { connections } }, mostStreams);

describe('the layout of streams on connections', () => {
  const cases: readonly [string, number, number, number, number, number][] = [
    ['one worker, no limit of the server', 1024, 4, 2 ** 31 - 1, 4, 256],
    ['four workers', 1024, 16, 2 ** 31 - 1, 16, 256],
    ['a server that allows 100', 1024, 4, 100, 12, 100],
    ['a server that allows one', 1024, 4, 1, 1024, 1],
    ['one connection', 1, 4, 128, 1, 128],
    ['fewer connections than the warm-up would use', 3, 4, 128, 3, 128],
  ];

  it.each(cases)('with %s', (_, most, warmUp, mostStreams, connections, streams) => {
    const layout = layoutOf(most, warmUp, mostStreams);

    expect([layout.connections, layout.streams]).toEqual([connections, streams]);
  });

  it('opens the connections of a group first, and no more than the load needs', () => {
    const layout = layoutOf(1024, 4, 100);

    expect([0, 1, 2, 3, 4, 399, 400, 401].map(layout.connectionOf)).toEqual([0, 1, 2, 3, 0, 3, 4, 5]);
    expect([1, 5, 400, 401, 5000].map(layout.standing)).toEqual([400, 400, 400, 800, 1200]);
  });

  it('gives every connection as many slots as it has streams, within the limit of connections', () => {
    const most = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(
        most,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 300 }),
        (limit, group, allowed) => {
          const layout = layoutOf(limit, group, allowed);
          const used = new Map<number, number>();
          for (let slot = 0; slot < layout.slots; slot += 1) {
            const connection = layout.connectionOf(slot);
            used.set(connection, (used.get(connection) ?? 0) + 1);
          }

          expect(layout.connections).toBeLessThanOrEqual(limit);
          expect(layout.slots).toBeGreaterThanOrEqual(Math.min(limit, 1024));
          expect([...used.keys()].sort((a, b) => a - b)).toEqual(
            Array.from({ length: layout.connections }, (_, connection) => connection),
          );
          expect(new Set(used.values())).toEqual(new Set([layout.streams]));
        },
      ),
    );
  });
});
