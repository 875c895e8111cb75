/** A request outside the load: for the document, the readiness of the target, its setup and recovery. */
interface FetchOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>> | [string, string][];
  readonly body?: string | Uint8Array | null;
  readonly redirect?: 'follow' | 'manual';
  readonly signal?: AbortSignal;
}

interface Fetched {
  readonly status: number;
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  /** What has come of it so far, for those who must stop before the end. */
  readonly body?: AsyncIterable<Uint8Array> | null;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** As the global fetch; the one that goes to the target does so over its socket or certificate. */
export type Fetch = (url: string, options?: FetchOptions) => Promise<Fetched>;
