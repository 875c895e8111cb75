import type { RequestBlueprint } from './request.js';

/** A request outside the load: for the document, the readiness of the target, its set-up and recovery. */
interface FetchOptions {
  /** GET unless given. */
  readonly method?: string;
  /** Name, value, name, value … as they go on the wire, beside those of the connection. */
  readonly headers?: readonly string[];
  /** Text goes as UTF-8. */
  readonly body?: RequestBlueprint['body'];
  readonly signal?: AbortSignal;
  /** Fails as soon as a body is larger than `LARGEST_BODY_BYTES`, instead of reading it to its end. */
  readonly refusesLarge?: boolean;
  /** Takes what has come of a stream of events for the answer, a second after it has begun, if it has not ended. */
  readonly endsStreams?: boolean;
}

export interface Fetched {
  readonly status: number;
  /** Name in lower case, value, name, value … */
  readonly headers: readonly string[];
  /** Without its content encodings; null when it could not be decoded, or is larger than `LARGEST_BODY_BYTES`. */
  readonly body: Buffer | null;
  /** Length of the body as it was sent. */
  readonly bytesReceived: number;
  /** Of a stream that was ended so: from sending to its first event; null = none came. */
  readonly stream?: { readonly firstEventMs: number | null };
}

/** Of an answer outside the load, decoded: 64 MB. */
export const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Sends one request as the load does, and resolves with the whole answer, of whatever status; redirects are not
 * followed. Rejects with the signal's reason, or with an error that names a failure kind and the place.
 */
export type Fetch = (url: string, options?: FetchOptions) => Promise<Fetched>;

/** The first value of a header; null when there is none. */
export function headerOf({ headers }: Pick<Fetched, 'headers'>, name: string): string | null {
  return headersOf({ headers }, name)[0] ?? null;
}

/** All values of a header. */
export function headersOf({ headers }: Pick<Fetched, 'headers'>, name: string): string[] {
  return headers.filter((_, at) => at % 2 === 1 && headers[at - 1] === name.toLowerCase());
}
