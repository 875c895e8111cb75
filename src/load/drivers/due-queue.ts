/*
 * Hot path: numbers in typed arrays; grows by doubling, never beyond its limit.
 */
const FIRST_CAPACITY = 1024;

/** Due requests that wait for a free connection, first in first out. */
export class DueQueue {
  private indices = new Float64Array(FIRST_CAPACITY);
  private dues = new Float64Array(FIRST_CAPACITY);
  private releases = new Float64Array(FIRST_CAPACITY);
  private head = 0;
  length = 0;
  longest = 0;

  constructor(private readonly limit: number) {}

  /** False when the queue is full: the request is dropped. */
  push(index: number, dueUs: number, releasedUs: number): boolean {
    if (this.length >= this.limit) return false;
    if (this.length === this.indices.length) this.grow();
    const at = (this.head + this.length) % this.indices.length;
    this.indices[at] = index;
    this.dues[at] = dueUs;
    this.releases[at] = releasedUs;
    this.length += 1;
    if (this.length > this.longest) this.longest = this.length;
    return true;
  }

  /** Index of the first in line; -1 when nobody waits. */
  get firstIndex(): number {
    return this.length === 0 ? -1 : (this.indices[this.head] as number);
  }

  get firstDueUs(): number {
    return this.dues[this.head] as number;
  }

  get firstReleasedUs(): number {
    return this.releases[this.head] as number;
  }

  shift(): void {
    this.head = (this.head + 1) % this.indices.length;
    this.length -= 1;
  }

  private grow(): void {
    const size = this.indices.length;
    const unrolled = (ring: Float64Array): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(size * 2);
      larger.set(ring.subarray(this.head));
      larger.set(ring.subarray(0, this.head), size - this.head);
      return larger;
    };
    this.indices = unrolled(this.indices);
    this.dues = unrolled(this.dues);
    this.releases = unrolled(this.releases);
    this.head = 0;
  }
}
