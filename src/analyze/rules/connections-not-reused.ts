import type { CellRule } from '../cell-rule.js';

const MOST_SHARE = 0.1;

export const connectionsNotReused: CellRule = {
  id: 'connections-not-reused',
  state: 'SUSPECT',
  remedy:
    'the target closes its connections, so opening them is in the response time: see its keep-alive settings, or measure that on purpose with --no-keepalive',
  explain({ counts, generator: { keepAlive, connectionsOpenedInWindow: opened } }) {
    if (!keepAlive || opened <= MOST_SHARE * counts.sent) return undefined;
    return `${((100 * opened) / counts.sent).toFixed(0)} % of the requests had to open a connection first (${opened} of ${counts.sent})`;
  },
};
