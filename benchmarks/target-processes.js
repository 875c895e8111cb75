/*
 * Whose processes and requests are they? The real CLI against servers that are awkward to start, to measure and to
 * end, beside witnesses of our own: marks in the environment, /proc, and the logs of the servers. Prints a table for
 * each part and ends with 1 when something was not as expected. All of it stays on this machine. Linux only.
 *
 *   node benchmarks/target-processes.js [races] [wrappers] [url] [kills] [--times 20] [--only TEXT] [--list]
 *
 * --times is how often each race is run. Needs `npm run build`; what it needs of others it gets on first use.
 */
import { parseArgs } from 'node:util';
import { killCases } from './target-processes/kills.js';
import { raceCases } from './target-processes/races.js';
import { Missing } from './target-processes/tools.js';
import { urlCases } from './target-processes/url.js';
import { wrapperCases } from './target-processes/wrappers.js';

/** @typedef {import('./target-processes/stage.js').Case} Case */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
});
const parts = {
  races: () => raceCases(Number(values.times)),
  wrappers: wrapperCases,
  url: urlCases,
  kills: killCases,
};
/** @type {Record<string, number>} */
const counts = { ok: 0, FAULT: 0, skipped: 0 };

/** @param {string} name @param {readonly Case[]} cases */
async function runPart(name, cases) {
  say(`\n### ${name}\n\n| case | expected | seen | |\n| --- | --- | --- | --- |\n`);
  for (const one of cases) {
    const [seen, verdict] = await judge(one);
    counts[verdict] = (counts[verdict] ?? 0) + 1;
    say(`| ${[one.name, one.expected, seen, verdict].map(inCell).join(' | ')} |\n`);
  }
}

/** @param {Case} one @returns {Promise<[string, string]>} */
async function judge({ run }) {
  try {
    const { seen, fault } = await run();
    return fault === undefined
      ? [seen, 'ok']
      : [[`**${fault}**`, seen].filter((text) => text !== '').join('; '), 'FAULT'];
  } catch (error) {
    if (error instanceof Missing) return [`needs ${error.message}`, 'skipped'];
    return [`the check itself failed: ${error instanceof Error ? error.message : String(error)}`, 'FAULT'];
  }
}

/** @param {string} text */
function inCell(text) {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
}

/** @param {string} text */
function say(text) {
  process.stdout.write(text);
}

const wanted = positionals.length === 0 ? Object.keys(parts) : positionals;
const unknown = wanted.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) throw new Error(`no part ${unknown}: ${Object.keys(parts).join(', ')}`);
if (process.platform !== 'linux') {
  say('skipped: all parts read /proc, which only Linux has\n');
} else {
  for (const [name, casesOf] of Object.entries(parts)) {
    if (!wanted.includes(name)) continue;
    const cases = casesOf().filter((one) => one.name.includes(values.only));
    if (values.list) for (const one of cases) say(`${name} · ${one.name} · ${one.expected}\n`);
    else if (cases.length > 0) await runPart(name, cases);
  }
  if (!values.list) say(`\n${counts['ok']} ok, ${counts['FAULT']} FAULT, ${counts['skipped']} skipped\n`);
  if (counts['FAULT'] !== 0) process.exitCode = 1;
}
