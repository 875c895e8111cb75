/*
 * One document in one process: prepares every operation by the built code, then lets the oracle judge.
 * Prints a `DocumentReport` as one JSON line when all is prepared, and again with the verdicts: if the oracle
 * does not come to an end, that is no fault of bench.
 *
 *   node --import ./guard.js judge-document.js FILE
 */
import { readFileSync, writeSync } from 'node:fs';
import { describeApi } from '../../dist/openapi/document/describe-api.js';
import { ValueMaker } from '../../dist/openapi/values/value-maker.js';
import { loadDocument } from '../../dist/openapi/document/load-document.js';
import { buildRequests } from '../../dist/openapi/requests/build-request.js';
import { isRecord, methodsAt, parseText, versionOf } from './document.js';
import { triesSeen } from './guard.js';
import { Oracle } from './oracle.js';

/** @typedef {import('../../dist/model/requests/request.js').RequestBlueprint} Blueprint */
/** @typedef {{ method: string, template: string, blueprints: readonly Blueprint[], problems: readonly string[], crash: string | null }} Prepared */
/** @typedef {{ loadMs: number, describeMs: number, prepareMs: number, prepared: Prepared[], skipped: string[] }} Preparation */

/** As many distinct requests of each operation as a run makes. */
const VARIANTS = 10;

/**
 * The only place that knows how bench is called.
 * @param {string} file @returns {Promise<Preparation>}
 */
async function prepareAll(file) {
  const start = performance.now();
  const { document } = await loadDocument(file);
  const loaded = performance.now();
  const { operations, problems: left } = describeApi(document);
  const maker = new ValueMaker(document, { seed: 1, bodyMode: 'default' });
  /** @type {string[]} of operations that are left out, with the reason */
  const skipped = left.map(({ where, message }) => `${where}: ${message}`);
  const described = performance.now();
  const prepared = operations.map((operation) => {
    const { method, template } = operation;
    try {
      const { blueprints, problems } = buildRequests(document, operation, {
        values: {},
        headers: {},
        seed: 1,
        variants: VARIANTS,
        maker,
      });
      return { method, template, blueprints, problems, crash: null };
    } catch (error) {
      return { method, template, blueprints: [], problems: [], crash: textOf(error) };
    }
  });
  const done = performance.now();
  return {
    loadMs: loaded - start,
    describeMs: described - loaded,
    prepareMs: done - described,
    prepared,
    skipped,
  };
}

/** @typedef {{ valid: number, total: number, unjudged: number }} Tally */

/**
 * @typedef {object} DocumentReport
 * @property {string} version
 * @property {number | null} operations that the document has, counted by the oracle; null when it cannot read them
 * @property {number} prepared
 * @property {Tally} bodies
 * @property {Tally} parameters
 * @property {number} requests
 * @property {string[]} skipped
 * @property {string[]} failures of values, one a line
 * @property {string[]} unjudged
 * @property {string[]} faults crashes and forbidden acts: these fail the witness
 * @property {number} problems that bench told
 * @property {number} loadMs
 * @property {number} describeMs
 * @property {number} prepareMs
 * @property {number} peakBytes resident, before the oracle began
 * @property {number} sentBytes of all requests
 */

const file = process.argv[2] ?? '';

/** @param {Preparation} preparation @returns {DocumentReport} */
function judgeDocument(preparation) {
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const { loadMs, describeMs, prepareMs, prepared, skipped } = preparation;
  const forbidden = triesSeen().map((what) => `forbidden: ${what}`);
  const { document, trouble } = parsedByOracle();
  /** @type {DocumentReport} */
  const report = {
    version: versionOf(document),
    operations: trouble === null ? operationNames(document).length : null,
    prepared: prepared.filter(({ blueprints }) => blueprints.length > 0).length,
    bodies: { valid: 0, total: 0, unjudged: 0 },
    parameters: { valid: 0, total: 0, unjudged: 0 },
    requests: prepared.reduce((sum, { blueprints }) => sum + blueprints.length, 0),
    skipped,
    failures: [],
    unjudged: trouble === null ? [] : [`the oracle cannot read the document: ${trouble}`],
    faults: forbidden,
    problems: prepared.reduce((sum, { problems }) => sum + problems.length, 0),
    loadMs,
    describeMs,
    prepareMs,
    peakBytes,
    sentBytes: prepared.reduce((sum, { blueprints }) => sum + sizeOf(blueprints), 0),
  };
  print(report);
  if (trouble !== null) return report;
  const oracle = new Oracle(document);
  for (const one of prepared) judgeOperation(oracle, one, report);
  report.failures.push(...missed(document, preparation).map((name) => `${name}: was not prepared`));
  return report;
}

/** Operations that the document has, and that bench neither prepared nor gave a reason to skip. @param {import('./document.js').Node} document @param {Preparation} preparation */
function missed(document, { prepared, skipped }) {
  const done = new Set(
    prepared
      .filter(({ blueprints }) => blueprints.length > 0)
      .map(({ method, template }) => `${method} ${template}`),
  );
  return operationNames(document).filter(
    (name) => !done.has(name) && !skipped.some((line) => line.startsWith(`${name}:`)),
  );
}

/** Its parser refuses some documents that bench reads. @returns {{ document: import('./document.js').Node, trouble: string | null }} */
function parsedByOracle() {
  try {
    return { document: parseText(readFileSync(file, 'utf8')), trouble: null };
  } catch (error) {
    return { document: {}, trouble: textOf(error).split('\n')[0] ?? '' };
  }
}

/** @param {Oracle} oracle @param {Prepared} prepared @param {DocumentReport} report */
function judgeOperation(oracle, { method, template, blueprints, crash }, report) {
  if (crash !== null) report.faults.push(`${method} ${template}: crashed: ${crash}`);
  for (const { where, state, reason } of oracle.judge(method, template, blueprints)) {
    const line = `${method} ${template}: ${where} ${reason}`;
    if (where !== 'request') {
      const tally = where === 'body' ? report.bodies : report.parameters;
      tally[state === 'unjudged' ? 'unjudged' : 'total'] += 1;
      if (state === 'valid') tally.valid += 1;
    }
    if (state === 'invalid') report.failures.push(line);
    if (state === 'unjudged') report.unjudged.push(line);
  }
}

/** `GET /pets`. @param {import('./document.js').Node} document */
function operationNames(document) {
  const paths = isRecord(document['paths']) ? Object.keys(document['paths']) : [];
  return paths
    .filter((path) => path.startsWith('/'))
    .flatMap((path) => methodsAt(document, path).map((method) => `${method} ${path}`));
}

/** @param {readonly Blueprint[]} blueprints */
function sizeOf(blueprints) {
  return blueprints.reduce((sum, { body, path }) => sum + path.length + Buffer.byteLength(body ?? ''), 0);
}

/** @param {unknown} error */
function textOf(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** @param {DocumentReport} report */
function print(report) {
  // Straight to the pipe: what waits in the stream would be lost when the process is stopped.
  writeSync(1, `${JSON.stringify(report)}\n`);
}

print(judgeDocument(await prepareAll(file)));
