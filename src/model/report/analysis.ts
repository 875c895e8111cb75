import type { Finding } from './finding.js';
import type { JudgedObjective } from '../results/outcome.js';
import type { GridLoad } from './grid-load.js';
import type { Sizing } from '../results/sizing.js';
import type { CellRecord } from '../results/cell-record.js';

/** What a run means, as far as its cells together tell. */
export interface Analysis {
  readonly ranking: Ranking;
  readonly scaling: readonly WorkerScaling[];
  readonly reach: Reach;
  /** Of each endpoint the cell with the highest p99, the highest first. */
  readonly slowest: readonly CellRecord[];
  readonly findings: readonly Finding[];
  /** What was good enough, and what came of it. */
  readonly objectives: readonly JudgedObjective[];
  readonly twins: ComparedTwins;
}

/** Pairs of operations that are shown side by side. */
export interface ComparedTwins {
  /** Those of which both were measured. */
  readonly pairs: readonly { readonly left: ComparedOperation; readonly right: ComparedOperation }[];
  /** Whether a flag names them, and not the scenario, which is for runs of every kind. */
  readonly areAskedFor: boolean;
}

/** One of two operations. */
export interface ComparedOperation {
  /** What heads its column. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

export interface Ranking {
  /** Worst first. */
  readonly subjects: readonly EndpointRank[];
  /** The highest load that all endpoints were measured under, on the first sizing; else the most of them. */
  readonly reference: GridLoad | null;
}

interface EndpointRank {
  /** As in the grid of endpoints and loads. */
  readonly key: string;
  /** One for each sizing. */
  readonly endurance: readonly Endurance[];
}

/** How far an endpoint keeps up with its load on one sizing of the target. */
export interface Endurance {
  readonly sizing: Sizing;
  /** The lowest load that it is known not to keep up with; `null` when there is none. */
  readonly stopsAt: GridLoad | null;
  /** Whether it keeps up with a lower load than that, or with any, is not known. */
  readonly isUncertain: boolean;
  /** The measurement there is not valid: the generator may have been the limit. */
  readonly isDoubtful: boolean;
}

/** What more workers brought to one endpoint under its heaviest load. */
export interface WorkerScaling {
  readonly subject: string;
  /** `1000/s`. */
  readonly load: string;
  /** The name of the resource case; null without one. */
  readonly case: string | null;
  /** In ascending order of workers. */
  readonly steps: readonly ScalingStep[];
}

export interface ScalingStep {
  readonly workers: number;
  /** Means over repeats; `null` = not known. INVALID cells are left out. */
  readonly achievedRps: number | null;
  readonly cpuPercent: number | null;
  /**
   * achieved(w) / w over the same with the fewest workers; 1 = in proportion. `null` also unless those are known not
   * to keep up: otherwise they could have done more.
   */
  readonly efficiency: number | null;
  /** The load, not the workers, was the limit here, or may have been. */
  readonly isLowerBound: boolean;
}

/** How far each endpoint came. */
export interface Reach {
  /** Those that kept up with whatever was measured of them. */
  readonly keptUp: readonly string[];
  /** Those that did not keep up with something. */
  readonly behind: readonly string[];
  /** Those of which it is not known, as every cell is INVALID or the window was too short. */
  readonly unknown: readonly string[];
  /** Of those that did not keep up, that may not have, or that failed, the worst cell; the worst first. */
  readonly worst: readonly CellRecord[];
}
