/*
 * The oracle's own reader of JSON: as `JSON.parse`, but an integer that a double does not hold comes as a bigint,
 * with the digits of the text.
 */

const TOKEN =
  /[\s\ufeff]*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/suy;

/** Throws an error where the text is no JSON. @param {string} text @returns {unknown} */
export function parseDigits(text) {
  const reader = new Reader(text);
  const value = reader.value(reader.next());
  if (text.slice(reader.at).trim() !== '') throw new Error(`more text after the value, at ${reader.at}`);
  return value;
}

class Reader {
  at = 0;
  #text;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /** @returns {string} */
  next() {
    TOKEN.lastIndex = this.at;
    const found = TOKEN.exec(this.#text);
    if (!found) throw new Error(`no JSON at ${this.at}`);
    this.at = TOKEN.lastIndex;
    /** @type {(string | undefined)[]} */
    const groups = found.slice(1);
    return groups.find((group) => group !== undefined) ?? '';
  }

  /** @param {string} token @returns {unknown} */
  value(token) {
    if (token === '{') return this.#object();
    if (token === '[') return this.#list();
    if (/^-?\d+$/.test(token)) return integerIn(token);
    return JSON.parse(token);
  }

  #object() {
    /** @type {[string, unknown][]} */
    const entries = [];
    for (let token = this.next(); token !== '}'; token = this.next()) {
      const name = token === ',' && entries.length > 0 ? this.next() : token;
      if (this.next() !== ':') throw new Error(`no colon at ${this.at}`);
      entries.push([String(JSON.parse(name)), this.value(this.next())]);
    }
    return Object.fromEntries(entries);
  }

  #list() {
    /** @type {unknown[]} */
    const items = [];
    for (let token = this.next(); token !== ']'; token = this.next())
      items.push(this.value(token === ',' && items.length > 0 ? this.next() : token));
    return items;
  }
}

/** @param {string} digits @returns {number | bigint} */
export function integerIn(digits) {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}

/** The same value as ajv knows numbers: doubles alone. @param {unknown} value @returns {unknown} */
export function asDoubles(value) {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(asDoubles);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asDoubles(inner)]));
}
