/** Wakes the driver when the next request is due. */
export interface Pacer {
  /** Whether it burns CPU while it waits, so that the thread always looks busy. */
  readonly spins: boolean;
  /** Calls `wake` once, at `atUs` of the shared monotonic clock or as soon after as it can. */
  wakeAt(atUs: number, wake: () => void): void;
  stop(): void;
}
