/** The two formats that Prometheus reads. */
export type MetricsFormat = 'openmetrics' | 'text';

export const CONTENT_TYPES: Readonly<Record<MetricsFormat, string>> = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  text: 'text/plain; version=0.0.4; charset=utf-8',
};

export type Labels = Readonly<Record<string, string>>;

export interface MetricSample {
  readonly labels: Labels;
  /** null = not known: no sample is written. */
  readonly value: number | null;
}

/** All samples of one metric. The name ends in the unit, if there is one, and never in `_total`. */
export interface MetricFamily {
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'summary';
  readonly unit?: 'seconds' | 'bytes' | 'ratio';
  readonly help: string;
  readonly samples: readonly MetricSample[];
}

/** Metrics as text: OpenMetrics 1.0, or the older format of Prometheus. Families without samples are left out. */
export function exposition(families: readonly MetricFamily[], format: MetricsFormat): string {
  const lines = families.flatMap((family) => familyLines(family, format));
  if (format === 'openmetrics') lines.push('# EOF');
  return lines.map((line) => `${line}\n`).join('');
}

function familyLines({ name, type, unit, help, samples }: MetricFamily, format: MetricsFormat): string[] {
  const sampleName = type === 'counter' ? `${name}_total` : name;
  // In the older format the family of a counter is called as its samples are.
  const familyName = format === 'text' ? sampleName : name;
  const lines = samples.flatMap(({ labels, value }) =>
    value === null ? [] : [`${sampleName}${labelText(labels)} ${String(value)}`],
  );
  if (lines.length === 0) return [];
  return [
    `# HELP ${familyName} ${escapeHelp(help)}`,
    `# TYPE ${familyName} ${type}`,
    ...(unit === undefined || format === 'text' ? [] : [`# UNIT ${familyName} ${unit}`]),
    ...lines,
  ];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

// What UTF-8 cannot hold, and NUL, which Prometheus takes for the end of the text.
const UNWRITABLE = /\p{Cs}|\0/gu;

/** Any text as the value of a label, between quotes. */
function escapeLabel(value: string): string {
  return value
    .replace(UNWRITABLE, '\ufffd')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n');
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
