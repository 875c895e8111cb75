/** A socket of this machine that takes connections. */
export interface ListeningSocket {
  /** Names it as long as it is open. */
  readonly id: string;
  /** `127.0.0.1`, `::1`; `0.0.0.0` and `::` for every address. */
  readonly address: string;
  readonly port: number;
  /** The user on whose behalf it was opened; null where the system does not tell. */
  readonly userId: number | null;
}

/** A process that has a socket open; several share one that they inherited. */
export interface SocketHolder {
  readonly socketId: string;
  readonly pid: number;
  /** Whether it has it open still. Cheap. */
  stillHolds(): boolean;
}

/** What the system tells of listening sockets. */
export interface SocketTable {
  /** Those of TCP; undefined when the system does not tell. */
  tcp(): Promise<ListeningSocket[] | undefined>;
  /** The ids of those that listen at a path. */
  unix(path: string): Promise<string[]>;
  /** The processes that hold any of these sockets: of `pids`, or of all that this user may look into. */
  holders(socketIds: ReadonlySet<string>, pids?: readonly number[]): Promise<SocketHolder[]>;
}
