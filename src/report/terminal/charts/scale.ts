/** Where a value stands on a line, 0 to 1. */
export interface Scale {
  readonly kind: 'linear' | 'log';
  readonly low: number;
  readonly high: number;
  at(value: number): number;
}

/** From 0 to the highest value. */
export function linearScale(values: readonly number[]): Scale {
  const high = largestOf(values);
  return { kind: 'linear', low: 0, high, at: (value) => (high > 0 ? clamp(value / high) : 0) };
}

/** From the lowest to the highest value above 0, each factor of ten as long as the others. */
export function logScale(values: readonly number[]): Scale {
  const positive = values.filter((value) => value > 0);
  const high = positive.length === 0 ? 1 : largestOf(positive);
  const low = positive.reduce((least, value) => Math.min(least, value), high);
  const length = Math.log(high / low);
  return {
    kind: 'log',
    low,
    high,
    at: (value) => (value > low && length > 0 ? clamp(Math.log(value / low) / length) : 0),
  };
}

/** 1, 10, 100 … within a logarithmic scale; of a scale within one factor of ten also 2 and 5. */
export function ticksOf({ low, high }: Scale): number[] {
  const ticks: number[] = [];
  const steps = high / low < 30 ? [1, 2, 5] : [1];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1)
    ticks.push(...steps.map((step) => Number(`${step}e${power}`)));
  return ticks.filter((tick) => tick >= low && tick <= high);
}

export function largestOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function clamp(share: number): number {
  return Math.max(0, Math.min(1, share));
}
