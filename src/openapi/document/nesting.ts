/** What a text in valid JSON shows before it is read. */
export interface Outline {
  /** Of objects and lists. */
  readonly levels: number;
  /** A key that stands twice in one object of the upper levels, where the paths are; null = none does. */
  readonly twice: string | null;
}

/** Keys below this level are not compared: the names of paths, methods and schemas stand above it. */
const DEEPEST_KEYS = 3;

export function outlineOfJson(text: string): Outline {
  let level = 0;
  let deepest = 0;
  let twice: string | null = null;
  const keys: Set<string>[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (level <= DEEPEST_KEYS && isKey(text, end)) {
        const key = text.slice(at + 1, end);
        if (keys[level]?.has(key)) twice ??= key;
        keys[level]?.add(key);
      }
      at = end;
    } else if (code === BRACE || code === BRACKET) {
      level += 1;
      deepest = Math.max(deepest, level);
      if (level <= DEEPEST_KEYS) keys[level] = new Set();
    } else if (code === END_BRACE || code === END_BRACKET) level -= 1;
  }
  return { levels: deepest, twice };
}

/** Whether a string that ends here is followed by a colon. */
function isKey(text: string, end: number): boolean {
  let at = end + 1;
  while (text.charCodeAt(at) <= SPACE) at += 1;
  return text.charCodeAt(at) === COLON;
}

const SPACE = 0x20;
const COLON = 0x3a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;
const BRACKET = 0x5b;
const END_BRACE = 0x7d;
const END_BRACKET = 0x5d;

/** Where the quote that closes the string is. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

interface Nesting {
  /** All values below and including it, as often as they are named. */
  values: number;
  /** Infinite when it holds itself. */
  levels: number;
}

interface Visit {
  readonly node: object;
  readonly children: readonly unknown[];
  next: number;
  readonly nesting: Nesting;
}

/** How large a value would be if all that is shared in it were written out. */
export function measureNesting(root: unknown): Nesting {
  const known = new Map<object, Nesting>();
  // As if the root were an item of one more list.
  const total: Nesting = { values: 0, levels: 1 };
  const visits: Visit[] = [];
  const enter = (value: unknown, into: Nesting): void => {
    if (typeof value !== 'object' || value === null) {
      into.values += 1;
      return;
    }
    const before = known.get(value);
    if (before) {
      add(into, before);
      return;
    }
    // Counts as endless until it has been left, which is what it is when it is met again inside of itself.
    known.set(value, { values: Infinity, levels: Infinity });
    visits.push({ node: value, children: Object.values(value), next: 0, nesting: { values: 1, levels: 1 } });
  };
  enter(root, total);
  for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
    if (visit.next < visit.children.length) {
      enter(visit.children[visit.next++], visit.nesting);
      continue;
    }
    visits.pop();
    known.set(visit.node, visit.nesting);
    add(visits.at(-1)?.nesting ?? total, visit.nesting);
  }
  return { values: total.values, levels: total.levels - 1 };
}

function add(into: Nesting, child: Nesting): void {
  into.values += child.values;
  into.levels = Math.max(into.levels, child.levels + 1);
}
