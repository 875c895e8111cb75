import { loadName } from '../../model/loads/index.js';
import { ACROSS, type Across, type KeptApart } from '../../model/results/comparison.js';
import type { Subject } from '../../model/results/subject.js';
import { matchCells, type MatchOptions, type Repeats } from './match-cells.js';

/** Of how many values of a side a sentence tells. */
const LABELS: Readonly<Record<Across, (group: Repeats) => string>> = {
  workers: ([{ workers }]) => String(workers),
  limits: ([cell]) => cell.case?.name ?? 'no limits',
  rates: ([{ load }]) => loadName(load),
  arrivals: ([{ load }]) => ('arrivals' in load ? load.arrivals : load.kind),
};

/** Why cells of one side have no partner on the other, with the flag that gives them one. */
export function keptApart(
  onlyInBase: readonly Repeats[],
  onlyInCandidate: readonly Repeats[],
  options: MatchOptions,
): KeptApart[] {
  if (onlyInBase.length === 0 || onlyInCandidate.length === 0) return [];
  const free = ACROSS.filter((one) => options.across?.includes(one) !== true);
  const alone = free.flatMap((one) => apartBy([one], onlyInBase, onlyInCandidate, options));
  if (alone.length > 0) return alone;
  const together = apartBy(free, onlyInBase, onlyInCandidate, options);
  return together.length > 0 ? together : apartByName(onlyInBase, onlyInCandidate);
}

function apartBy(
  parts: readonly Across[],
  onlyInBase: readonly Repeats[],
  onlyInCandidate: readonly Repeats[],
  options: MatchOptions,
): KeptApart[] {
  const across = [...(options.across ?? []), ...parts];
  const { pairs } = matchCells(onlyInBase.flat(), onlyInCandidate.flat(), { ...options, across });
  // Only the parts in which a pair differs keep it apart.
  const telling = parts.filter((part) =>
    pairs.some(({ base, candidate }) => LABELS[part](base) !== LABELS[part](candidate)),
  );
  if (pairs.length === 0 || telling.length === 0) return [];
  const labels = (side: 'base' | 'candidate'): string[] => [
    ...new Set(pairs.map((pair) => telling.map((part) => LABELS[part](pair[side])).join(', '))),
  ];
  return [
    {
      by: telling.join(' and '),
      flag: `--across ${[...(options.across ?? []), ...telling].join(' ')}`,
      base: labels('base'),
      candidate: labels('candidate'),
      pairs: pairs.length,
    },
  ];
}

/** An operation that kept its id, or the only one without a partner on each side, was perhaps renamed. */
function apartByName(onlyInBase: readonly Repeats[], onlyInCandidate: readonly Repeats[]): KeptApart[] {
  const [ofBase, ofCandidate] = [onlyInBase, onlyInCandidate].map(singleOperations) as [Names, Names];
  const sameId = [...ofBase].flatMap(([id, name]) => {
    const other = ofCandidate.get(id);
    return other === undefined || other === name ? [] : [[name, other] as const];
  });
  const [[, onlyBase] = [], [, onlyCandidate] = []] = [[...ofBase][0], [...ofCandidate][0]];
  const isOneEach = ofBase.size === 1 && ofCandidate.size === 1;
  const found =
    sameId.length === 0 && isOneEach && onlyBase !== undefined && onlyCandidate !== undefined
      ? [[onlyBase, onlyCandidate] as const]
      : sameId;
  return found
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => ({
      by: 'operation',
      flag: `--map '${from}=${to}'`,
      base: [from],
      candidate: [to],
      pairs: onlyInBase.filter(([{ subject }]) => nameOf(subject) === from).length,
    }));
}

/** By id, as `GET /items`. */
type Names = ReadonlyMap<string, string>;

function singleOperations(groups: readonly Repeats[]): Names {
  return new Map(
    groups.flatMap(([{ subject }]) => {
      const name = nameOf(subject);
      return name === undefined ? [] : [[subject.id, name] as const];
    }),
  );
}

function nameOf({ operations }: Subject): string | undefined {
  const [only, ...others] = operations;
  return only === undefined || others.length > 0 ? undefined : `${only.method} ${only.path}`;
}
