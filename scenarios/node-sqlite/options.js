import { parseArgs } from 'node:util';

/**
 * @typedef {object} Options
 * @property {string} host
 * @property {number} port
 * @property {number} workers
 * @property {string | undefined} databasePath undefined: a fresh temporary one
 */

/**
 * Ends the process with code 2 and every problem at once when the command line is wrong.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Options}
 */
export function readOptions(args, env) {
  /** @type {string[]} */
  const problems = [];
  const given = parse(args, problems);
  const options = {
    host: given.host ?? '127.0.0.1',
    port: integer('--port', given.port ?? '8000', 0, 65_535, problems),
    workers: integer('--workers', given.workers ?? '1', 1, 256, problems),
    databasePath: env['DATABASE_PATH'] || undefined,
  };
  if (problems.length > 0) {
    process.stderr.write(problems.map((problem) => `node-sqlite: ${problem}\n`).join(''));
    process.exit(2);
  }
  return options;
}

/**
 * @param {string[]} args
 * @param {string[]} problems
 * @returns {{ host?: string | undefined, port?: string | undefined, workers?: string | undefined }}
 */
function parse(args, problems) {
  try {
    return parseArgs({
      args,
      options: { host: { type: 'string' }, port: { type: 'string' }, workers: { type: 'string' } },
    }).values;
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    return {};
  }
}

/**
 * @param {string} name
 * @param {string} text
 * @param {number} min
 * @param {number} max
 * @param {string[]} problems
 */
function integer(name, text, min, max, problems) {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  problems.push(`${name} takes a whole number from ${min} to ${max}, not "${text}"`);
  return min;
}
