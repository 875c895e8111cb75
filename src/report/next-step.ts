import { formatDuration } from '../kernel/units.js';
import { LEAST_FOR_P99 } from '../model/results/verdict.js';
import type { Reach } from '../model/report/analysis.js';
import { keepsUp } from '../model/results/keeps-up.js';
import { operationsOf } from '../model/figures/operation-figures.js';
import { nothingSucceeded } from '../model/results/no-success.js';
import {
  durationMsOf,
  heavierFlags,
  highestRateOf,
  isClosedLoop,
  isSteady,
  sizeOf,
} from '../model/loads/index.js';
import { SERVICE_TITLES } from '../model/results/service.js';
import type { Report } from '../model/report/report.js';
import type { CellRecord } from '../model/results/cell-record.js';
import { checkRequests, runAgain, runAgainAtRates } from './rerun-words.js';

/** What to do after a run, as one command. */
export interface NextStep {
  /** What it is good for: `to find the rate that get_item keeps up with`. */
  readonly aim: string;
  /** Whether the words are those of `bench`, or of a program of the system. */
  readonly isBench: boolean;
  readonly words: readonly string[];
}

/** `null` where the command of the run is not known, or nothing was measured. */
export function nextStep(report: Report): NextStep | null {
  const cells = report.cells.map(({ record }) => record);
  if (report.run === null || cells.length === 0) return null;
  const { command, config } = report.run;
  const isScaled = typeof config['timeScale'] === 'number' && config['timeScale'] !== 1;
  return (
    afterServiceDeath(report, cells) ??
    afterDeath(report, cells) ??
    afterFailures(command, cells) ??
    afterInvalid(cells) ??
    afterFallingBehind(command, cells, report.analysis.reach, isScaled) ??
    afterShortWindows(command, cells, isScaled) ??
    afterKeepingUp(command, cells)
  );
}

function afterServiceDeath({ folder }: Report, cells: readonly CellRecord[]): NextStep | null {
  const [death] = withReason(cells, 'service-died').flatMap(({ serviceDeaths = [] }) => serviceDeaths);
  if (death === undefined) return null;
  const words = ['tail', '-n', '50', `${folder}/${death.service}.log`];
  return { aim: `to see how ${SERVICE_TITLES[death.service]} ended`, isBench: false, words };
}

function afterDeath({ folder, run }: Report, cells: readonly CellRecord[]): NextStep | null {
  if (!isTargetStarted(run) || withReason(cells, 'target-died').length === 0) return null;
  const words = ['tail', '-n', '50', `${folder}/server.log`];
  return { aim: 'to see how the target ended', isBench: false, words };
}

/** Of a target that bench did not start there is no log. */
function isTargetStarted(run: Report['run']): boolean {
  const target = run?.config['target'];
  return typeof target === 'object' && target !== null && 'kind' in target && target.kind === 'command';
}

const MOST_NAMED = 2;

function afterFailures(command: readonly string[], cells: readonly CellRecord[]): NextStep | null {
  const failing = withReason(cells, 'requests-failed');
  if (failing.length === 0 && !nothingSucceeded(cells)) return null;
  const suspects = failing.length > 0 ? failing : cells;
  const sorted = suspects.flatMap(successOfEach).toSorted((a, b) => a.successRate - b.successRate);
  const include = [...new Set(sorted.map(({ id }) => id))].slice(0, MOST_NAMED);
  return bench('to see what the server says to one request', checkRequests(command, selecting(include)));
}

/** Of a mixture each operation that failed at all. */
function successOfEach(cell: CellRecord): { id: string; successRate: number }[] {
  const operations = operationsOf(cell);
  if (operations.length === 0) return [{ id: cell.subject.id, successRate: cell.successRate }];
  return operations.flatMap(({ id, source: { counts } }) =>
    counts.succeeded < counts.planned ? [{ id, successRate: counts.succeeded / counts.planned }] : [],
  );
}

/** Where the generator was the limit of most cells, more load tells nothing. */
function afterInvalid(cells: readonly CellRecord[]): NextStep | null {
  const invalid = cells.filter(({ verdict }) => verdict.state === 'INVALID');
  const isBehind = cells.some((cell) => cell.verdict.state !== 'INVALID' && keepsUp(cell) === false);
  if (invalid.length === 0 || (isBehind && invalid.length < cells.length / 2)) return null;
  return bench('to see what load this machine can make', ['doctor']);
}

