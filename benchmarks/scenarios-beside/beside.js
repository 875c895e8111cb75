import { attempt, inRounds } from '../peers/context.js';
import { isInstalled } from '../peers/machine.js';
import { threeDigits } from '../peers/render.js';
import { isWithin, judged, medianOf, spreadOf } from '../closed-loops/section.js';
import { serveScenario } from './served-scenario.js';

/**
 * One figure as a tool gives it: requests a second, milliseconds, or a share in per cent.
 *
 * @typedef {ReadonlyMap<string, number>} Figures by name, in the order of the table's rows
 * @typedef {import('../closed-loops/section.js').Setting & { seconds: number }} ScenarioSetting
 * @typedef {{ rate: number, percentile: number }} Allowance how far bench may be off, as a share; of percentiles at least
 */

/** The names of figures are `… requests/s` and `… 95 %, ms`; others are shown and not judged. */
const RATE = /requests\/s$/;
const PERCENTILE = /\d %, ms$/;

/**
 * A figure of each tool and each round, every trial on a server of its own.
 *
 * @param {ScenarioSetting} setting
 * @param {{ scenario: string, seconds: number }} trial the seconds that a tool may take
 * @param {readonly import('../peers/client.js').Client<Figures>[]} tools
 */
export async function besideEachOther(setting, { scenario, seconds }, tools) {
  const clients = tools.filter(({ program }) => isInstalled(program));
  for (const { name } of tools.filter((tool) => !clients.includes(tool)))
    setting.problems.add(`${name} is not installed and was left out`);
  /** @type {Map<string, Figures[]>} */
  const outcomes = new Map(clients.map(({ name }) => [name, []]));
  await inRounds({ clients, rounds: setting.rounds }, async (client, round) => {
    setting.note(`${scenario}: ${client.name}, round ${round + 1}`);
    const server = await serveScenario(scenario);
    const order = { origin: server.origin, seconds, ratePerSecond: null, isWarm: true };
    const outcome = await attempt(setting, client, order).finally(() => server.stop());
    if (outcome) outcomes.get(client.name)?.push(outcome);
  });
  return (/** @type {string} */ name) => outcomes.get(name) ?? [];
}

/**
 * A row for each figure: both tools, the one over the other, and whether that is what is asked.
 *
 * @param {{ peer: string, own: readonly Figures[], theirs: readonly Figures[], allowance: Allowance }} rounds
 */
export function comparedRows({ peer, own, theirs, allowance }) {
  const names = [theirs, own].flatMap(([first]) => (first ? [...first.keys()] : []));
  const compared = [...new Set(names)].map((name) => {
    const figure = (/** @type {Figures} */ round) => round.get(name) ?? Number.NaN;
    const ratio = medianOf(own, figure) / medianOf(theirs, figure);
    const spread = spreadOf(theirs.map(figure));
    const allowed = RATE.test(name)
      ? allowance.rate
      : PERCENTILE.test(name)
        ? Math.max(allowance.percentile, spread)
        : null;
    return { name, ratio, allowed, isMet: allowed === null || isWithin(ratio, allowed), figure };
  });
  return {
    header: ['', peer, 'bench', `bench / ${peer}`, 'asked', 'within'],
    rows: compared.map(({ name, ratio, allowed, isMet, figure }) => [
      name,
      withExtremes(theirs.map(figure)),
      withExtremes(own.map(figure)),
      judged(ratio, true),
      allowed === null ? '–' : `± ${(100 * allowed).toFixed(0)} %`,
      allowed === null || !Number.isFinite(ratio) ? '–' : isMet ? 'yes' : 'no',
    ]),
    missed: compared.filter(({ isMet }) => !isMet).map(({ name }) => `beside ${peer}: ${name}`),
  };
}

/** `12.3 (11.9–12.6)`: the median, the least and the most. @param {readonly number[]} values */
function withExtremes(values) {
  if (values.length === 0) return '–';
  const median = medianOf(values, (value) => value);
  return `${threeDigits(median)} (${threeDigits(Math.min(...values))}–${threeDigits(Math.max(...values))})`;
}
