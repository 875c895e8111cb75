import { readFile, stat } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { codeOf, reasonOf, UserError } from '../../kernel/errors.js';
import { parseExactly } from '../../kernel/exact-json.js';
import { plural } from '../../kernel/format.js';
import { isObject } from '../../kernel/is-object.js';

/** The rows of a data file by column; all columns are equally long. */
export interface DataTable {
  /** As the user named it. */
  readonly file: string;
  /** `undefined` where a row says nothing. */
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
  readonly count: number;
  /** Whether all values are text, as in CSV, which is to be read by the schema it is for. */
  readonly isText: boolean;
  /** Where a row is, for messages: `line 3`. */
  placeOf(row: number): string;
}

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ROWS = 1_000_000;
const HINT =
  'A data file is CSV with a header row, a JSON list of objects, or NDJSON: one object in each line.';

/** Reads a data file. `shown` is its name for people. Throws a `UserError` with line and column. */
export async function readDataFile(path: string, shown: string): Promise<DataTable> {
  const text = (await readText(path, shown)).replace(/^\ufeff/, '');
  const table = tableOf(text, path, shown);
  if (table.count === 0) throw refusal(shown, 'has no rows');
  if (table.count > MOST_ROWS) throw refusal(shown, `has more than ${MOST_ROWS} rows`);
  return table;
}

function refusal(shown: string, what: string): UserError {
  return new UserError('usage', `The data file ${shown} ${what}.`, HINT);
}

async function readText(path: string, shown: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw refusal(shown, 'is larger than 64 MB');
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    const why = codeOf(error) === 'ENOENT' ? 'there is no such file' : reasonOf(error);
    throw new UserError(
      'usage',
      `The data file ${shown} could not be read: ${why}.`,
      'Its path starts in the folder of the scenario file.',
    );
  }
}

function tableOf(text: string, path: string, shown: string): DataTable {
  if (/\.(ndjson|jsonl)$/i.test(path)) return linesTable(text, shown);
  if (/\.json$/i.test(path) || /^\s*\[/.test(text)) return jsonTable(text, shown);
  if (/^\s*\{/.test(text)) return linesTable(text, shown);
  return csvTable(text, shown, /\.tsv$/i.test(path) ? '\t' : ',');
}

function csvTable(text: string, file: string, delimiter: string): DataTable {
  const lines: number[] = [];
  let rows: string[][];
  try {
    rows = parse(text, {
      delimiter,
      skip_empty_lines: true,
      to: MOST_ROWS + 2,
      on_record: (record: string[], { lines: line }) => {
        lines.push(line);
        return record;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw refusal(file, `is not valid CSV: ${csvReason(error)}`);
    throw error;
  }
  const [header = [], ...records] = rows;
  const names = header.map((name) => name.trim());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw refusal(file, `has two columns named “${twice}”`);
  return {
    file,
    columns: new Map(
      names.map((name, at) => [name, records.map((record) => (record[at] === '' ? undefined : record[at]))]),
    ),
    count: records.length,
    isText: true,
    placeOf: (row) => `line ${lines[row + 1] ?? row + 2}`,
  };
}

/** What the library says, without its own words for records. */
function csvReason({ message }: Error): string {
  return message.replace(/^Invalid (\w+ \w+): /, 'wrong $1: ').replace(/\.$/, '');
}

function jsonTable(text: string, file: string): DataTable {
  const rows = parsed(text, file, 0);
  if (!Array.isArray(rows)) throw refusal(file, 'is no JSON list of objects');
  return objectTable(rows, file, (row) => `entry ${row + 1}`);
}

function linesTable(text: string, file: string): DataTable {
  const lines = text
    .split('\n')
    .map((line, at) => ({ line, at }))
    .filter(({ line }) => line.trim() !== '');
  if (lines.length > MOST_ROWS) throw refusal(file, `has more than ${MOST_ROWS} rows`);
  const rows = lines.map(({ line, at }) => parsed(line, file, at));
  return objectTable(rows, file, (row) => `line ${(lines[row]?.at ?? row) + 1}`);
}

function parsed(text: string, file: string, lineBefore: number): unknown {
  try {
    return parseExactly(text);
  } catch (error) {
    const reason = reasonOf(error);
    const before = text.slice(0, Number(/position (\d+)/.exec(reason)?.[1] ?? text.length)).split('\n');
    const place = `line ${lineBefore + before.length}, column ${(before.at(-1) ?? '').length + 1}`;
    throw refusal(file, `is not valid JSON: ${place}: ${reason.replace(/ in JSON at position.*$/s, '')}`);
  }
}

function objectTable(rows: readonly unknown[], file: string, placeOf: DataTable['placeOf']): DataTable {
  const columns = new Map<string, unknown[]>();
  rows.forEach((row, at) => {
    if (!isObject(row)) throw refusal(file, `holds something else than an object: ${placeOf(at)}`);
    for (const [name, value] of Object.entries(row)) {
      const column = columns.get(name) ?? Array<unknown>(rows.length).fill(undefined);
      column[at] = value;
      columns.set(name, column);
      if (columns.size > MOST_COLUMNS) throw refusal(file, `has more than ${plural(MOST_COLUMNS, 'column')}`);
    }
  });
  return { file, columns, count: rows.length, isText: false, placeOf };
}

const MOST_COLUMNS = 1000;
