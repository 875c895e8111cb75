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
  readonly headers: {
    /** Of several of one name, joined by commas; null when there is none. */
    get(name: string): string | null;
    forEach(visit: (value: string, name: string) => void): void;
  };
  /** As it comes, for those who do not want all of it. */
  readonly body: AsyncIterable<Uint8Array> | null;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** As the global fetch; the one that goes to the target does so over its socket or certificate. */
export type Fetch = (url: string, options?: FetchOptions) => Promise<Fetched>;
