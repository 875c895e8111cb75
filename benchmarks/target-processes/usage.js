/* The figures of a cell beside those of the witness. */
import { usageBetween } from './witness.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./witness.js').Look} Look */
/** @typedef {{ ratio: number, own: ReturnType<typeof usageBetween>, cpuPercent: number | null, processes: number, faults: string[] }} Usage */

/** Looks of 100 ms, ticks of 10 ms and a busy machine leave no room for less. */
const LEAST_RATIO = 0.7;
const MOST_RATIO = 1.3;

/** @param {Stage} stage @param {readonly Look[]} looks @param {number} seconds @returns {Usage} */
export function usage(stage, looks, seconds) {
  const cell = stage.record()?.cells[0];
  // The load is what came last; the pre-flight came before.
  const load = stage.requests().filter(({ path }) => path === '/work');
  const startMs = toMs(load.at(-(cell?.counts.planned ?? 1))?.atMs ?? 0);
  const own = usageBetween(looks, startMs, startMs + seconds * 1000);
  const gauges = load.length === 0 ? {} : (cell?.gauges ?? {});
  const { 'target.cpu': cpu, 'target.processes': counted } = gauges;
  const ratio = (cpu?.mean ?? NaN) / own.cpuPercent;
  const processes = counted?.max ?? 0;
  const isCounted = processes >= own.fewest && processes <= own.most;
  const faults = [
    ...(cell ? [] : ['no cell']),
    ...(cell && load.length === 0 ? ['its own server saw no load: another did'] : []),
    ...(cell && cell.counts.succeeded < 0.9 * cell.counts.planned
      ? [`only ${cell.counts.succeeded} of ${cell.counts.planned} requests succeeded`]
      : []),
    ...(cell && !cell.gauges['target.cpu']
      ? [`no figures of it (${missing(stage) ?? 'without a reason'})`]
      : []),
    ...(cpu && !(ratio >= LEAST_RATIO && ratio <= MOST_RATIO)
      ? [`its CPU is ${ratio.toFixed(2)} of ours`]
      : []),
    ...(cpu && !isCounted ? [`it counts ${processes} processes`] : []),
  ];
  return { ratio, own, cpuPercent: cpu?.mean ?? null, processes, faults };
}

/** @param {Usage} usage */
export function usageWords({ ratio, own, cpuPercent, processes }) {
  if (Number.isNaN(own.cpuPercent)) return 'nothing to compare with';
  const counted = own.fewest === own.most ? String(own.most) : `${own.fewest}–${own.most}`;
  const cpu = `${cpuPercent?.toFixed(0) ?? '–'} / ${own.cpuPercent.toFixed(0)} % = ${ratio.toFixed(2)}`;
  return `CPU ${cpu}, processes ${processes} / ${counted}`;
}

/** Why there are no figures of the target, if the record says so. @param {Stage} stage */
export function missing(stage) {
  return stage.record()?.cells[0]?.gaugesMissing?.['target.cpu'];
}

/** Seconds, as nginx has them, or milliseconds. @param {number} time */
function toMs(time) {
  return time < 1e11 ? time * 1000 : time;
}
