import type { Clock } from '../kernel/clock.js';
import type { Reason } from '../model/finding.js';
import type { Generator, GeneratorShare } from '../model/generator.js';
import type { Measurements } from '../model/measurements.js';
import { durationMsOf } from '../model/plan-figures.js';
import type { HostLoad, ResourceSummary } from '../model/resources.js';
import { readTick } from '../measure/live-view.js';
import { ResourceSampler } from '../observe/sample-resources.js';
import type { Target } from '../target/target.js';
import { LiveSeconds } from './live-seconds.js';
import type { Observer } from './run-events.js';

export interface CellResult {
  /** When the window opened. */
  readonly startedAt: string;
  readonly measurements: Measurements;
  readonly resources: ResourceSummary | null;
  readonly host: HostLoad;
  readonly reasons: readonly Reason[];
}

export interface CellOptions {
  readonly clock: Clock;
  readonly generator: Generator;
  readonly target: Target;
  readonly share: GeneratorShare;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

const SHOWN_LINES = 5;
/** From the moment at which all generators are ready to the opening of the window, in microseconds. */
const LEAD_US = 50_000;

/** Warms up and measures one cell; `undefined` when it was cut short by an interrupt. */
export async function measureCell(options: CellOptions): Promise<CellResult | undefined> {
  const { clock, generator, target, share, observe, signal } = options;
  let sampler: ResourceSampler | undefined;
  let measurements: Measurements | undefined;
  const seconds = new LiveSeconds(share.plan);
  let startedAt = '';
  try {
    let openWindow = (_startUs: number): void => {};
    const start = new Promise<number>((resolve) => {
      openWindow = resolve;
    });
    for await (const event of generator.run(share, signal, start)) {
      switch (event.kind) {
        case 'ready': {
          const startUs = clock.nowUs() + LEAD_US;
          startedAt = new Date(clock.unixMs() + LEAD_US / 1000).toISOString();
          openWindow(startUs);
          sampler = new ResourceSampler(clock, target.pid, startUs, durationMsOf(share.plan));
          break;
        }
        case 'tick':
          observe({ kind: 'second', second: seconds.read(readTick(event.tick), sampler?.latest) });
          break;
        case 'finished':
          measurements = event.measurements;
          break;
        case 'failed':
          throw new Error(`a load generator failed: ${event.message}`);
      }
    }
  } catch (error) {
    // Its timer would keep the process alive to the end of the window.
    await sampler?.finish();
    throw error;
  }
  const sampled = await sampler?.finish();
  if (measurements === undefined || sampled === undefined) return undefined;
  return {
    startedAt,
    measurements,
    resources: sampled.target,
    host: sampled.host,
    reasons: await deathOf(target),
  };
}

async function deathOf(target: Target): Promise<Reason[]> {
  if (target.death === undefined) return [];
  const lines = await target.lastOutput(SHOWN_LINES);
  const said = lines.length === 0 ? 'it wrote nothing' : `its last output: ${lines.join(' ⏎ ')}`;
  return [{ id: 'target-died', message: `the target ${target.death}; ${said}` }];
}
