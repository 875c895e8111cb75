/** A string, or an integer of so many digits that a double may not hold it. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE])/gs;
const MAY_BE_LONG = /(?:^|[[:,\s-])[1-9]\d{15,}/;

/**
 * As `JSON.parse`, but an integer that a double cannot hold comes as a bigint, digit by digit. Node 20 has no reviver
 * that sees the text, and parsers that do take ten times as long: only texts with such digits are read twice.
 */
export function parseExactly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!MAY_BE_LONG.test(text)) return value;
  const mark = markFor(text);
  const marked = text.replace(TOKENS, (token) =>
    token.startsWith('"') || String(Number(token)) === token ? token : `"${mark}${token}"`,
  );
  return marked === text ? value : withIntegers([JSON.parse(marked)], mark)[0];
}

/** The number that a text is, with every digit of an integer; NaN when it is none. */
export function numberIn(text: string): number | bigint {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isSafeInteger(value) || !/^\s*[-+]?\d+\s*$/.test(text)) return value;
  return plainInteger(BigInt(text));
}

function plainInteger(exact: bigint): number | bigint {
  const value = Number(exact);
  return String(exact) === String(value) ? value : exact;
}

/** The value, which it changes, with a number for each bigint that a number holds with every digit. */
export function withPlainIntegers(value: unknown): unknown {
  const root = [value];
  const seen = new Set<object>();
  const waiting: object[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const [key, inner] of Object.entries(node) as [string, unknown][]) {
      if (typeof inner === 'object' && inner !== null) waiting.push(inner);
      // Defined, not set: a key may be `__proto__`.
      else if (typeof inner === 'bigint')
        Object.defineProperty(node, key, { ...PLAIN, value: plainInteger(inner) });
    }
  }
  return root[0];
}

/** What no string of the text begins with. */
function markFor(text: string): string {
  let mark = 'integer:';
  while (text.includes(`"${mark}`)) mark = `:${mark}`;
  return mark;
}

function withIntegers(root: unknown[], mark: string): unknown[] {
  const waiting: object[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    for (const [key, value] of Object.entries(node) as [string, unknown][]) {
      if (typeof value === 'object' && value !== null) waiting.push(value);
      // Defined, not set: a key may be `__proto__`.
      else if (typeof value === 'string' && value.startsWith(mark))
        Object.defineProperty(node, key, { ...PLAIN, value: BigInt(value.slice(mark.length)) });
    }
  }
  return root;
}

const PLAIN = { configurable: true, enumerable: true, writable: true } as const;

/** As `JSON.stringify`, but with every digit of a bigint. Undefined, which JSON has not, is null. */
export function writeExactly(value: unknown): string {
  return hasBigInt(value) ? written(value) : JSON.stringify(value ?? null);
}

function hasBigInt(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint';
  return Object.values(value).some(hasBigInt);
}

function written(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${written(inner)}`).join(',')}}`;
}
