import type { AbRun, AbSide } from './plan-runs.js';

/** Of a run beside its cells: generators that make themselves ready, the pre-flight, files; as seen. */
const RUN_OVERHEAD_MS = 3000;

/** How long what is left of `bench ab` takes: as forecast at first, then as the runs of each side have taken so far. */
export class AbEstimate {
  private readonly took: Record<AbSide, number[]> = { base: [], candidate: [] };

  /** `forecastMs`: what the cells of a run of each side take with the starts of their target, in milliseconds. */
  constructor(private readonly forecastMs: Readonly<Record<AbSide, number>>) {}

  runTook({ side }: Pick<AbRun, 'side'>, tookMs: number): void {
    this.took[side].push(tookMs);
  }

  remainingMs(left: readonly Pick<AbRun, 'side'>[]): number {
    return left.reduce((sum, { side }) => sum + this.runMs(side), 0);
  }

  private runMs(side: AbSide): number {
    const took = this.took[side];
    if (took.length === 0) return this.forecastMs[side] + RUN_OVERHEAD_MS;
    return took.reduce((sum, one) => sum + one, 0) / took.length;
  }
}
