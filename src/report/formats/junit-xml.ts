import { escapeXml } from '../../kernel/text.js';

/** A suite of JUnit XML as Ant and Jenkins read it. */
export interface Suite {
  readonly id: number;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Empty where it is not known. */
  readonly host: string;
  readonly durationMs: number;
  readonly cases: readonly Case[];
  readonly properties: readonly (readonly [name: string, value: string])[];
  /** Lines. */
  readonly output: readonly string[];
}

/** At most one of `error`, `failure` and `skipped` is there; without any it has passed. */
export interface Case {
  readonly className: string;
  readonly name: string;
  readonly durationMs: number;
  /** Nothing was measured. */
  readonly error?: Complaint | null;
  readonly failure?: Complaint | null;
  /** Why it was not judged. */
  readonly skipped?: string | null;
}

export interface Complaint {
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

/** The whole file. */
export function junitText(suites: readonly Suite[]): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...suites.map(suiteText),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function suiteText(suite: Suite): string {
  const countOf = (kind: 'error' | 'failure'): string =>
    String(suite.cases.filter((one) => (one[kind] ?? null) !== null).length);
  const attributes = {
    id: String(suite.id),
    package: 'openapi-bench',
    name: suite.name,
    // The schema takes no time zone: UTC.
    timestamp: suite.startedAt.slice(0, 19),
    hostname: suite.host || 'localhost',
    tests: String(suite.cases.length),
    failures: countOf('failure'),
    errors: countOf('error'),
    time: seconds(suite.durationMs),
  };
  const properties = suite.properties.map(
    ([name, value]) => `      <property${attributesText({ name, value })}/>`,
  );
  return [
    `  <testsuite${attributesText(attributes)}>`,
    '    <properties>',
    ...properties,
    '    </properties>',
    ...suite.cases.map(caseText),
    `    <system-out>${escapeXml(suite.output.join('\n'))}</system-out>`,
    '    <system-err></system-err>',
    '  </testsuite>',
  ].join('\n');
}

function caseText({ className, name, durationMs, error, failure, skipped = null }: Case): string {
  const start = `    <testcase${attributesText({ classname: className, name, time: seconds(durationMs) })}`;
  const inside = [
    ...complaintText('error', error),
    ...complaintText('failure', failure),
    ...(skipped === null ? [] : [`<skipped${attributesText({ message: skipped })}></skipped>`]),
  ];
  if (inside.length === 0) return `${start}/>`;
  return [`${start}>`, ...inside.map((line) => `      ${line}`), '    </testcase>'].join('\n');
}

function complaintText(kind: 'error' | 'failure', complaint: Complaint | null | undefined): string[] {
  if (complaint === null || complaint === undefined) return [];
  const { type, message, text } = complaint;
  return [`<${kind}${attributesText({ type, message })}>${escapeXml(text)}</${kind}>`];
}

function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}
