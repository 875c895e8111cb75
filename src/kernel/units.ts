const MS_BY_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a duration such as `500ms`, `10s`, `2m`; `undefined` when it is none. */
export function parseDurationMs(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) * (MS_BY_UNIT[match[2] ?? ''] ?? Number.NaN);
}

/** A duration as people write it: `500ms`, `10s`, `2m`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000 || durationMs % 1000 !== 0)
    return durationMs < 1000 ? `${durationMs}ms` : `${durationMs / 1000}s`;
  return durationMs >= 60_000 && durationMs % 60_000 === 0
    ? `${durationMs / 60_000}m`
    : `${durationMs / 1000}s`;
}

/** Seconds left as `1m 05s` or `12s`, for progress lines. */
export function formatTimeLeft(remainingMs: number): string {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${String(seconds % 60).padStart(2, '0')}s`;
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
}

const BYTES_BY_UNIT: Readonly<Record<string, number>> = {
  ...{ B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 },
  ...{ KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30, TIB: 2 ** 40 },
};

/** Whole bytes of a size such as `512MiB` or `1.5 GB`; `undefined` when it is none. */
export function parseBytes(text: string): number | undefined {
  const [, value, unit = ''] = /^(\d+(?:\.\d+)?)\s*([KMGT]?i?B)$/i.exec(text.trim()) ?? [];
  const factor = BYTES_BY_UNIT[unit.toUpperCase()];
  return factor === undefined ? undefined : Math.round(Number(value) * factor);
}

/** A size as people write it, in two decimals at most: `256 MiB`, `1.5 GiB`. */
export function bytesInWords(bytes: number): string {
  if (bytes < 2 ** 20) return `${Number((bytes / 2 ** 10).toFixed(2))} KiB`;
  const gibibytes = bytes / 2 ** 30;
  const isExact = Number(gibibytes.toFixed(2)) === gibibytes;
  return gibibytes >= 1 && isExact ? `${gibibytes} GiB` : `${Number((bytes / 2 ** 20).toFixed(2))} MiB`;
}
