import { KNOWN_FIGURES } from '../figures/gauge-figures.js';
import { ownerOf } from '../figures/gauge-owners.js';
import type { Objective } from '../results/objective.js';
import { SERVICE_NAMES, type ServiceName } from '../results/service.js';
import { quoted } from './quoted.js';

/** What a run reads of databases. */
interface Looked {
  /** Those that it looks at. */
  readonly databases: readonly ServiceName[];
  /** Whether bench starts the target, and could start databases beside it. */
  readonly startsTarget: boolean;
}

const EXAMPLES: Readonly<Record<ServiceName, string>> = {
  postgres: 'postgresql://USER:PASSWORD@HOST:5432/DATABASE',
  redis: 'redis://:PASSWORD@HOST:6379',
};

/** What is wrong with an objective on a gauge of a database that no probe of the run reads; undefined = nothing. */
export function gaugeProblem(
  { text, figure }: Objective,
  { databases, startsTarget }: Looked,
): string | undefined {
  const gauge = KNOWN_FIGURES.find(({ id }) => id === figure)?.gauge ?? figure;
  const database = SERVICE_NAMES.find((name) => gauge.startsWith(`${name}.`));
  if (database === undefined || databases.includes(database)) return undefined;
  const name = ownerOf(gauge)?.name ?? database;
  const ways = [
    ...(startsTarget ? [`write services: [${database}] in the scenario`] : []),
    `name the one that the server uses with --probe '${database}=${EXAMPLES[database]}'`,
  ];
  return `The objective ${quoted(text)} is about ${name}, and nothing in this run looks at it: ${ways.join(', or ')}`;
}
