import { seedFor } from '../../kernel/random.js';
import type { Place } from '../document/described-operation.js';

/** Which of the many values that fit is wanted: the same wish gives the same value. */
export interface Wish {
  /** 0 = the plainest value; each further one is another value, where the schema leaves room. */
  readonly step: number;
  readonly seed: number;
  /** Of the parameter or property, for values that suit it. */
  readonly name: string;
  readonly place: Place | 'body';
}

/** The wish for a part of a value. */
export function wishFor(wish: Wish, name: string, step = wish.step): Wish {
  return { step, name, place: wish.place, seed: seedFor(wish.seed, name) };
}

/** A place in a round of `size`: each step is at another one until all were visited; the first is 0. */
export function placeInRound({ step, seed }: Wish, size: number): number {
  if (size <= 1) return 0;
  let stride = 1 + (seed % size);
  while (divisorOf(stride, size) !== 1) stride += 1;
  return ((step % size) * (stride % size)) % size;
}

function divisorOf(one: number, other: number): number {
  let [larger, smaller] = [one, other];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/** A number below 2³² that looks random, for a step and a purpose. */
export function hashFor({ step, seed }: Wish, purpose: string): number {
  const hash = seedFor(seedFor(seed, `${step}`), purpose);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
}
