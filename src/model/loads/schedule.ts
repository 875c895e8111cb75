/** When each request of an open-loop load is due: a pure function of its index, from the window's start. */
export interface Schedule {
  /** Microseconds after the start; `undefined` once the load is over. Cheap in ascending order of the index. */
  dueAtUs(index: number): number | undefined;
  /** How many requests the whole load holds. */
  readonly planned: number;
}
