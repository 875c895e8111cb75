import type { ThreadAudit } from '../../model/generation/measurements.js';
import type { Transport } from './transport.js';

type Connections = Pick<
  ThreadAudit,
  'connectionsOpened' | 'connectionsOpenedInWindow' | 'connectionEndsInWindow'
>;

/** What becomes of the connections from now on, to be read later. */
export function watchConnections(transport: Transport): () => Connections {
  const { connectionsOpened: before } = transport;
  const { byTarget, byBench, afterTimeout } = transport.connectionEnds;
  return () => ({
    connectionsOpened: transport.connectionsOpened,
    connectionsOpenedInWindow: transport.connectionsOpened - before,
    connectionEndsInWindow: {
      byTarget: transport.connectionEnds.byTarget - byTarget,
      byBench: transport.connectionEnds.byBench - byBench,
      afterTimeout: transport.connectionEnds.afterTimeout - afterTimeout,
    },
  });
}
