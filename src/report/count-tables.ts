import { formatFigure } from '../kernel/format.js';
import { figureById } from '../model/figures/index.js';
import { durationMsOf, sizeOf } from '../model/loads/index.js';
import type { ReportCell } from '../model/report/report.js';
import { spectrumAt } from '../model/report/spectrum-at.js';
import { figureCell, NOT_KNOWN, type ResultTable, type TableCell } from './table-model.js';
import { shownName } from './shown-text.js';

/** Of these a narrow terminal leaves those that come first here. */
const PERCENTS = [50, 66, 75, 80, 90, 95, 98, 99, 100] as const;
const LEAVE_FIRST: readonly number[] = [66, 80, 98, 75];
const TRANSFER_RATE = figureById('transfer-rate');

/**
 * What is asked of a fixed number of requests, as `ab` answers it: the time within which each share of them was answered,
 * and how fast all went. Empty where no cell has such a load.
 */
export function countTables(cells: readonly ReportCell[]): ResultTable[] {
  const counted = cells.filter(({ record }) => durationMsOf(record.load) === null);
  return counted.length === 0 ? [] : [percentiles(counted), pace(counted)];
}

function percentiles(cells: readonly ReportCell[]): ResultTable {
  return {
    title: 'Share of the requests answered within so many ms',
    columns: [
      ...NAMES,
      ...PERCENTS.map((percent) => {
        const place = LEAVE_FIRST.indexOf(percent);
        const heading = [`${percent}`, '%'] as const;
        return place < 0 ? { heading } : { heading, leaves: place };
      }),
    ],
    rows: cells.map(({ record, spectra }) => [
      ...namesOf(record),
      ...PERCENTS.map((percent) => {
        const point = spectrumAt(spectra.response, percent / 100);
        if (point === undefined) return plain(NOT_KNOWN);
        const { valueMs, isLowerBound } = point;
        return bounded(formatFigure(valueMs), isLowerBound);
      }),
    ]),
  };
}

function pace(cells: readonly ReportCell[]): ResultTable {
  return {
    title: 'How fast they went',
    columns: [
      ...NAMES,
      { heading: ['Took', 's'] },
      { heading: ['Requests', '/s'] },
      { heading: ['Mean of one', 'ms'] },
      { heading: ['Mean over all', 'ms'] },
      { heading: ['Bodies', 'KB/s'] },
    ],
    rows: cells.map(({ record }) => {
      const { window, counts, latencyMs, completedRps = null } = record;
      const { mean, lowerBounds } = latencyMs.response;
      const ended = counts.planned;
      return [
        ...namesOf(record),
        plain(formatFigure(window.durationMs / 1000)),
        plain(completedRps === null ? NOT_KNOWN : formatFigure(completedRps)),
        mean === null ? plain(NOT_KNOWN) : bounded(formatFigure(mean), lowerBounds.includes('mean')),
        plain(ended === 0 ? NOT_KNOWN : formatFigure(window.durationMs / ended)),
        figureCell(TRANSFER_RATE, [record], null),
      ];
    }),
  };
}

const NAMES: ResultTable['columns'] = [{ heading: ['Endpoint', ''] }, { heading: ['At', 'once'] }];

function namesOf({ subject, load }: ReportCell['record']): TableCell[] {
  return [plain(shownName(subject.id)), plain(String(sizeOf(load)))];
}

function bounded(text: string, isLowerBound: boolean): TableCell {
  return isLowerBound ? { text: `≥${text}`, tone: 'warning' } : plain(text);
}

function plain(text: string): TableCell {
  return { text, tone: 'plain' };
}
