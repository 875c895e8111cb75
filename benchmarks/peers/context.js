import { runClient } from './run-client.js';

/**
 * What every measurement needs.
 *
 * @typedef {{
 *   clients: readonly import('./client.js').Client[],
 *   rounds: number,
 *   seconds: number,
 *   memoryRequests: number,
 *   folder: string,
 *   fastest: string,
 *   progress: import('./progress.js').Progress,
 *   problems: Set<string>,
 * }} Context
 *   `fastest` names the server of the capacity measurement.
 * @typedef {{ title: string, text: string, header: string[], rows: string[][] }} Table
 * @typedef {{ estimateSeconds: (context: Context) => number, measure: (context: Context) => Promise<Table> }} Measurement
 */

/** About what starting and ending a tool takes. */
export const START_SECONDS = 0.8;

/**
 * Every other round backwards, so that a drift of the machine meets first and last alike.
 *
 * @template O
 * @param {{ clients: readonly import('./client.js').Client<O>[], rounds: number }} context
 * @param {(client: import('./client.js').Client<O>, round: number) => Promise<void>} visit
 */
export async function inRounds({ clients, rounds }, visit) {
  for (let round = 0; round < rounds; round += 1)
    for (const client of round % 2 === 0 ? clients : [...clients].reverse()) await visit(client, round);
}

/**
 * A trial; a tool that fails is named in the results and leaves a gap there.
 *
 * @template O
 * @param {Pick<Context, 'problems'>} context
 * @param {import('./client.js').Client<O>} client
 * @param {Parameters<typeof runClient>[1]} order
 * @param {Parameters<typeof runClient>[2]} [watch]
 */
export async function attempt(context, client, order, watch) {
  try {
    return await runClient(client, order, watch);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    context.problems.add(message);
    return null;
  }
}
