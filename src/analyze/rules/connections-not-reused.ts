import type { CellRule } from '../cell-rule.js';

const MOST_SHARE = 0.1;

const REMEDY =
  'the target closes its connections, so opening them is in the response time: see its keep-alive settings, or measure that on purpose with --no-keepalive';

export const connectionsNotReused: CellRule = {
  id: 'connections-not-reused',
  state: 'SUSPECT',
  explain({ counts, generator: { keepAlive, connectionEndsInWindow } }) {
    // Of connections that bench opened or closed for reasons of its own the target is not to blame.
    const closed = connectionEndsInWindow?.byTarget ?? 0;
    if (!keepAlive || closed <= MOST_SHARE * counts.sent) return undefined;
    return {
      message: `the target closed ${closed} connections for ${counts.sent} requests, and as many had to be opened`,
      remedy: REMEDY,
      severity: closed / counts.sent,
    };
  },
};
