import type { Distribution } from '../model/generation/measurements.js';
import { DistributionRecorder } from './distribution.js';

/** How evenly requests went out: |real − planned| gap between each release and the one before. */
export class GapErrors {
  private readonly errors = new DistributionRecorder();
  private dueUs = Number.NaN;
  private releasedUs = Number.NaN;

  add(dueUs: number, releasedUs: number): void {
    const error = Math.abs(releasedUs - this.releasedUs - (dueUs - this.dueUs));
    this.dueUs = dueUs;
    this.releasedUs = releasedUs;
    // The first release has no gap before it.
    if (!Number.isNaN(error)) this.errors.add(error);
  }

  snapshot(): Distribution {
    return this.errors.snapshot();
  }
}
