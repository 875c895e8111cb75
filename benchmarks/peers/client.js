/**
 * What a load-test tool is to the comparison: how it is started, and how its own report is read.
 *
 * @typedef {{ origin: string, ratePerSecond: number | null, seconds: number, isWarm: boolean, isFree?: boolean, folder: string }} Job
 *   `ratePerSecond` null: a closed loop, as fast as 50 connections go. `isWarm`: a tool with a warm-up of
 *   its own may use it. `isFree`: on any core. `folder` is the trial's own, removed afterwards.
 * @typedef {{ program: string, args: string[] }} Command
 * @typedef {{ planned: number, completed: number, p50Ms: number | null, p99Ms: number | null, lagP99Ms?: number }} Outcome
 *   `planned` is what the tool's own schedule holds. `lagP99Ms`: only bench tells its own.
 */

/**
 * @template [O=Outcome]
 * @typedef {{
 *   name: string,
 *   program: string,
 *   version: string[] | null,
 *   holdsRate: boolean,
 *   hasClosedLoop: boolean,
 *   secondsBeforeLatency?: number,
 *   note?: string,
 *   command: (job: Job) => Command,
 *   read: (job: Job, stdout: string) => O,
 * }} Client
 */

export const CONNECTIONS = 50;

/** @param {Job} job */
export function planned({ ratePerSecond, seconds }) {
  return (ratePerSecond ?? 0) * seconds;
}

/** The number in the first group of the pattern. @param {string} text @param {RegExp} pattern */
export function numberIn(text, pattern) {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`${String(pattern)} not in: ${text.slice(0, 500)}`);
  return Number(found);
}

/** `825.00us`, `1.13ms` or `2.01s` after the pattern, in milliseconds. @param {string} text @param {RegExp} before */
export function millisecondsIn(text, before) {
  const found = new RegExp(`${before.source}\\s*([\\d.]+)(us|ms|s|m)\\b`, 'm').exec(text);
  if (!found) return null;
  const unit = { us: 0.001, ms: 1, s: 1000, m: 60_000 }[found[2] ?? ''] ?? Number.NaN;
  return Number(found[1]) * unit;
}
