import type { ServiceName, ServiceRecord } from '../../model/results/service.js';

/** A kind of database, and how a private one is run. */
export interface ServiceKind {
  readonly name: ServiceName;
  /** For people: `PostgreSQL`. */
  readonly title: string;
  /** Names its URL in the environment of the target, and of bench where it runs already. */
  readonly variable: string;
  /** A user that systems have for it. */
  readonly user: string;
  /** Commands that install it, by system. */
  readonly install: Readonly<Record<'linux' | 'darwin', string>>;
  /** How it comes back after it has died. */
  readonly comesBack: 'as it was' | 'empty';
  readonly wanted: Wanted;
  /** What runs its programs, which are all in one folder. */
  installedIn(folder: string, version: string): InstalledService;
}

/** The programs of a service, and the oldest version of them that will do. */
export interface Wanted {
  readonly programs: readonly string[];
  /** Folders, in which one `*` stands for a part of a name. */
  readonly places: readonly string[];
  /** Captures the version in what the first program prints for `--version`. */
  readonly version: RegExp;
  readonly least: number;
}

/** Programs of a kind of database on this machine. */
export interface InstalledService {
  readonly version: string;
  readonly settings: ServiceRecord['settings'];
  /** Writes what it needs before its first start, and names the step that makes the rest; null = nothing is left to do. */
  prepare(place: ServicePlace): Promise<{ readonly title: string; readonly words: readonly string[] } | null>;
  /** The words that start it. */
  words(place: ServicePlace): readonly string[];
  /** Whether it answers. */
  isReady(place: ServicePlace): Promise<boolean>;
  /** Makes an empty database in place of the one before; `at` counts from 0. Returns its URL. */
  makeEmpty(place: ServicePlace, at: number): Promise<string>;
}

/** Where a private service lies and listens, and who may use it. */
export interface ServicePlace {
  /** Its own, empty at first and gone in the end. */
  readonly folder: string;
  readonly port: number;
  /** The only one it takes; in no record and no message. */
  readonly password: string;
  /** Whom its programs run as; null = the user of bench. */
  readonly user: SystemUser | null;
}

export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}
