/** Where a series falls into two parts that differ most. */
export interface Split {
  /** Of the first value of the second part. */
  readonly index: number;
  /** Q̂ of Matteson and James: the energy distance of both parts, weighted by their lengths. */
  readonly strength: number;
}

/**
 * Best splits of the parts of a series, by E-divisive: Q̂(τ, κ) compares [start, τ) with [τ, κ) for every τ and κ, as a
 * part after a change may end before the next one. Matteson and James 2014, with exponent 1; sums are taken in the order
 * of Apache Otava, so that ties fall alike. Time and memory grow with the square of the length.
 */
export class Splits {
  private readonly size: number;
  /** `inRow[i][j]`: distances from value i to those after it, up to value j + 1. */
  private readonly inRow: readonly Float64Array[];
  /** `toEarlier[j]`: distances from value j + 1 to all before it. */
  private readonly toEarlier: Float64Array;

  constructor(private readonly values: readonly number[]) {
    this.size = Math.max(0, values.length - 1);
    this.toEarlier = new Float64Array(this.size);
    this.inRow = Array.from({ length: this.size }, (_, i) => {
      const row = new Float64Array(this.size);
      let sum = 0;
      for (let j = i; j < this.size; j += 1) {
        const distance = this.distance(i, j + 1);
        sum += distance;
        row[j] = sum;
        this.toEarlier[j] = at(this.toEarlier, j) + distance;
      }
      return row;
    });
  }

  /** Of the values from `start` to before `end`, at least two. */
  best(start: number, end: number): Split {
    const size = end - 1 - start;
    const before = this.withinFirst(start, size);
    const after = this.withinSecond(start, size);
    const across = new Float64Array(size);
    let best: Split = { index: start + 1, strength: -Infinity };
    for (let i = 0; i < size; i += 1) {
      const first = i === 0 ? 0 : at(before, i - 1);
      for (let j = 0; j < size; j += 1) across[j] = at(across, j) + this.row(start + i, start + j);
      for (let j = i; j < size; j += 1) {
        const strength = energy(i + 1, j - i + 1, {
          across: at(across, j) - first,
          first,
          second: at(after[i] ?? NONE, j),
        });
        if (strength > best.strength) best = { index: start + i + 1, strength };
      }
    }
    return best;
  }

  /** Sums of the distances within the first 2, 3, … values. */
  private withinFirst(start: number, size: number): Float64Array {
    const sums = new Float64Array(size);
    let sum = 0;
    for (let k = 0; k < size; k += 1) {
      let outside = 0;
      for (let i = 0; i < start; i += 1) outside += this.distance(i, start + 1 + k);
      sum += at(this.toEarlier, start + k) - outside;
      sums[k] = sum;
    }
    return sums;
  }

  /** `[i][j]`: sum of the distances within the values from i + 1 to j + 1. */
  private withinSecond(start: number, size: number): Float64Array[] {
    const sums: Float64Array[] = [];
    for (let i = size - 2; i >= 0; i -= 1) {
      const below = sums[i + 1];
      sums[i] = Float64Array.from(
        { length: size },
        (_, j) => at(below ?? NONE, j) + this.row(start + i + 1, start + j),
      );
    }
    return sums;
  }

  private row(i: number, j: number): number {
    return at(this.inRow[i] ?? NONE, j);
  }

  private distance(i: number, j: number): number {
    return Math.abs((this.values[i] ?? 0) - (this.values[j] ?? 0));
  }
}

const NONE = new Float64Array(0);

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

/** Sums of distances: between two parts, and within each of them. */
interface Sums {
  readonly across: number;
  readonly first: number;
  readonly second: number;
}

/** Of parts with n and m values. */
function energy(n: number, m: number, { across, first, second }: Sums): number {
  const between = (2 / (n + m)) * across;
  const withinFirst = n === 1 ? 0 : ((2 * m) / ((n + m) * (n - 1))) * first;
  const withinSecond = m === 1 ? 0 : ((2 * n) / ((n + m) * (m - 1))) * second;
  return between - withinFirst - withinSecond;
}
