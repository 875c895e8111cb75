import type { OutputFile, Report, ReportFormat } from '../../model/report.js';

/** One way to write a report down for others: pure, the same report gives the same bytes. */
export type Renderer = (report: Report) => readonly OutputFile[];

/** By the name that `--format` takes. */
export const FORMATS: Readonly<Partial<Record<ReportFormat, Renderer>>> = {};
