import { grouped } from '../kernel/grouped.js';
import type { ScalingStep, WorkerScaling } from '../model/report/analysis.js';
import { keepsUpTogether } from '../model/results/keeps-up.js';
import { caseKey } from '../model/results/sizing.js';
import { loadName, sizeOf } from '../model/loads/index.js';
import type { CellRecord } from '../model/results/cell-record.js';

/** Of each endpoint in each resource case that was measured with several worker counts under one load. */
export function workerScaling(cells: readonly CellRecord[]): WorkerScaling[] {
  const ofCases = [...grouped(cells, ({ subject }) => subject.id).values()].flatMap((own) => [
    ...grouped(own, caseKey).values(),
  ]);
  return ofCases.flatMap((own): WorkerScaling[] => {
    const [first] = own;
    const heaviest = heaviestLoad(own);
    if (first === undefined || heaviest === undefined) return [];
    const steps = stepsOf(grouped(heaviest.cells, ({ workers }) => workers));
    const { subject, case: limits } = first;
    return steps.length < 2
      ? []
      : [{ subject: subject.id, load: heaviest.load, case: limits?.name ?? null, steps }];
  });
}

function heaviestLoad(cells: readonly CellRecord[]): { load: string; cells: CellRecord[] } | undefined {
  const loads = [...grouped(cells, ({ load }) => loadName(load))]
    .map(([load, own]) => ({ load, cells: own }))
    .filter((each) => new Set(each.cells.map(({ workers }) => workers)).size > 1);
  return loads.sort((a, b) => highestOf(b.cells) - highestOf(a.cells))[0];
}

function highestOf(cells: readonly CellRecord[]): number {
  return Math.max(...cells.map(({ load }) => sizeOf(load)));
}

interface Level {
  readonly workers: number;
  readonly achievedRps: number | null;
  readonly cpuPercent: number | null;
  readonly isLimit: boolean;
}

function stepsOf(cellsByWorkers: ReadonlyMap<number, readonly CellRecord[]>): ScalingStep[] {
  const levels = [...cellsByWorkers].map(levelOf).sort((a, b) => a.workers - b.workers);
  return levels.map((level) => ({
    workers: level.workers,
    achievedRps: level.achievedRps,
    cpuPercent: level.cpuPercent,
    efficiency: efficiencyOf(level, levels[0]),
    isLowerBound: !level.isLimit,
  }));
}

function levelOf([workers, cells]: [number, readonly CellRecord[]]): Level {
  const trusted = cells.filter(({ verdict }) => verdict.state !== 'INVALID');
  const cpu = trusted.flatMap(({ gauges }) => gauges['target.cpu']?.mean ?? []);
  const achievedRps = meanOf(trusted.map((cell) => cell.achievedRps));
  return { workers, achievedRps, cpuPercent: meanOf(cpu), isLimit: keepsUpTogether(trusted) === false };
}

function efficiencyOf(level: Level, base: Level | undefined): number | null {
  if (base === undefined || level.achievedRps === null || base.achievedRps === null) return null;
  if (base === level || !base.isLimit || base.achievedRps === 0) return null;
  return level.achievedRps / level.workers / (base.achievedRps / base.workers);
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
