import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { floorOfRuns } from '../../analyze/calibrate/floor-of-runs.js';
import { sleep, systemClock as clock } from '../../kernel/clock.js';
import { reasonOf, UserError } from '../../kernel/errors.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Observer } from '../../model/live/run-events.js';
import { durationMsOf, type Load } from '../../model/loads/index.js';
import type { Report } from '../../model/report/report.js';
import { machineOf, NOISE_FLOOR_VERSION, type NoiseFloor } from '../../model/results/noise-floor.js';
import type { RunRecord } from '../../model/results/run-record.js';
import { describeMachine } from '../../observe/describe-machine.js';
import { keepNoiseFloor } from '../../store/noise-store.js';
import { readReport } from '../outputs/read-report.js';
import { defaultFolder } from '../run/default-folder.js';
import { runTest } from '../run/run-test.js';
import { loadsBelow, SEARCH_LOAD } from './find-loads.js';

/** Who shows how far it is. */
export interface CalibrationWatch {
  readonly observe: Observer;
  /** Before each run, from 1; `leftMs` is likely to be left with this one, undefined before the first has ended. */
  began(run: number, runs: number, leftMs: number | undefined): void;
  /** Before the comparisons of all of them. */
  ended(): void;
}

export interface CalibrationOptions {
  readonly config: RunConfig;
  /** Whether its loads were asked for; otherwise they are found. */
  readonly hasOwnLoad: boolean;
  /** Whether its duration was, for loads that are found. */
  readonly hasOwnDuration: boolean;
  readonly repeats: number;
  readonly command: readonly string[];
  readonly version: string;
  readonly watch: CalibrationWatch;
  readonly signal: AbortSignal;
}

export interface Calibration {
  readonly floor: NoiseFloor;
  /** Where it is kept. */
  readonly file: string;
  /** With a results directory for each run. */
  readonly folder: string;
}

const FOUND_MS = 5000;

/** Runs of the same, each on a fresh server: what figures vary by on this machine. Keeps it, and throws `UserError`. */
export async function calibrate(options: CalibrationOptions): Promise<Calibration> {
  const { config, version, watch, signal } = options;
  refuseNothingFresh(config);
  const folder = resolve(config.out ?? defaultFolder(clock.unixMs(), 'calibrate'));
  const loads = options.hasOwnLoad ? config.loads : await findLoads(options, folder);
  const folders = await measureAlike(options, loads, folder);
  watch.ended();
  const reports: Report[] = [];
  for (const one of folders) reports.push(await readReport(one));
  const found = await floorOfRuns(reports, async () => {
    await sleep(clock, 0);
    signal.throwIfAborted();
  });
  if (found.figures.length === 0) throw nothingUsable(folder);
  const floor: NoiseFloor = {
    schemaVersion: NOISE_FLOOR_VERSION,
    tool: { name: 'openapi-bench', version },
    machine: machineOf({
      owner: { pid: process.pid, host: hostname() },
      environment: await describeMachine(),
    }),
    measuredAt: new Date(clock.unixMs()).toISOString(),
    scenario: config.scenario,
    runs: reports.length,
    ...found,
  };
  return { floor, file: await keepNoiseFloor(floor), folder };
}

function refuseNothingFresh({ target }: RunConfig): void {
  if (target.kind === 'command') return;
  throw new UserError(
    'usage',
    'A calibration needs a target that bench starts, a fresh one for each run; --url names one that runs already.',
    'Leave --url out for the embedded one, or name one with --command or --scenario.',
  );
}

async function findLoads(options: CalibrationOptions, folder: string): Promise<Load[]> {
  const { config, watch } = options;
  watch.observe({ kind: 'stage', message: 'looking for what the target can do' });
  const out = join(folder, 'search');
  const { cells } = await measureOne(options, { ...config, loads: [SEARCH_LOAD], out, warmupMs: 1000 });
  const durationMs = options.hasOwnDuration ? durationMsOf(config.loads[0] as Load) : null;
  return loadsBelow(cells, durationMs ?? FOUND_MS);
}

/** Resolves to their results directories. */
async function measureAlike(
  options: CalibrationOptions,
  loads: readonly Load[],
  folder: string,
): Promise<string[]> {
  const { config, repeats, watch } = options;
  const folders: string[] = [];
  const beganMs = clock.nowUs() / 1000;
  for (let run = 1; run <= repeats; run += 1) {
    const tookMs = run === 1 ? undefined : (clock.nowUs() / 1000 - beganMs) / (run - 1);
    watch.began(run, repeats, tookMs === undefined ? undefined : tookMs * (repeats - run + 1));
    const out = join(folder, `run-${run}`);
    await measureOne(options, { ...config, loads, out });
    folders.push(out);
  }
  return folders;
}

async function measureOne(
  { command, version, watch, signal }: CalibrationOptions,
  config: RunConfig,
): Promise<RunRecord> {
  signal.throwIfAborted();
  const { observe } = watch;
  const { record, error } = await runTest({
    ...{ command, version, observe, signal },
    config: { ...config, repeats: 1, objectives: [], formats: [] },
  });
  signal.throwIfAborted();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error(reasonOf(error), { cause: error });
  return record;
}

function nothingUsable(folder: string): UserError {
  return new UserError(
    'run',
    'The runs tell nothing of the noise of this machine: no cell was VALID, and its target kept up with it, in two of them.',
    `Let nothing else run here, or lower the rates; what came of them: bench plot ${join(folder, 'run-1')}`,
  );
}
