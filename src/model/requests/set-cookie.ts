export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** From now; null = it does not say. */
  readonly lifetimeMs: number | null;
}

/** The cookies that an answer sets (RFC 6265); those that it takes away again are left out. */
export function cookiesOf(lines: readonly string[], nowUnixMs: number): SetCookie[] {
  const byName = new Map<string, SetCookie>();
  keepCookies(byName, lines, nowUnixMs);
  return [...byName.values()];
}

/** Keeps what an answer sets with what earlier ones have set, and takes away what it takes away. */
export function keepCookies(
  byName: Map<string, SetCookie>,
  lines: readonly string[],
  nowUnixMs: number,
): void {
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split(';');
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) continue;
    const lifetimeMs = cookieLifetimeMs(attributes, nowUnixMs);
    if (value === '' || (lifetimeMs !== null && lifetimeMs <= 0)) byName.delete(name);
    else byName.set(name, { name, value, lifetimeMs });
  }
}

function cookieLifetimeMs(attributes: readonly string[], nowUnixMs: number): number | null {
  const maxAge = attributeOf(attributes, 'max-age');
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Number(maxAge) * 1000;
  const endsAtMs = Date.parse(attributeOf(attributes, 'expires') ?? '');
  return Number.isNaN(endsAtMs) ? null : endsAtMs - nowUnixMs;
}

function attributeOf(attributes: readonly string[], wanted: string): string | undefined {
  for (const attribute of attributes) {
    const [name = '', ...value] = attribute.split('=');
    if (name.trim().toLowerCase() === wanted) return value.join('=').trim();
  }
  return undefined;
}
