import type { GeneratorShare } from '../../model/generation/generator.js';

/** More streams on one connection than this gain nothing: they wait for one another in its buffers. */
const MOST_STREAMS = 256;

/** How the slots of HTTP/2, which are streams, lie on its connections. */
export interface StreamLayout {
  readonly connections: number;
  readonly streams: number;
  readonly slots: number;
  readonly connectionOf: (slot: number) => number;
  /** The slots that can send at once when the connections of the first `slots` stand: those, rounded up. */
  readonly standing: (slots: number) => number;
}

type Shared = Pick<GeneratorShare, 'maxConnections'> & {
  readonly warmup: Pick<GeneratorShare['warmup'], 'connections'>;
};

/**
 * As few connections as carry `maxConnections` requests at once, and no fewer than the warm-up uses, which is
 * some for each worker; never more than `maxConnections`. They form groups as large as the warm-up's: within a
 * group neighbouring slots are on different connections, and a group is opened only when those before it are full.
 */
export function streamLayout({ maxConnections, warmup }: Shared, mostStreams: number): StreamLayout {
  const streams = Math.max(1, Math.min(MOST_STREAMS, mostStreams));
  const group = Math.min(maxConnections, warmup.connections);
  const groups = Math.ceil(maxConnections / (group * streams));
  const connections = Math.min(maxConnections, groups * group);
  const inGroup = group * streams;
  const connectionOf = (slot: number): number => {
    const first = Math.floor(slot / inGroup) * group;
    return first + ((slot % inGroup) % Math.min(group, connections - first));
  };
  const slots = connections * streams;
  return {
    ...{ connections, streams, slots, connectionOf },
    standing: (count) => Math.min(slots, Math.ceil(count / inGroup) * inGroup),
  };
}