/** Rates below what the worst endpoint achieved, and above what it is known to keep up with. */
function afterFallingBehind(
  command: readonly string[],
  cells: readonly CellRecord[],
  { worst: [worst] }: Reach,
  isScaled: boolean,
): NextStep | null {
  if (worst === undefined || keepsUp(worst) !== false || worst.achievedRps <= 0) return null;
  if (worst.window.plannedRps === null) return null;
  const own = cells.filter(({ subject }) => subject.id === worst.subject.id);
  const kept = own.filter((cell) => cell.verdict.state !== 'INVALID' && keepsUp(cell) === true);
  const lowest = Math.max(0, ...kept.map(({ load }) => highestRateOf(load)));
  const highest = worst.achievedRps > lowest ? worst.achievedRps : highestRateOf(worst.load);
  const rates = [...new Set([0.5, 0.75, 0.9].map((share) => rounded(lowest + share * (highest - lowest))))];
  return bench(
    `to find the rate that ${worst.subject.operations.length > 1 ? 'the target' : worst.subject.id} keeps up with`,
    (isSteady(worst.load) ? runAgain : runAgainAtRates)(command, {
      ...(worst.subject.operations.length > 1 ? {} : selecting([worst.subject.id])),
      '--rates': rates.map(String),
      ...(isScaled ? lasting(worst.window.durationMs, isScaled) : {}),
      ...longEnough(Math.min(...rates), worst.window.durationMs),
    }),
  );
}

function afterShortWindows(
  command: readonly string[],
  cells: readonly CellRecord[],
  isScaled: boolean,
): NextStep | null {
  const short = [...withReason(cells, 'few-samples'), ...withReason(cells, 'window-too-short')];
  // How long stages last stands in their own notation; a number of requests takes the time that it takes.
  const isFixed = cells.some(({ load }) => !isSteady(load) || durationMsOf(load) === null);
  if (isFixed || short.length < cells.length / 2) return null;
  const needsMs = short.map(({ window, counts, latencyMs }) => {
    const { durationMs } = window;
    const forSamples = counts.planned === 0 ? 0 : (durationMs * LEAST_FOR_P99) / counts.planned;
    return Math.max(2 * durationMs, forSamples, MEDIANS_OF_WINDOW * (latencyMs.response.p50 ?? 0));
  });
  const seconds = Math.min(LONGEST_SECONDS, Math.ceil(Math.max(...needsMs) / 1000));
  return bench('to measure long enough', runAgain(command, lasting(1000 * seconds, isScaled)));
}

const MEDIANS_OF_WINDOW = 10;
const LONGEST_SECONDS = 3600;

function afterKeepingUp(command: readonly string[], cells: readonly CellRecord[]): NextStep | null {
  const heaviest = cells.toSorted((a, b) => sizeOf(b.load) - sizeOf(a.load))[0];
  const flags = heaviest && heavierFlags(heaviest.load, [2, 4]);
  if (heaviest === undefined || flags === undefined) return null;
  const aim = isClosedLoop(heaviest.load)
    ? 'to find where more of it brings no more'
    : 'to find where it stops keeping up';
  return bench(aim, runAgain(command, flags));
}

function bench(aim: string, words: readonly string[]): NextStep {
  return { aim, isBench: true, words };
}

function withReason(cells: readonly CellRecord[], id: string): CellRecord[] {
  return cells.filter(({ verdict }) => verdict.reasons.some((reason) => reason.id === id));
}

/** Nothing for names that a command line cannot hold. */
function selecting(ids: readonly string[]): Record<string, string[]> {
  const isTypable = ids.every((id) => !/^-|\p{Cc}|\p{Cf}|\p{Surrogate}/u.test(id));
  return isTypable ? { '--include': [...ids] } : {};
}

/** A duration as it is to be measured, whatever the run, or its scenario, scales. */
function lasting(durationMs: number, isScaled: boolean): Record<string, string[]> {
  return { '--duration': [formatDuration(durationMs)], ...(isScaled ? { '--time-scale': ['1'] } : {}) };
}

/** A p99 needs enough requests. */
function longEnough(ratePerSecond: number, durationMs: number): Record<string, string[]> {
  const neededMs = (1000 * LEAST_FOR_P99) / ratePerSecond;
  if (neededMs <= durationMs) return {};
  return { '--duration': [formatDuration(1000 * Math.ceil(neededMs / 1000))] };
}

/** Two digits are enough for a rate to try. */
function rounded(ratePerSecond: number): number {
  return Number(ratePerSecond.toPrecision(2));
}
