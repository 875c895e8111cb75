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
  /** The candidate that answered, with its owner as it is now. */
  settle(candidate: Candidate): Promise<Candidate>;
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
    settle: (one) => Promise.resolve(one),
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
const SURE_AFTER_MS = 10_000;
/** A program that listens on the right port of another address for this long will not come to the right one. */
const WRONG_AFTER_MS = 3000;

/** Polls of `waitUntilReady`. */
const LOOKS_A_SECOND = 20;

/** A loopback address may be asked itself; one that means every address, or another, by the host that was named. */
function loopbackOr(address: string, host: string): string {
  return address === '::1' || address.startsWith('127.') ? address : host;
}

/** Finds where a started program listens, without sending anything to other programs. */
export class Locator implements Locate {
  /** From the previous look: a single sighting may catch a process halfway through its start. */
  private strangerBefore: string | undefined;
  /** Since when the program has had just one open port. */
  private aloneSince: { readonly port: number; readonly us: number } | undefined;
  /** Since when it has listened on its port at another address only. */
  private wrongSinceUs: number | undefined;
  private looks = 0;

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
    if (ownership.kind === 'nobody') await this.refuseWrongAddress();
    return [];
  }

  async settle(candidate: Candidate): Promise<Candidate> {
    const ownership = await this.look(candidate.place);
    if (!this.where.isOwnerFree && ownership.kind === 'foreign')
      throw new PlaceTaken(intruderIn(ownership, candidate.place) ?? '');
    return { ...candidate, ownership };
  }

  async elsewhere(): Promise<string[]> {
    const sockets = await findListening(this.family.pids());
    const names = sockets.map(({ address, port }) => nameOfPlace({ kind: 'tcp', host: address, port }));
    return names.filter((name) => name !== nameOfPlace(this.where.place));
  }

  async stranger(): Promise<string | undefined> {
    return this.strangerIn(await this.look(this.where.place));
  }

  /** Where else the program listens is searched for once a second. */
  private async refuseWrongAddress(): Promise<void> {
    const { place } = this.where;
    this.looks += 1;
    if (place.kind === 'unix' || this.looks % LOOKS_A_SECOND !== 0) return;
    const nowUs = this.clock.nowUs();
    const sockets = await findListening(this.family.pids());
    const wrong = sockets.find(({ port }) => port === place.port);
    if (wrong === undefined) {
      this.wrongSinceUs = undefined;
      return;
    }
    this.wrongSinceUs ??= nowUs;
    if (nowUs - this.wrongSinceUs < WRONG_AFTER_MS * 1000) return;
    throw new UserError(
      'run',
      `The target listens on ${nameOfPlace({ ...place, host: wrong.address })}, not on ${nameOfPlace(place)}.`,
      `Say where it listens with --host ${wrong.address}, or give {host} to its command.`,
    );
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
    const found = sockets.map(({ address, port }): Place => ({
      ...place,
      host: loopbackOr(address, place.host),
      port,
    }));
    const places = [...new Map(found.map((one) => [nameOfPlace(one), one])).values()];
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
