/** A listening socket on this machine. */
export interface ListeningSocket {
  /** Unique as long as the socket is open. */
  readonly id: string;
  /** `127.0.0.1`, `::1`, …; `0.0.0.0` and `::` mean every address. */
  readonly address: string;
  readonly port: number;
  /** The user who opened it; null where unknown. */
  readonly userId: number | null;
}

/** A process that has a socket open; processes share sockets that they inherited. */
export interface SocketHolder {
  readonly socketId: string;
  readonly pid: number;
  /** Whether the process still has it open. Takes microseconds. */
  stillHolds(): boolean;
}

/** What the system knows about listening sockets. */
export interface SocketTable {
  /** All TCP sockets that listen; undefined when the system does not say. */
  tcp(): Promise<ListeningSocket[] | undefined>;
  /** The ids of the sockets that listen at a path. */
  unix(path: string): Promise<string[]>;
  /** The processes that hold any of these sockets, among `pids` or else among all that this user may inspect. */
  holders(socketIds: ReadonlySet<string>, pids?: readonly number[]): Promise<SocketHolder[]>;
}
