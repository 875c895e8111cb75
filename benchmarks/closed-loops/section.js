import { attempt, inRounds } from '../peers/context.js';
import { isInstalled } from '../peers/machine.js';
import { median } from '../peers/statistics.js';

/**
 * What the parts of the comparison share.
 *
 * @typedef {{ rounds: number, folder: string, problems: Set<string>, note: (what: string) => void }} Setting
 * @typedef {import('../peers/context.js').Table & { missed: string[] }} Section
 *   `missed` names the figures that are not what is asked.
 * @typedef {(setting: Setting) => Promise<Section>} Measure
 */

/**
 * The outcomes of each client that is installed, one for each round, in turn.
 *
 * @template O
 * @param {Setting} setting
 * @param {readonly import('../peers/client.js').Client<O>[]} all
 * @param {{ origin: string, seconds: number }} order
 * @param {() => Promise<void>} [before] each trial
 */
export async function inTurn(setting, all, order, before) {
  const clients = all.filter(({ program }) => isInstalled(program));
  for (const { name } of all.filter((client) => !clients.includes(client)))
    setting.problems.add(`${name} is not installed and was left out`);
  /** @type {Map<string, O[]>} */
  const outcomes = new Map(clients.map(({ name }) => [name, []]));
  await inRounds({ clients, rounds: setting.rounds }, async (client, round) => {
    setting.note(`${client.name}, round ${round + 1}`);
    await before?.();
    const outcome = await attempt(setting, client, { ...order, ratePerSecond: null, isWarm: true });
    if (outcome) outcomes.get(client.name)?.push(outcome);
  });
  return (/** @type {string} */ name) => outcomes.get(name) ?? [];
}

/** @template O @param {readonly O[]} outcomes @param {(outcome: O) => number} figure */
export function medianOf(outcomes, figure) {
  return median(outcomes.map(figure));
}

/** `1.03`, or `1.23 (missed)`. NaN, for want of a peer, is neither. @param {number} ratio @param {boolean} isMet */
export function judged(ratio, isMet) {
  if (!Number.isFinite(ratio)) return '–';
  return `${ratio.toFixed(2)}${isMet ? '' : ' (missed)'}`;
}

/** @param {number} ratio @param {number} share */
export function isWithin(ratio, share) {
  return !Number.isFinite(ratio) || Math.abs(ratio - 1) <= share;
}

/** How far apart the figures of one tool are: highest / lowest − 1. @param {readonly number[]} figures */
export function spreadOf(figures) {
  return figures.length === 0 ? Number.NaN : Math.max(...figures) / Math.min(...figures) - 1;
}
