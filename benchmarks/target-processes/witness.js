/*
 * What /proc says of processes, read by code that bench does not share: who carries a mark in the environment,
 * how much processor time that has taken, who listens, and whose a connection is. Linux only.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** @typedef {{ pid: number, parent: number, startedAt: string, cpuMs: number, command: string, environment: string }} Process */

/** /proc counts in hundredths of a second, on all machines that Node.js is built for. */
const TICK_MS = 10;

/** Zombies are left out: they have no environment, and PID 1 may bury them late. @returns {Process[]} */
function everyProcess() {
  return namesIn('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processOf(Number(name)) ?? []);
}

/** @param {number} pid @returns {Process | undefined} */
function processOf(pid) {
  const stat = textOf(`/proc/${pid}/stat`);
  // The name, in brackets, may itself hold brackets and spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (stat === '' || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  // Its own time and that of its children that have ended.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return {
    pid,
    parent: Number(fields[1]),
    startedAt: fields[19] ?? '',
    cpuMs: ticks * TICK_MS,
    command: textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim(),
    environment: textOf(`/proc/${pid}/environ`),
  };
}

/** Follows all processes of one mark, and what they start, for as long as they live. */
export class Witness {
  /** Process id → start, of those seen before. @type {Map<number, string>} */
  #known = new Map();

  /** @param {string} name of the variable @param {string} value of it, which is also the folder of the row */
  constructor(name, value) {
    this.mark = `${name}=${value}\0`;
    this.folder = value;
  }

  /** @returns {Process[]} */
  look() {
    const all = everyProcess();
    const found = new Set(all.filter((one) => this.#isMarked(one)));
    for (const { pid } of found) for (const child of all) if (child.parent === pid) found.add(child);
    for (const { pid, startedAt } of found) this.#known.set(pid, startedAt);
    return [...found];
  }

  /** @param {Process} one */
  #isMarked({ pid, startedAt, command, environment }) {
    if (environment.includes(this.mark) || this.#known.get(pid) === startedAt) return true;
    // nginx writes its title over its environment, but names its configuration there.
    return command.startsWith('nginx:') && command.includes(this.folder);
  }
}

/** @typedef {{ atMs: number, cpuMs: number, processes: number }} Look */

const PERIOD_MS = 100;

/** Looks every 100 ms until `stop`. @param {() => readonly Process[]} look */
export function watchUsage(look) {
  /** @type {Look[]} */
  const looks = [];
  const timer = setInterval(() => {
    const found = look();
    const cpuMs = found.reduce((sum, one) => sum + one.cpuMs, 0);
    looks.push({ atMs: Date.now(), cpuMs, processes: found.length });
  }, PERIOD_MS);
  return { looks, stop: () => clearInterval(timer) };
}

/**
 * The share of one core, in percent, and how many processes there were, from `fromMs` to `toMs`.
 * @param {readonly Look[]} looks @param {number} fromMs @param {number} toMs
 */
export function usageBetween(looks, fromMs, toMs) {
  // The servers are ended right after the last answer: a look of then would be at what is left of them.
  const within = looks.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs - PERIOD_MS);
  const counts = within.map(({ processes }) => processes);
  const [first, last] = [within[0], within.at(-1)];
  const spanMs = first && last ? last.atMs - first.atMs : 0;
  return {
    cpuPercent: first && last ? (100 * (last.cpuMs - first.cpuMs)) / spanMs : NaN,
    fewest: Math.min(...counts),
    most: Math.max(...counts),
  };
}

const CONNECTED = '01';
const LISTENING = '0A';

/** Local and remote port, state and inode of all TCP sockets. */
function sockets() {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    textOf(table)
      .split('\n')
      .slice(1)
      .map((row) => row.trim().split(/\s+/))
      .map((row) => ({ local: portIn(row[1]), remote: portIn(row[2]), state: row[3], inode: row[9] })),
  );
}

/** @param {string | undefined} address */
function portIn(address) {
  return Number.parseInt(address?.split(':')[1] ?? '', 16);
}

/** @param {number} port */
export function isListening(port) {
  return sockets().some(({ local, state }) => local === port && state === LISTENING);
}

/** The value that `variable` has for the process at the other end of a connection. @param {string} variable @param {{ from: number, to: number }} ports */
export function clientVariable(variable, { from, to }) {
  const socket = sockets().find(
    ({ local, remote, state }) => local === from && remote === to && state === CONNECTED,
  );
  const link = `socket:[${socket?.inode}]`;
  for (const { pid, environment } of everyProcess()) {
    const value = environment.split('\0').find((word) => word.startsWith(`${variable}=`));
    if (value !== undefined && namesIn(`/proc/${pid}/fd`).some((name) => linkOf(pid, name) === link))
      return value.slice(variable.length + 1);
  }
  return undefined;
}

/** @param {number} pid @param {string} descriptor */
function linkOf(pid, descriptor) {
  try {
    return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
  } catch {
    return '';
  }
}

// Processes end between two looks: then there is nothing to read.
/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** @param {string} folder */
function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
