/*
 * Every OpenAPI document of a folder through bench: one process a document loads it, prepares the requests of
 * ALL its operations and lets an oracle that shares no code with bench read the values back out of the bytes
 * and judge them. Ends with 1 on a crash, on too much time or memory, and when a document made bench call a
 * host or read a file.
 *
 *   node benchmarks/specs.js FOLDER [--reasons] [--only TEXT] [--jobs 1] [--seconds 60] [--heap-mb 2048] [--json FILE]
 */
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

/** @typedef {import('./specs/judge-document.js').DocumentReport} DocumentReport */
/** @typedef {import('./specs/judge-document.js').Tally} Tally */
/** @typedef {{ file: string, report: DocumentReport | null, fault: string | null, refused?: string }} Outcome */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    reasons: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '60' },
    'heap-mb': { type: 'string', default: '2048' },
    json: { type: 'string' },
  },
});
const MB = 1e6;
const COLUMNS = [
  'document',
  'version',
  'operations',
  'prepared',
  'bodies',
  'parameters',
  'unjudged',
  'skipped',
  'faults',
  'ms',
  'peak MB',
];

/** @param {string} file @returns {Promise<Outcome>} */
async function judge(file) {
  const here = join(import.meta.dirname, 'specs');
  const flags = [`--max-old-space-size=${values['heap-mb']}`, '--import', join(here, 'guard.js')];
  const child = spawn(process.execPath, [...flags, join(here, 'judge-document.js'), file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: Number(values.seconds) * 1000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
  child.stderr.on('data', (/** @type {Buffer} */ chunk) => (errors += chunk.toString()));
  /** @type {{ code: number | null, signal: string | null }} */
  const { code, signal } = await new Promise((resolve) => {
    child.on('close', (endCode, endSignal) => resolve({ code: endCode, signal: endSignal }));
  });
  const reason = signal === 'SIGKILL' ? '' : reasonIn(errors) || `ended with ${signal ?? code ?? '?'}`;
  const last = output.trim().split('\n').at(-1) ?? '';
  if (last !== '') {
    /** @type {DocumentReport} */
    const report = JSON.parse(last);
    // All was prepared before; the oracle's own trouble is no fault of bench, but must be seen.
    if (code !== 0)
      report.unjudged.push(`the oracle ${reason === '' ? 'came to no end' : `failed: ${reason}`}`);
    return { file, report, fault: null };
  }
  if (signal === 'SIGKILL') return { file, report: null, fault: `took more than ${values.seconds} s` };
  // What bench cannot use it refuses with a sentence, which is no crash.
  if (reason.startsWith('UserError')) return { file, report: null, fault: null, refused: reason };
  return { file, report: null, fault: reason };
}

/** The line that says what went wrong, out of a stack. @param {string} errors */
function reasonIn(errors) {
  const lines = errors.split('\n').map((line) => line.trim());
  return lines.find((line) => /^(?:\w*Error|FATAL)\b/.test(line)) ?? lines.find((line) => line !== '') ?? '';
}

/** @param {Outcome} outcome */
function rowOf({ file, report, fault, refused }) {
  if (!report)
    return [
      basename(file),
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      refused === undefined ? (fault ?? '') : `refused: ${refused}`,
      '',
      '',
    ];
  const { bodies, parameters, skipped, faults, loadMs, describeMs, prepareMs, peakBytes } = report;
  return [
    basename(file),
    report.version,
    report.operations === null ? '?' : String(report.operations),
    String(report.prepared),
    ratio(bodies),
    ratio(parameters),
    String(report.unjudged.length),
    String(skipped.length),
    String(faults.length),
    (loadMs + describeMs + prepareMs).toFixed(0),
    (peakBytes / MB).toFixed(0),
  ];
}

/** @param {Tally} tally */
function ratio({ valid, total }) {
  return total === 0 ? '–' : `${valid}/${total}`;
}

/** @param {readonly (readonly string[])[]} rows */
function table(rows) {
  const widths = COLUMNS.map((_, index) =>
    Math.max(...rows.map((row) => (index < 8 || row[9] !== '' ? (row[index]?.length ?? 0) : 0))),
  );
  return rows
    .map((row) =>
      row
        .map((text, index) =>
          index < 2 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

/** @param {readonly Outcome[]} outcomes */
function totals(outcomes) {
  const reports = outcomes.flatMap(({ report }) => (report ? [report] : []));
  const sum = (/** @type {(report: DocumentReport) => number} */ read) =>
    reports.reduce((total, report) => total + read(report), 0);
  const share = (/** @type {'bodies' | 'parameters'} */ part) => {
    const [valid, total] = [sum((report) => report[part].valid), sum((report) => report[part].total)];
    return `${valid}/${total} ${part} valid (${((100 * valid) / Math.max(1, total)).toFixed(2)} %)`;
  };
  const broken = outcomes.filter(({ fault }) => fault !== null).length;
  return [
    `${reports.length} of ${outcomes.length} documents read`,
    // A document that the oracle cannot read has as many as bench finds.
    `${sum((report) => report.prepared)} of ${sum((report) => report.operations ?? report.prepared)} operations prepared`,
    share('bodies'),
    share('parameters'),
    `${sum((report) => report.unjudged.length)} unjudged`,
    `${sum((report) => report.skipped.length)} skipped`,
    `${sum((report) => report.requests)} requests of ${(sum((report) => report.sentBytes) / MB).toFixed(1)} MB`,
    `${(sum((report) => report.loadMs + report.describeMs + report.prepareMs) / 1000).toFixed(1)} s`,
    `${sum((report) => report.faults.length) + broken} faults`,
  ].join(', ');
}

/** @param {Outcome} outcome */
function reasonsOf({ file, report, fault, refused }) {
  const lines = report
    ? [
        ...report.faults,
        ...report.skipped.map((line) => `skipped: ${line}`),
        ...report.failures,
        ...report.unjudged.map((line) => `unjudged: ${line}`),
      ]
    : [refused === undefined ? (fault ?? '') : `refused: ${refused}`];
  return lines.map((line) => `${basename(file)}: ${line}\n`).join('');
}

const folder = positionals[0];
if (folder === undefined) throw new Error('name the folder with the documents');
const files = readdirSync(folder)
  .filter((name) => /\.(?:json|ya?ml)$/.test(name) && name.includes(values.only))
  .sort()
  .map((name) => join(folder, name));
const waiting = [...files];
/** @type {Map<string, Outcome>} */
const byFile = new Map();
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const outcome = await judge(file);
      byFile.set(file, outcome);
      if (values.reasons) process.stdout.write(reasonsOf(outcome));
    }
  }),
);
const outcomes = files.flatMap((file) => byFile.get(file) ?? []);
process.stdout.write(`${table([COLUMNS, ...outcomes.map(rowOf)])}\n\n${totals(outcomes)}\n`);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(outcomes));
if (outcomes.some(({ report, fault }) => fault !== null || (report && report.faults.length > 0)))
  process.exitCode = 1;
