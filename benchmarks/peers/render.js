import { median } from './statistics.js';

/** @param {import('./context.js').Table} table */
export function renderTable({ title, text, header, rows }) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  const alignment = header.map((_, index) => (index === 0 ? '---' : '---:'));
  return [`## ${title}`, '', text, '', line(header), line(alignment), ...rows.map(line), ''].join('\n');
}

/** Figures by column of a table and by tool, one for each round. */
export class Figures {
  /** @type {Map<string | number, Map<string, number[]>>} */
  #columns = new Map();
  /** @type {Set<string>} */
  #marked = new Set();

  /** @param {string | number} column @param {string} name */
  of(column, name) {
    return this.#columns.get(column)?.get(name) ?? [];
  }

  /** @param {string | number} column @param {string} name @param {number} value */
  add(column, name, value) {
    /** @type {Map<string, number[]>} */
    const byName = this.#columns.get(column) ?? new Map();
    this.#columns.set(column, byName.set(name, [...this.of(column, name), value]));
  }

  /** Puts a † behind the figure. @param {string | number} column @param {string} name */
  mark(column, name) {
    this.#marked.add(`${column} ${name}`);
  }

  /**
   * The tool's median and how bench compares: `12.3 · 0.45` says that bench's figure is 0.45 times this one.
   *
   * @param {string | number} column @param {string} name
   * @param {readonly number[]} own bench's figures
   * @param {(value: number) => string} [format]
   */
  compared(column, name, own, format = threeDigits) {
    const value = median(this.of(column, name));
    const figure = format(value) + (this.#marked.has(`${column} ${name}`) ? ' †' : '');
    const isAlone = name.startsWith('bench') || own.length === 0 || !(value > 0);
    return isAlone ? figure : `${figure} · ${ratio(median(own) / value)}`;
  }
}

/** @param {number} value */
export function threeDigits(value) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 100) return whole(value);
  return size >= 10 ? value.toFixed(1) : size >= 1 ? value.toFixed(2) : value.toFixed(3);
}

/** @param {number} value */
export function whole(value) {
  return Number.isFinite(value) ? Math.round(value).toLocaleString('en') : '–';
}

/** @param {number} value */
function ratio(value) {
  return value >= 10 ? value.toFixed(0) : value >= 0.1 ? value.toFixed(2) : value.toPrecision(1);
}
