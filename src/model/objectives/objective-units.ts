/** In what units people may write a limit, by the symbol of the figure's unit: how many of that each one is. */
const WRITTEN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ms: { ms: 1, us: 0.001, µs: 0.001, s: 1000, m: 60_000 },
  s: { s: 1, ms: 0.001, m: 60 },
  'req/s': { 'req/s': 1, '/s': 1, rps: 1, '': 1 },
  '/s': { '/s': 1, '': 1 },
  MB: { MB: 1, KB: 1 / 1024, GB: 1024 },
  'KB/s': { 'KB/s': 1, 'MB/s': 1024 },
  'MB/min': { 'MB/min': 1, 'KB/min': 1 / 1024, 'GB/min': 1024 },
};

/** The units that fit a figure, the one in which it is shown first, and how many of that each one is. */
export function unitsFor(symbol: string): Readonly<Record<string, number>> {
  return WRITTEN[symbol] ?? { [symbol]: 1 };
}
