import { withoutSteering } from '../../kernel/text.js';

/** The two formats that Prometheus reads. */
export type MetricsFormat = 'openmetrics' | 'text';

export const CONTENT_TYPES: Readonly<Record<MetricsFormat, string>> = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  text: 'text/plain; version=0.0.4; charset=utf-8',
};

export type Labels = Readonly<Record<string, string>>;

export interface MetricSample {
  readonly labels: Labels;
  /** Before its own: one object for all samples of the same thing, so that it is written once. */
  readonly shared?: Labels;
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
  const written = new Map<Labels, string>();
  const sharedText = (labels: Labels): string => {
    const text = written.get(labels) ?? pairsText(labels);
    written.set(labels, text);
    return text;
  };
  const lines = families.flatMap((family) => familyLines(family, format, sharedText));
  if (format === 'openmetrics') lines.push('# EOF');
  return `${lines.join('\n')}\n`;
}

function familyLines(
  { name, type, unit, help, samples }: MetricFamily,
  format: MetricsFormat,
  sharedText: (labels: Labels) => string,
): string[] {
  const sampleName = type === 'counter' ? `${name}_total` : name;
  // In the older format the family of a counter is called as its samples are.
  const familyName = format === 'text' ? sampleName : name;
  const lines = samples.flatMap(({ shared, labels, value }) => {
    if (value === null) return [];
    const pairs = (shared === undefined ? '' : sharedText(shared)) + pairsText(labels);
    return [`${sampleName}${pairs === '' ? '' : `{${pairs.slice(0, -1)}}`} ${value}`];
  });
  if (lines.length === 0) return [];
  return [
    `# HELP ${familyName} ${escapeHelp(help)}`,
    `# TYPE ${familyName} ${type}`,
    ...(unit === undefined || format === 'text' ? [] : [`# UNIT ${familyName} ${unit}`]),
    ...lines,
  ];
}

/** Each with a comma after it. */
function pairsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escapeLabel(value)}",`)
    .join('');
}

// What UTF-8 cannot hold. NUL, which Prometheus takes for the end of the text, is a control character.
const UNWRITABLE = /\p{Cs}/gu;

/** Any text as the value of a label, between quotes. */
function escapeLabel(value: string): string {
  return withoutSteering(value)
    .replace(UNWRITABLE, '\ufffd')
    .replaceAll('\r', '\ufffd')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n');
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
