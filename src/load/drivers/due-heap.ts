/*
 * Hot path: numbers in typed arrays, nothing allocated.
 */

/** Users by the time at which their next request is due, the earliest first. Each is in it once at most. */
export class DueHeap {
  private readonly dues: Float64Array;
  private readonly users: Int32Array;
  length = 0;

  constructor(users: number) {
    this.dues = new Float64Array(users);
    this.users = new Int32Array(users);
  }

  /** Infinity when it is empty. */
  get firstDueUs(): number {
    return this.length === 0 ? Infinity : (this.dues[0] as number);
  }

  push(dueUs: number, user: number): void {
    let at = this.length;
    this.length += 1;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if ((this.dues[parent] as number) <= dueUs) break;
      this.move(parent, at);
      at = parent;
    }
    this.dues[at] = dueUs;
    this.users[at] = user;
  }

  /** The user whose request is due first; there must be one. */
  pop(): number {
    const first = this.users[0] as number;
    this.length -= 1;
    const dueUs = this.dues[this.length] as number;
    const user = this.users[this.length] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.length) break;
      if (child + 1 < this.length && (this.dues[child + 1] as number) < (this.dues[child] as number))
        child += 1;
      if ((this.dues[child] as number) >= dueUs) break;
      this.move(child, at);
      at = child;
    }
    this.dues[at] = dueUs;
    this.users[at] = user;
    return first;
  }

  /** Takes out all that are due then or later. */
  dropFrom(atUs: number): void {
    const { length } = this;
    this.length = 0;
    for (let at = 0; at < length; at += 1) {
      const dueUs = this.dues[at] as number;
      if (dueUs < atUs) this.push(dueUs, this.users[at] as number);
    }
  }

  private move(from: number, to: number): void {
    this.dues[to] = this.dues[from] as number;
    this.users[to] = this.users[from] as number;
  }
}
