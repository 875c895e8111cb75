import { basename } from 'node:path';
import { analyzeRun } from '../../analyze/analyze-run.js';
import { idleObjectives } from '../../analyze/objectives/idle-objectives.js';
import { idleTwins } from '../../analyze/twins/idle-twins.js';
import { judgeAgain } from '../../analyze/judge-again.js';
import { sleep, systemClock } from '../../kernel/clock.js';
import { reasonOf, UserError } from '../../kernel/errors.js';
import { spectrumOf } from '../../measure/spectrum.js';
import type { FigureDefinition } from '../../model/figures/figure.js';
import { grouped } from '../../kernel/grouped.js';
import { plural } from '../../kernel/format.js';
import { ownerOf } from '../../model/figures/gauge-owners.js';
import { NOTHING_TO_COUNT } from '../../model/results/gauges.js';
import { nameableFigures } from '../../model/figures/gauge-figures.js';
import type { JudgedReport, Report, ReportCell, Spectrum } from '../../model/report/report.js';
import type { Twins } from '../../model/results/twin.js';
import type { Objective } from '../../model/results/objective.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { newestRun, readRun, type ReadDepth, type StoredCell } from '../../store/read-run.js';

/** Where `bench run` puts its results directories. */
const RUNS_FOLDER = '.tmp';
const CELLS_AT_A_TIME = 100;

/** What a stored run is held against and shown with, in place of its own. */
interface Asked {
  readonly objectivesFor?: (figures: readonly FigureDefinition[]) => readonly Objective[] | undefined;
  readonly twins?: Twins | undefined;
  /** What is not read is empty: the seconds and samples of cells, and their distributions but for `charts`. */
  readonly depth?: ReadDepth;
}

/**
 * A stored run by the rules of today, from a results directory or else the newest one of a folder, with the objectives that
 * `objectivesFor` makes of its figures and with these twins, or else its own. Throws `UserError`.
 */
export async function readReport(
  folder: string | undefined,
  parent = RUNS_FOLDER,
  { objectivesFor, twins, depth = 'charts' }: Asked = {},
): Promise<Report> {
  const stored = await readRun(folder ?? (await newestRun(parent)), depth);
  const broken: string[] = [];
  const cells: ReportCell[] = [];
  const judged = judgeAgain(
    stored.cells.map(({ record }) => record),
    stored.run,
  );
  for (const [at, cell] of stored.cells.entries()) {
    // A thousand cells take a second, in which a signal must be heard.
    if (at % CELLS_AT_A_TIME === 0) await sleep(systemClock, 0);
    cells.push(reportCell({ ...cell, record: judged.cells[at] ?? cell.record }, depth, broken));
  }
  const report: JudgedReport = {
    name: basename(stored.folder),
    folder: stored.folder,
    run: stored.run,
    cells,
    remarks: [...stored.remarks, ...judged.remarks, ...broken, ...unmeasured(stored.cells)],
  };
  const records = cells.map(({ record }) => record);
  const objectives = objectivesFor?.(nameableFigures(records));
  const idle = [
    ...idleObjectives(objectives ?? [], records),
    ...(twins === undefined ? [] : idleTwins(twins, records)),
  ];
  if (idle.length > 0) throw new UserError('usage', idle.join('\n'), 'See bench plot --help.');
  return { ...report, analysis: analyzeRun(report, objectives, twins) };
}

/** Why gauges are missing, or known in part: each reason once for all that it is about. */
function unmeasured(cells: readonly StoredCell[]): string[] {
  const missing = cells.flatMap(({ record }) => Object.entries(record.gaugesMissing ?? {}));
  const target = missing.filter(([id]) => id === 'target.cpu').map(([, why]) => why);
  // What of the host is missing is missing on all machines of its kind.
  const others = missing.filter(
    ([id, why]) => !id.startsWith('target.') && !id.startsWith('host.') && why !== NOTHING_TO_COUNT,
  );
  const partly = cells.flatMap(({ record }) =>
    Object.entries(record.gaugesPartly ?? {}).map(([id, why]) => [id, `${record.id}: ${why}`] as const),
  );
  return [
    ...[...new Set(target)].map((why) => `The target's CPU and memory are unknown: ${why}.`),
    ...[...grouped(others, ([, why]) => why)].map(([why, ids]) => `${namesOf(ids)} unknown: ${why}.`),
    ...[...grouped(partly, ([, why]) => why)].map(
      ([why, ids]) => `${namesOf(ids)} known only in part in ${why}.`,
    ),
  ];
}

/** `postgres.deadlocks is`, or whose they are where they are several. */
function namesOf(gauges: readonly (readonly [id: string, why: string])[]): string {
  const ids = [...new Set(gauges.map(([id]) => id))];
  const [only] = ids;
  if (ids.length === 1) return `${only} is`;
  const owners = [...new Set(ids.map((id) => ownerOf(id)?.name ?? id))];
  return `${plural(ids.length, 'figure')} of ${owners.join(' and ')} are`;
}

/** What cannot be decoded is left out, and named in `broken`. */
function reportCell({ record, file, samples }: StoredCell, depth: ReadDepth, broken: string[]): ReportCell {
  return {
    record,
    buckets: file?.series.map(({ buckets }) => buckets) ?? [],
    samples: samples?.samples ?? [],
    spectra: depth === 'charts' ? spectraOf(record, broken) : NO_SPECTRA,
  };
}

function spectraOf(
  { id, latencyMs, histograms, byOperation = [] }: CellRecord,
  broken: string[],
): ReportCell['spectra'] {
  try {
    return {
      response: spectrumOf(latencyMs.response, histograms.response, histograms.responseCensored),
      service: spectrumOf(latencyMs.service, histograms.service),
      sendLag: spectrumOf(latencyMs.sendLag, histograms.sendLag),
      byOperation: byOperation.map((one) =>
        spectrumOf(one.latencyMs.response, one.histograms.response, one.histograms.responseCensored),
      ),
    };
  } catch (error) {
    broken.push(`The histograms of ${id} are damaged (${reasonOf(error)}): its distributions are left out.`);
    return NO_SPECTRA;
  }
}

const NONE: Spectrum = { count: 0, points: [] };
const NO_SPECTRA: ReportCell['spectra'] = { response: NONE, service: NONE, sendLag: NONE, byOperation: [] };
