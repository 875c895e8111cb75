import type { MetricsFormat } from '../../report/metrics/exposition.js';

interface MediaRange {
  readonly type: string;
  readonly version: string | undefined;
  /** From 0, not wanted, to 1. */
  readonly quality: number;
}

/** Of the two formats the one that an `Accept` header prefers; the older one unless OpenMetrics is asked for by name. */
export function preferredFormat(accept: string): MetricsFormat {
  const ranges = accept.split(',').map(readRange);
  const openMetrics = bestOf(
    ranges.filter(
      ({ type, version }) =>
        type === 'application/openmetrics-text' && (version === undefined || version.startsWith('1.')),
    ),
  );
  const text = bestOf(ranges.filter(({ type }) => type === 'text/plain'));
  return openMetrics > 0 && openMetrics >= text ? 'openmetrics' : 'text';
}

function readRange(range: string): MediaRange {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const valueOf = (name: string): string | undefined =>
    parameters
      .find((parameter) => parameter.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('"', '');
  const quality = Number(valueOf('q') ?? '1');
  return { type, version: valueOf('version'), quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

function bestOf(ranges: readonly MediaRange[]): number {
  return Math.max(0, ...ranges.map(({ quality }) => quality));
}
