/** A request that the user has written whole, which no document describes. */
export interface GivenRequest {
  readonly method: string;
  /** With the query, as it goes on the wire behind the base path. */
  readonly path: string;
  /** Null = it is sent without one. */
  readonly body: GivenBody | null;
}

export interface GivenBody {
  /** Where no header says another one. */
  readonly contentType: string;
  /** Text of the command line, in which `{n}` is a serial number as everywhere; bytes of a file, which go as they are. */
  readonly content: string | Uint8Array;
}
