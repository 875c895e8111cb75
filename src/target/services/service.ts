import type { ServiceName, ServiceRecord } from '../../model/results/service.js';
import type { StopWish } from '../supervise.js';

/** A program and its arguments. */
export type Words = readonly string[];

/** A kind of database, and how one is run that belongs to bench alone. */
export interface ServiceKind {
  readonly name: ServiceName;
  /** For people: `PostgreSQL`. */
  readonly title: string;
  /** Names its URL in the environment of the target, and of bench where it runs already. */
  readonly variable: string;
  /** How URLs of it begin, before `:`; drivers may stand behind a `+`. */
  readonly schemes: readonly string[];
  /** Where it usually listens. */
  readonly usualPort: number;
  /** A user that systems have for it. */
  readonly user: string;
  /** Commands that install it, by system. */
  readonly install: Readonly<Record<'linux' | 'darwin', string>>;
  /** How it comes back after it has died. */
  readonly comesBack: 'as it was' | 'empty';
  /** What bench sets, for the results; `program` is null in its container. */
  settings(program: FindProgram | null): ServiceRecord['settings'];
  readonly wanted: Wanted;
  /** Writes what its programs here need before its first start, and names the step that makes the rest; null = nothing. */
  prepare(place: ServicePlace, program: FindProgram): Promise<Step | null>;
  /** What starts it from its programs here. */
  command(place: ServicePlace, program: FindProgram): Words;
  readonly container: ContainerKind;
  /** Asks with its own tool whether it answers at this port of its loopback interface. */
  isReady(port: number): Words;
  /**
   * Commands of its own tools that make an empty database in place of the one before, or a copy of the template where there is
   * one; `at` counts from 0.
   */
  makeEmpty(port: number, at: number, hasTemplate: boolean): readonly Words[];
  /** Commands of its own tools after its first start, of one that runs with these settings. */
  setUp(port: number, settings: ServiceRecord['settings']): readonly Words[];
  /** Commands that make the template, to be filled; null = this kind has none. */
  makeTemplate: ((port: number) => readonly Words[]) | null;
  /** Writes to its folder what it holds only in memory; null = it does so by itself. */
  save: ((port: number) => Words) | null;
  /** What tells its tools the password. */
  toolEnv(password: string): Readonly<Record<string, string>>;
  /** Of the database with this number, or of the template. */
  url(place: ServicePlace, at: number | 'template'): string;
}

/** Where a program of the service is. */
export type FindProgram = (name: string) => string;

export interface Step {
  readonly title: string;
  readonly words: Words;
}

/** How a kind of database runs in a container. */
interface ContainerKind {
  readonly image: string;
  /** Prints a version that `wanted.version` captures. */
  readonly versionWords: Words;
  /** Keys of its service in a compose file; what holds the password is in its environment. */
  readonly keys: Readonly<Record<string, unknown>>;
  /** What its environment holds. */
  env(password: string): Readonly<Record<string, string>>;
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

/** What a database of bench's own runs on: programs of this machine, or a container. */
export interface ServiceRunner {
  readonly from: Exclude<ServiceRecord['from'], 'environment'>;
  /** For people, before it is started: `PostgreSQL 15.18`. */
  readonly title: string;
  readonly settings: ServiceRecord['settings'];
  /** Whom its programs run as; null = the user of bench. Throws `UserError` where there is nobody. */
  user(): SystemUser | null;
  /** Writes what it needs before its first start, and names the step that makes the rest; null = nothing is left to do. */
  prepare(place: ServicePlace): Promise<Step | null>;
  /** What starts it, and ends it. */
  start(place: ServicePlace): Promise<{ readonly words: Words; readonly stop: StopWish }>;
  /** Its version, once it is ready. */
  version(place: ServicePlace): Promise<string | null>;
  /** At which port its tools find it. */
  toolPort(place: ServicePlace): number;
  /** How one of its tools is called. */
  tool(place: ServicePlace, words: Words): ToolCall;
  /** Takes away what it has left outside its folder after it has ended by itself. */
  clean(place: ServicePlace): Promise<void>;
  /** Has it go on without bench, from when its supervised program has been left; returns the shell command that ends it. */
  keep(place: ServicePlace, program: KeptProgram): Promise<string>;
}

/** What is to be kept, while bench still watches it. */
export interface KeptProgram {
  /** Ends it in order. */
  stop(): Promise<unknown>;
  /** Leaves to itself what it has started, and ends only what bench watches. */
  leave(): Promise<unknown>;
}

export interface ToolCall {
  readonly words: Words;
  readonly user: SystemUser | null;
  readonly folder: string;
  /** All that the tool has in its environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where a database of bench's own lies and listens, and who may use it. */
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
