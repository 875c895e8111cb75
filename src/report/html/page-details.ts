import { requestWords } from '../../model/results/subject.js';
import { coresInWords, percent, plural } from '../../kernel/format.js';
import type { QuotaUse } from '../../model/results/cpu-quota.js';
import { FACT_GROUPS, type FactGroup } from '../../model/figures/figure.js';
import { figuresOf } from '../../model/figures/gauge-figures.js';
import { figuresIn, type Shown } from '../../model/figures/index.js';
import type { PageDetail, PageDetails } from '../../model/report/page-details.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { keepsUpStory } from '../keeps-up-words.js';
import { tellingSuccessLatency } from '../success-latency.js';
import { latencyCell, NOT_KNOWN } from '../table-model.js';
import { connectionsOfWorkers, cpuOfWorkers } from '../worker-table.js';
import { countedWords } from './reasons.js';
import { conditionsOf, variedConditions, type VariedConditions } from '../load-words.js';
import { spikeRecoveryWords } from '../spike-words.js';
import { shownName, shownText } from '../shown-text.js';

const LATENCY_COLUMNS = ['min', 'p50', 'mean', 'p75', 'p90', 'p95', 'p99', 'p999', 'max', 'stdev'] as const;

const LATENCY_ROWS = [
  ['response', 'Response time', 'from the moment it was due to the end of the answer'],
  ['succeeded', 'Successes alone', 'response time of the successes'],
  ['service', 'Service time', 'from sending to the end of the answer'],
  ['sendLag', 'Send lag', 'from due to released: how late the generator was'],
  ['queueWait', 'Queue wait', 'from released to sent: no free connection'],
] as const;

interface Fact {
  readonly place: number;
  readonly name: string;
  readonly of: (cell: CellRecord) => string;
}

/** What is no figure, or more than one. */
const OTHER_FACTS: Readonly<Record<FactGroup, readonly Fact[]>> = {
  Requests: [
    fact(30, 'Succeeded', ({ counts, successRate }) => `${counts.succeeded} (${percent(successRate)} %)`),
    fact(80, 'Status codes', ({ statusCodes }) => countedWords(statusCodes)),
    fact(90, 'Failures by kind', ({ failures }) => countedWords(failures)),
    fact(110, 'Keeps up', keepsUpStory),
  ],
  Target: [
    fact(90, 'CPU quota', ({ cpuQuota }) => quotaWords(cpuQuota?.target)),
    fact(102, 'CPU of each worker, %', ({ byProcess }) => cpuOfWorkers(byProcess)),
    fact(103, 'Connections of each worker', ({ byProcess }) => connectionsOfWorkers(byProcess)),
  ],
  PostgreSQL: [],
  Redis: [],
  Generator: [
    fact(10, 'Protocol', ({ generator }) => generator.protocol ?? 'HTTP/1.1'),
    fact(20, 'Pacing', ({ generator }) => generator.pacing),
    fact(30, 'Threads', ({ generator }) => String(generator.threads)),
    fact(80, 'CPU quota', ({ cpuQuota }) => quotaWords(cpuQuota?.generator)),
  ],
};

interface FactList {
  readonly title: FactGroup;
  readonly facts: readonly Fact[];
}

function factListsOf(cells: readonly CellRecord[]): FactList[] {
  const figures = figuresIn('fact', undefined, figuresOf(cells));
  const hasSpike = cells.some(({ spikeRecovery }) => spikeRecovery !== undefined);
  const ofSpike: Fact[] = hasSpike ? [SPIKE] : [];
  const lists = FACT_GROUPS.map((title) => ({
    title,
    facts: [
      ...OTHER_FACTS[title],
      ...(title === 'Requests' ? ofSpike : []),
      ...figureFacts(title, figures),
    ].sort((a, b) => a.place - b.place),
  }));
  return lists.filter(({ facts }) => facts.length > 0);
}

const SPIKE = fact(115, 'Recovery after the spike', (cell) => spikeRecoveryWords(cell) ?? NOT_KNOWN);

function fact(place: number, name: string, of: Fact['of']): Fact {
  return { place, name, of };
}

function figureFacts(title: FactGroup, figures: readonly Shown<'fact'>[]): Fact[] {
  return figures
    .filter(({ fact: [list] }) => list === title)
    .map(({ fact: [, place, name, symbol], storedOf, unit }) =>
      fact(place, name, (cell) => {
        const figure = storedOf(cell);
        return figure === null
          ? NOT_KNOWN
          : `${unit.format(figure.value)} ${symbol ?? unit.symbol}`.trimEnd();
      }),
    );
}

/** What the page shows of each cell when it is opened. */
export function pageDetails(cells: readonly CellRecord[]): PageDetails {
  const varied = variedConditions(cells);
  const lists = factListsOf(cells);
  return {
    latencyColumns: LATENCY_COLUMNS.map((name) => (name === 'p999' ? 'p99.9' : name)),
    latencyRows: LATENCY_ROWS.map(([, name, meaning]) => [name, meaning]),
    facts: lists.map(({ title, facts }) => ({ title, names: facts.map(({ name }) => name) })),
    cells: cells.map((cell) => detailOf(cell, varied, lists)),
  };
}

function detailOf(cell: CellRecord, varied: VariedConditions, lists: readonly FactList[]): PageDetail {
  const { subject, verdict, latencyMs } = cell;
  return {
    id: cell.id,
    title: shownName(subject.id),
    request: shownName(requestWords(subject)),
    conditions: conditionsOf(cell, varied),
    verdict: verdict.state,
    reasons: verdict.reasons.map(({ id, message, remedy }) => [
      shownText(id),
      shownText(message),
      shownText(remedy ?? ''),
    ]),
    latency: LATENCY_ROWS.map(([kind]) => {
      const figures = kind === 'succeeded' ? tellingSuccessLatency(cell) : latencyMs[kind];
      return figures === undefined ? [] : LATENCY_COLUMNS.map((name) => latencyCell(figures, name).text);
    }),
    facts: lists.map(({ facts }) => facts.map(({ of }) => of(cell))),
  };
}

function quotaWords(use: QuotaUse | null | undefined): string {
  if (use === undefined) return NOT_KNOWN;
  return use === null
    ? 'none'
    : `${coresInWords(use.cores)}, used up in ${plural(use.throttledPeriods, 'period')}`;
}
