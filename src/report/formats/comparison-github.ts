import type { Comparison } from '../../model/results/comparison.js';
import type { OutputFile } from '../../model/report/report.js';
import { judgedCells, outcomeWords, tellingJudgements, type JudgedCell } from '../judged-changes.js';
import { annotationLines, type Annotation } from './annotations.js';
import { comparisonMarkdown } from './comparison-markdown.js';

/** GitHub takes 1 MiB for each step. */
const SUMMARY_BYTES = 1024 * 1024;

/** The job summary, for where GitHub's own file is not named. */
export function renderComparisonGithub(comparison: Comparison): OutputFile {
  return { name: 'compare-github-summary.md', text: comparisonMarkdown(comparison, SUMMARY_BYTES) };
}

/** Workflow commands that mark cells which have regressed, or may have, each a line. */
export function comparisonAnnotations(comparison: Comparison): string[] {
  const cells = judgedCells(comparison);
  return annotationLines([...ofNothing(comparison), ...cells.flatMap(ofCell)]);
}

function ofNothing(comparison: Comparison): Annotation[] {
  if (comparison.cells.length > 0) return [];
  return [{ level: 'error', title: 'bench: nothing was compared', message: `${outcomeWords(comparison)}.` }];
}

function ofCell(cell: JudgedCell): Annotation[] {
  const { outcome, name } = cell;
  if (outcome !== 'REGRESSED' && outcome !== 'SUSPECT') return [];
  const message = tellingJudgements(cell)
    .map(({ title, change, interval }) => `${title} ${change}${interval === '' ? '' : ` (${interval})`}`)
    .join(', ');
  return [{ level: outcome === 'REGRESSED' ? 'error' : 'warning', title: `${outcome}: ${name}`, message }];
}
