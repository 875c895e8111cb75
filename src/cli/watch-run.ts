import { MetricsKeeper } from '../app/outputs/live-metrics.js';
import type { Observer } from '../model/live/run-events.js';
import type { RunResult } from '../app/run/run-result.js';
import { serveMetrics, type MetricsServer } from '../app/outputs/serve-metrics.js';
import { systemClock } from '../kernel/clock.js';
import type { RunConfig } from '../model/config/run-config.js';
import { liveMetrics } from '../report/metrics/live-metrics.js';
import { EventStream } from './event-stream.js';
import type { Progress } from './progress.js';
import type { Terminal, TerminalFlags } from './terminal.js';

/** All who follow a run. */
export interface Watch {
  readonly observe: Observer;
  finish(result: RunResult, exitCode: number): void;
  close(): Promise<void>;
}

interface Watched {
  readonly flags: TerminalFlags & { readonly dryRun?: boolean };
  readonly config: RunConfig;
  readonly version: string;
}

/** Before the run begins: a port that is taken shall not cost one. */
export async function startWatching(
  { flags, config, version }: Watched,
  terminal: Terminal,
  progress: Progress,
): Promise<Watch> {
  const observers: Observer[] = [progress.observe];
  const events = flags.events === true ? new EventStream() : undefined;
  if (events) observers.push(events.observe);
  let server: MetricsServer | undefined;
  if (config.metricsPort !== null && flags.dryRun !== true) {
    const keeper = new MetricsKeeper(version, systemClock);
    observers.push(keeper.observe);
    server = await serveMetrics(config.metricsPort, (format) => liveMetrics(keeper.now, format));
    terminal.note(`Metrics: ${server.url}`);
  }
  return {
    observe(event) {
      for (const observe of observers) observe(event);
    },
    finish: (result, exitCode) => events?.finish(result, exitCode),
    async close() {
      await server?.close();
    },
  };
}
