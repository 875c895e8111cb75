/** Wakes the driver when the next request is due. */
export interface Pacer {
  /** Time that it has burnt in waiting so far, in microseconds, estimated; 0 for one that sleeps. */
  readonly spunUs: number;
  /** Calls `wake` once, at `atUs` of the shared monotonic clock or as soon after as it can. */
  wakeAt(atUs: number, wake: () => void): void;
  stop(): void;
}
