interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SAMPLE = /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (-?[0-9.e+-]+)$/;
const LABEL = /([a-z_]+)="((?:[^"\\]|\\.)*)"/g;
const UNESCAPED: Readonly<Record<string, string>> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' };

/** A small reader of what Prometheus reads; throws at a line that is neither a comment nor a sample. */
export function parseMetrics(text: string): ParsedSample[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
    if (name === '') throw new Error(`no sample: ${line}`);
    return { name, labels: Object.fromEntries(labelsIn(labels)), value: Number(value) };
  });
}

function* labelsIn(text: string): Generator<[string, string]> {
  for (const [, name = '', value = ''] of text.matchAll(LABEL)) {
    yield [name, value.replace(/\\["\\n]/g, (escaped) => UNESCAPED[escaped] ?? '')];
  }
}

/** The names of the families, as their TYPE lines have them. */
export function familiesIn(text: string): string[] {
  return [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name);
}
