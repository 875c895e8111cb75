import { oneLine, safeFileName } from '../../kernel/text.js';
import { grouped } from '../../kernel/grouped.js';
import type { Comparison, ComparedSide } from '../../model/results/comparison.js';
import type { OutputFile } from '../../model/report/report.js';
import { pairsInOrder, tableTitle } from '../comparison-model.js';
import { remarksOn } from '../comparison-words.js';
import {
  judgedCells,
  outcomeWords,
  tellingJudgements,
  type JudgedCell,
  type ShownJudgement,
} from '../judged-changes.js';
import { junitText, type Case, type Suite } from './junit-xml.js';

/**
 * JUnit XML: a suite for all cells of one load, a case for each cell. REGRESSED is a failure; what could not be judged
 * (INCONCLUSIVE, SUSPECT, INVALID on a side) is skipped and says why; what is unchanged or better passes.
 */
export function renderComparisonJunit(comparison: Comparison): OutputFile {
  const judged = new Map(judgedCells(comparison).map((cell) => [cell.position, cell]));
  const cells = pairsInOrder(comparison).map((cell, position) => ({ cell, judged: judged.get(position) }));
  const suites = [...grouped(cells, ({ cell }) => tableTitle(cell))].map(([title, members], id): Suite => {
    const shown = members.flatMap((member) => member.judged ?? []);
    return {
      ...suiteOf(comparison, id, title),
      durationMs: members.reduce((sum, { cell }) => sum + measuredMs(cell), 0),
      cases: members.flatMap(({ cell, judged: one }) =>
        one === undefined ? [] : [caseOf(one, cell.base.subject.id, title, measuredMs(cell))],
      ),
      output: shown.flatMap(outputLines),
    };
  });
  const text = junitText(suites.length === 0 ? [suiteOfNothing(comparison)] : suites);
  return { name: 'compare-junit.xml', text };
}

function measuredMs({ base, candidate }: Comparison['cells'][number]): number {
  return [base, candidate].reduce((sum, { cellIds, window }) => sum + cellIds.length * window.durationMs, 0);
}

function suiteOf({ base, candidate }: Comparison, id: number, name: string): Suite {
  return {
    ...{ id, name: oneLine(name), host: '', durationMs: 0, cases: [], output: [] },
    startedAt: candidate.startedAt ?? '1970-01-01T00:00:00.000Z',
    properties: [...propertiesOf('base', base), ...propertiesOf('candidate', candidate)],
  };
}

function propertiesOf(role: string, side: ComparedSide): Suite['properties'] {
  return [
    [role, oneLine(side.name)],
    [`${role}.runs`, String(side.runs.length)],
    ...(side.gitCommit === null ? [] : [[`${role}.gitCommit`, oneLine(side.gitCommit)] as const]),
  ];
}

function caseOf(cell: JudgedCell, subject: string, title: string, durationMs: number): Case {
  const words = tellingJudgements(cell).map(judgementWords);
  const all = oneLine([cell.note, ...words].filter(Boolean).join('; '));
  return {
    className: `bench.compare.${safeFileName(title)}`,
    name: oneLine(subject),
    durationMs,
    failure: cell.outcome === 'REGRESSED' ? { type: 'REGRESSED', message: all, text: words.join('\n') } : null,
    skipped: isPassed(cell) || cell.outcome === 'REGRESSED' ? null : `${cell.outcome ?? 'not judged'}: ${all}`,
  };
}

function isPassed({ outcome }: JudgedCell): boolean {
  return outcome === 'UNCHANGED' || outcome === 'IMPROVED';
}

/** `P99 +23% (+12% … +36%), 12.1 → 14.9 ms`. */
function judgementWords({ title, change, interval, figures, note }: ShownJudgement): string {
  const size = interval === '' ? change : `${change} (${interval})`;
  return oneLine([`${title} ${size}`, figures, note].filter(Boolean).join(', '));
}

function outputLines(cell: JudgedCell): string[] {
  return [
    oneLine(`${cell.outcome ?? 'not judged'} ${cell.name}`),
    ...cell.judgements.map((one) => `  ${one.verdict ?? '–'} ${judgementWords(one)}`),
  ];
}

/** Where nothing was compared, nothing has passed. */
function suiteOfNothing(comparison: Comparison): Suite {
  const message = `${outcomeWords(comparison)}.`;
  const error = { type: 'nothing-compared', message, text: remarksOn(comparison).map(oneLine).join('\n') };
  return {
    ...suiteOf(comparison, 0, 'comparison'),
    cases: [{ className: 'bench.compare', name: 'comparison', durationMs: 0, error }],
  };
}
