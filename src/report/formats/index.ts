import type { OutputFile, Report, ReportFormat } from '../../model/report/report.js';
import { renderCsv } from './csv.js';
import { renderGithub } from './github.js';
import { renderHgrm } from './hgrm.js';
import { renderJunit } from './junit.js';
import { renderLocust } from './locust/render-locust.js';
import { renderMarkdown } from './markdown.js';
import { renderOpenMetrics } from './openmetrics.js';

/** One way to write a report down for others: pure, the same report gives the same bytes. */
export type Renderer = (report: Report) => readonly OutputFile[];

/** By the name that `--format` takes. */
export const FORMATS: Readonly<Record<ReportFormat, Renderer>> = {
  md: renderMarkdown,
  csv: renderCsv,
  locust: renderLocust,
  junit: renderJunit,
  hgrm: renderHgrm,
  openmetrics: renderOpenMetrics,
  github: renderGithub,
};
