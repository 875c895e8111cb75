import type { Clock } from '../kernel/clock.js';
import { UserError } from '../kernel/errors.js';
import type { ProcessFamily } from './processes/process-family.js';
import { runsAsUser } from './processes/process-users.js';
import { intruderIn } from './sockets/claim.js';
import { findListening } from './sockets/find-listening.js';
import { ownershipOf, type Ownership } from './sockets/ownership.js';
import { nameOfPlace, takesConnections, type Place } from './sockets/place.js';

/** Where to look for a started program. */
export interface Whereabouts {
  /** Where it was told to listen. Nothing answered there before the start. */
  readonly place: Place;
  /** Whether it may listen on another port, because its command does not name one. */
  readonly mayMove: boolean;
  /** Whether any process may answer there (`owner: any`). */
  readonly isOwnerFree: boolean;
}

/** An address at which the target may be asked. */
export interface Candidate {
  readonly place: Place;
  readonly ownership: Ownership;
  /** Whether this is certainly the right port, so that any answer below 500 will do. */
  readonly isSure: boolean;
}

/** Where to ask, and what to say when there is no good answer. */
export interface Locate {
  /** Throws `PlaceTaken` when another server has taken the target's address. */
  candidates(): Promise<Candidate[]>;
  /** In words, who owns the address if not the target. */
  stranger(): Promise<string | undefined>;
  /** Other addresses on which the target listens: `[::1]:8000`. */
  elsewhere(): Promise<string[]>;
}

/** A server that the user named. */
export function atKnownPlace(place: Place): Locate {
  const candidate: Candidate = { place, ownership: { kind: 'unreadable', userId: null }, isSure: true };
  return {
    candidates: () => Promise.resolve([candidate]),
    stranger: () => Promise.resolve(undefined),
    elsewhere: () => Promise.resolve([]),
  };
}

/** Another server has the target's address. No request was sent to it. */
export class PlaceTaken extends UserError {
  constructor(message: string) {
    super(
      'run',
      `${message}. Nothing was sent to it.`,
      'Stop that program, choose another port with --port N, or let bench pick a free one with --port auto. If that program is your server after all (in a container, or under another user), set this in a scenario file: start: { command: …, owner: any }',
    );
  }
}

/** A program's only open port is taken for the right one after this long, even without a 2xx answer. */
const SURE_AFTER_MS = 1000;

/** Finds where a started program listens, without sending anything to other programs. */
export class Locator implements Locate {
  /** From the previous look: a single sighting may catch a process halfway through its start. */
  private strangerBefore: string | undefined;
  /** Since when the program has had just one open port. */
  private aloneSince: { readonly port: number; readonly us: number } | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly family: ProcessFamily,
    private readonly where: Whereabouts,
  ) {}

  async candidates(): Promise<Candidate[]> {
    const { place, mayMove, isOwnerFree } = this.where;
    const ownership = await this.look(place);
    if (isOwnerFree) return [{ place, ownership, isSure: true }];
    if (ownership.kind === 'ours') return [{ place, ownership, isSure: true }];
    const stranger = this.strangerIn(ownership);
    if (stranger === undefined && (await this.answersUnseen(ownership)))
      return [{ place, ownership, isSure: true }];
    if (mayMove) return this.otherPorts();
    const isConfirmed = stranger !== undefined && stranger === this.strangerBefore;
    this.strangerBefore = stranger;
    if (isConfirmed) throw new PlaceTaken(stranger);
    return [];
  }

  async elsewhere(): Promise<string[]> {
    const sockets = await findListening(this.family.pids());
    const names = sockets.map(({ address, port }) => nameOfPlace({ kind: 'tcp', host: address, port }));
    return names.filter((name) => name !== nameOfPlace(this.where.place));
  }

  async stranger(): Promise<string | undefined> {
    return this.strangerIn(await this.look(this.where.place));
  }

  private look(place: Place): Promise<Ownership> {
    return ownershipOf(place, () => this.family.pidsLookedAtAnew());
  }

  private strangerIn(ownership: Ownership): string | undefined {
    const { place } = this.where;
    if (ownership.kind === 'unreadable' && ownership.userId !== null) {
      if (runsAsUser(this.family.pids(), ownership.userId)) return undefined;
      return `${nameOfPlace(place)} belongs to a process of user id ${ownership.userId}, but the target does not run as that user`;
    }
    return intruderIn(ownership, place);
  }

  /** Whether something answers whose owner is invisible. Nothing did before the start, so it is taken for the target. */
  private async answersUnseen(ownership: Ownership): Promise<boolean> {
    const { place } = this.where;
    if (ownership.kind === 'unreadable') return true;
    if (!(await takesConnections(place))) return false;
    // It may have started to listen just now.
    return (await this.look(place)).kind === 'nobody';
  }

  private async otherPorts(): Promise<Candidate[]> {
    const { place } = this.where;
    if (place.kind === 'unix') return [];
    const sockets = await findListening(this.family.pids());
    const ports = [...new Set(sockets.map(({ port }) => port))].filter((port) => port !== place.port);
    const places = ports.map((port): Place => ({ ...place, port }));
    const owned = await Promise.all(
      places.map(async (one) => ({ place: one, ownership: await this.look(one) })),
    );
    const ours = owned.filter(({ ownership }) => ownership.kind === 'ours');
    const only = ours.length === 1 ? ours[0]?.place : undefined;
    const isSure = this.hasStoodAlone(only?.kind === 'tcp' ? only.port : undefined);
    return ours.map((one) => ({ ...one, isSure }));
  }

  private hasStoodAlone(port: number | undefined): boolean {
    const nowUs = this.clock.nowUs();
    if (port === undefined) this.aloneSince = undefined;
    else if (this.aloneSince?.port !== port) this.aloneSince = { port, us: nowUs };
    return this.aloneSince !== undefined && nowUs - this.aloneSince.us >= SURE_AFTER_MS * 1000;
  }
}
