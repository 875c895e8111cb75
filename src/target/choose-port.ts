import { createServer } from 'node:net';
import { codeOf, UserError } from '../kernel/errors.js';
import type { TargetConfig } from '../model/config/run-config.js';
import { nameOfOwner } from './sockets/ownership.js';
import { takesConnections, type Place } from './sockets/place.js';

type PortWish = Extract<TargetConfig, { kind: 'command' }>['port'];

export interface ChosenPort {
  readonly port: number;
  /** Why it is not the preferred one; null when it is. */
  readonly notice: string | null;
}

/** The port on which to start the target; a fixed port that is taken is the user's to free. */
export async function choosePort(host: string, wish: PortWish): Promise<ChosenPort> {
  if (wish.kind === 'free') return { port: await freePort(host), notice: null };
  const place: Place = { kind: 'tcp', host, port: wish.number };
  if (await isFree(place)) return { port: wish.number, notice: null };
  const owner = await nameOfOwner(place);
  if (wish.kind === 'fixed') throw portTaken(`Port ${wish.number} on ${host} is taken by ${owner}.`);
  const port = await freePort(host);
  return { port, notice: `Port ${wish.number} is taken by ${owner}: using ${port}.` };
}

/** For a port that was asked for and is in use. */
function portTaken(message: string): UserError {
  return new UserError(
    'run',
    message,
    'End that program, choose another port with --port N, or let bench take a free one with --port auto.',
  );
}

/** Whether the port can be bound and nothing answers on it. One that is mapped into a container can be bound, yet answers. */
async function isFree(place: Extract<Place, { kind: 'tcp' }>): Promise<boolean> {
  const { host, port } = place;
  try {
    await bind(host, port);
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
        `Port ${port} needs more rights than this user has.`,
        'Choose a port above 1023.',
      );
    }
    if (code !== 'EADDRINUSE') throw error;
    return false;
  }
  return !(await takesConnections(place));
}

const MOST_TRIES = 5;

async function freePort(host: string): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const port = await bind(host, 0);
    if (tries === MOST_TRIES || (await isFree({ kind: 'tcp', host, port }))) return port;
  }
}

/** Binds and lets go at once, to learn that the port is free, and which one 0 gives. */
function bind(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const trial = createServer();
    trial.once('error', reject);
    trial.listen(port, host, () => {
      const address = trial.address();
      trial.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
