import type { Clock } from '../kernel/clock.js';
import { UserError } from '../kernel/errors.js';
import type { ProcessFamily } from './processes/process-family.js';
import { runsAsUser } from './processes/process-users.js';
import { intruderIn } from './sockets/claim.js';
import { findListening } from './sockets/find-listening.js';
import { ownershipOf, type Ownership } from './sockets/ownership.js';
import { nameOfPlace, takesConnections, type Place } from './sockets/place.js';

/** Where a started program is to be found. */
export interface Whereabouts {
  /** Where it was told to listen; nothing answered there before it was started. */
  readonly place: Place;
  /** Whether it may listen on another port than it was told, since its command does not name one. */
  readonly mayMove: boolean;
  /** Whether what answers need not be a process that was started. */
  readonly isOwnerFree: boolean;
}

/** A place at which the target may be asked. */
export interface Candidate {
  readonly place: Place;
  readonly ownership: Ownership;
  /** Whether it is the target's address for certain, so that any fair answer will do. */
  readonly isSure: boolean;
}

/** Where to ask, and what to say when nothing good comes of it. */
export interface Locate {
  /** Throws `PlaceTaken` when another server is where the target was to be. */
  candidates(): Promise<Candidate[]>;
  /** In words, whose the place is, when it is not the target's. */
  stranger(): Promise<string | undefined>;
  /** Other places at which the target listens: `[::1]:8000`. */
  elsewhere(): Promise<string[]>;
}

/** A server that the user has named. */
export function atKnownPlace(place: Place): Locate {
  const candidate: Candidate = { place, ownership: { kind: 'unreadable', userId: null }, isSure: true };
  return {
    candidates: () => Promise.resolve([candidate]),
    stranger: () => Promise.resolve(undefined),
    elsewhere: () => Promise.resolve([]),
  };
}

/** Another server has the place of the target: nothing was sent to it. */
export class PlaceTaken extends UserError {
  constructor(message: string) {
    super(
      'run',
      `${message}. Nothing was sent to it.`,
      'End that program, choose another port with --port N, or let bench take a free one with --port auto. If it is the target all the same, in a container or under another user, write it into a scenario file: start: { command: …, owner: any }',
    );
  }
}

/** The only address of a program that may not be the one that is meant is taken after this long. */
const SURE_AFTER_MS = 1000;

/** Finds where a started program listens, without a word to any other. */
export class Locator implements Locate {
  /** Of the look before: what is seen once may be half of a start. */
  private strangerBefore: string | undefined;
  /** When the only other port was first seen. */
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
      return `${nameOfPlace(place)} belongs to a process of the user with the id ${ownership.userId}, and the target does not run as that user`;
    }
    return intruderIn(ownership, place);
  }

  /** Whether something answers whose owner cannot be seen: nothing did before the start, so it is taken for the target. */
  private async answersUnseen(ownership: Ownership): Promise<boolean> {
    const { place } = this.where;
    if (ownership.kind === 'unreadable') return true;
    if (!(await takesConnections(place))) return false;
    // It may have begun to listen just now.
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
