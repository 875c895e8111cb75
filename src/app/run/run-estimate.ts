import { durationMsOf, highestRateOf } from '../../model/loads/index.js';
import { resultOf, type PreflightResult } from '../../model/results/preflight.js';
import { subjectKey, type Subject } from '../../model/results/subject.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { sizingKey } from '../../model/results/sizing.js';
import { isSameStart } from './plan-starts.js';
import type { PlannedCell } from './plan-cells.js';
import { RECOVERY_LIMIT_MS } from '../target/await-recovery.js';

/** What is known before the first cell. */
export interface EstimateFacts {
  readonly timeoutMs: number;
  /** Whether bench starts the target, and so restarts it when it does not recover. */
  readonly isTargetStarted: boolean;
  /** What one request takes on the idle target; undefined when that is not known. */
  readonly serviceMsOf: (operation: Subject['operations'][number]) => number | undefined;
}

/** Until the window opens, its end is known, the files are written and a target that is well has said so; as seen. */
const OVERHEAD_MS = 250;
/** Of a start and a stop before there is experience; by what the shipped scenarios need. */
const START_MS = 2000;
const STOP_MS = 500;
/** Of the cells that need many requests at once, so many turn out to be more than the target can do; as seen. */
const RISK = 1 / 3;
/** How long a fixed number of requests takes is not known before the run. */
const UNKNOWN_LENGTH_MS = 10_000;
/** At fewer at once for each worker nothing is expected: the first answer of a fast endpoint, by which that is reckoned, is slow. */
const SAFE_CONCURRENCY = 48;

/**
 * How long what is left of a run takes, in milliseconds: windows and warm-ups are known, drains, recoveries, starts and
 * stops are guessed at first, and then taken from what they have taken so far in this run.
 */
export class RunEstimate {
  private readonly starts: number[] = [];
  private readonly stops: number[] = [];
  private readonly overheads = new Map<string, number>();
  private readonly allOverheads: number[] = [];

  constructor(
    private readonly cells: readonly PlannedCell[],
    private readonly facts: EstimateFacts,
  ) {}

  startTook(tookMs: number): void {
    this.starts.push(tookMs);
  }

  stopTook(tookMs: number): void {
    this.stops.push(tookMs);
  }

  /** From its announcement until the next one could begin, its drain, a recovery and a restart included. */
  cellTook(cell: PlannedCell, tookMs: number): void {
    const overheadMs = Math.max(0, tookMs - fixedMs(cell));
    this.overheads.set(keyOf(cell), overheadMs);
    this.allOverheads.push(overheadMs);
  }

  /** Before the cell with this index; the target that it needs runs already, unless it is to be started first. */
  remainingMs(at: number, isRunning = true): number {
    const left = this.cells.slice(at);
    const cellsMs = left.reduce((sum, cell) => sum + fixedMs(cell) + this.overheadMs(cell), 0);
    return cellsMs + this.turnsMs(left, isRunning);
  }

  /** The same before all cells, if no target keeps up with any of them. */
  mostMs(): number {
    const { timeoutMs, isTargetStarted } = this.facts;
    const restartMs = isTargetStarted ? this.turnMs() : 0;
    const worstMs = OVERHEAD_MS + timeoutMs + RECOVERY_LIMIT_MS + restartMs;
    return this.cells.reduce((sum, cell) => sum + fixedMs(cell) + worstMs, this.turnsMs(this.cells, true));
  }

  /** Starts and stops of the targets that these cells need. */
  private turnsMs(left: readonly PlannedCell[], isRunning: boolean): number {
    const turns = left.filter((cell, index) => index === 0 || isOnAnotherStart(cell, left[index - 1]));
    const toCome = turns.length * this.turnMs();
    return isRunning && turns.length > 0 ? toCome - meanOf(this.starts, START_MS) : toCome;
  }

  private turnMs(): number {
    return meanOf(this.starts, START_MS) + meanOf(this.stops, STOP_MS);
  }

  private overheadMs(cell: PlannedCell): number {
    return this.overheads.get(keyOf(cell)) ?? this.usualOverheadMs() + this.expectedTroubleMs(cell);
  }

  /** The median, so that one slow endpoint among fast ones does not speak for them. */
  private usualOverheadMs(): number {
    const sorted = [OVERHEAD_MS, ...this.allOverheads].sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? OVERHEAD_MS;
  }

  /** By Little's law a cell needs rate × service time requests at once; what needs many may not keep up, and drain long. */
  private expectedTroubleMs({ subject, load, workers }: PlannedCell): number {
    const { timeoutMs, serviceMsOf, isTargetStarted } = this.facts;
    const serviceMs = meanByWeight(subject, (operation) => serviceMsOf(operation) ?? 0);
    const atOnce = (highestRateOf(load) * serviceMs) / 1000;
    if (atOnce <= SAFE_CONCURRENCY * workers) return serviceMs;
    const restartMs = isTargetStarted ? this.turnMs() : 0;
    return serviceMs + RISK * (timeoutMs + RECOVERY_LIMIT_MS + restartMs);
  }
}

/** What the configuration and the pre-flight say. */
export function estimateFacts(
  { timeoutMs, target }: Pick<RunConfig, 'timeoutMs' | 'target'>,
  preflight: readonly PreflightResult[] = [],
): EstimateFacts {
  return {
    timeoutMs,
    isTargetStarted: target.kind === 'command',
    serviceMsOf: (operation) => resultOf(preflight, operation)?.answeredMs,
  };
}

function fixedMs(cell: PlannedCell): number {
  return cell.warmupMs + (durationMsOf(cell.load) ?? UNKNOWN_LENGTH_MS);
}

/** An endpoint that could not keep up once does not do so at the next rate, either. */
function keyOf(cell: PlannedCell): string {
  return `${subjectKey(cell.subject)} ${sizingKey(cell)}`;
}

function isOnAnotherStart(one: PlannedCell, other: PlannedCell | undefined): boolean {
  return other === undefined || !isSameStart(one, other);
}

function meanOf(values: readonly number[], otherwise: number): number {
  if (values.length === 0) return otherwise;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function meanByWeight(
  { operations }: Subject,
  value: (one: Subject['operations'][number]) => number,
): number {
  const sum = operations.reduce((total, one) => total + one.weight * value(one), 0);
  return sum / operations.reduce((total, { weight }) => total + weight, 0);
}
