/** Rings once at an instant, more exactly than the event loop's timers, which know whole milliseconds. */
export interface Alarm {
  /** Replaces what was set before. `ring` is called at `atUs` of the shared monotonic clock or just after. */
  set(atUs: number, ring: () => void): void;
  clear(): void;
}
