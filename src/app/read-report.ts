import { basename } from 'node:path';
import { spectrumOf } from '../measure/spectrum.js';
import type { Report, ReportCell } from '../model/report.js';
import { newestRun, readRun, type StoredCell } from '../store/read-run.js';

/** Where `bench run` puts its results directories. */
const RUNS_FOLDER = '.tmp';

/** A stored run, from a results directory or else the newest one of a folder. Throws `UserError`. */
export async function readReport(folder: string | undefined, parent = RUNS_FOLDER): Promise<Report> {
  const stored = await readRun(folder ?? (await newestRun(parent)));
  return {
    name: basename(stored.folder),
    folder: stored.folder,
    run: stored.run,
    cells: stored.cells.map(reportCell),
    remarks: stored.remarks,
  };
}

function reportCell({ record, file, resources }: StoredCell): ReportCell {
  const { latencyMs, histograms } = record;
  return {
    record,
    buckets: file?.series.map(({ buckets }) => buckets) ?? [],
    samples: resources?.samples ?? [],
    spectra: {
      response: spectrumOf(latencyMs.response, histograms.response, histograms.responseCensored),
      service: spectrumOf(latencyMs.service, histograms.service),
      sendLag: spectrumOf(latencyMs.sendLag, histograms.sendLag),
    },
  };
}
