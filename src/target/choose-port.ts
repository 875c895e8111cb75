import { createServer } from 'node:net';
import { codeOf, UserError } from '../kernel/errors.js';
import type { TargetConfig } from '../model/run-config.js';
import { findByPort, type PortOwner } from './find-by-port.js';

type PortWish = Extract<TargetConfig, { kind: 'command' }>['port'];

export interface ChosenPort {
  readonly port: number;
  /** Why it is not the preferred one; null when it is. */
  readonly notice: string | null;
}

/** The port on which to start the target; a fixed port that is taken is the user's to free. */
export async function choosePort(host: string, wish: PortWish): Promise<ChosenPort> {
  if (wish.kind === 'free') return { port: await bind(host, 0), notice: null };
  try {
    return { port: await bind(host, wish.number), notice: null };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new UserError(
        'usage',
        `--host ${host} is no address of this machine.`,
        'Use 127.0.0.1, or leave --host away.',
      );
    }
    if (code === 'EACCES') {
      throw new UserError(
        'run',
        `Port ${wish.number} needs more rights than this user has.`,
        'Choose a port above 1023.',
      );
    }
    if (code !== 'EADDRINUSE') throw error;
  }
  const owner = describe(await findByPort(wish.number));
  if (wish.kind === 'fixed') {
    throw new UserError(
      'run',
      `Port ${wish.number} on ${host} is taken by ${owner}.`,
      'End that program, choose another port with --port N, or let bench take a free one with --port auto.',
    );
  }
  const port = await bind(host, 0);
  return { port, notice: `Port ${wish.number} is taken by ${owner}: using ${port}.` };
}

function describe(owner: PortOwner | undefined): string {
  return owner ? `process ${owner.pid} (${owner.command.slice(0, 80)})` : 'another program';
}

/** Binds and lets go at once, to learn that the port is free, and which one 0 gives. */
function bind(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
