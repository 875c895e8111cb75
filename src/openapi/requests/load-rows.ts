import { numberIn, parseExactly } from '../../kernel/exact-json.js';
import { seededRandom, seedFor, shuffled } from '../../kernel/random.js';
import type { DataRule } from '../../model/config/operation-rules.js';
import type { DescribedOperation } from '../document/described-operation.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import type { DataRows } from './data-rows.js';
import { likelySchema } from './fields-at.js';
import { guessKey, schemaOfKey } from './known-keys.js';
import type { DataTable } from './read-data.js';

/** For which operation rows are made of a table. */
export interface RowsFor {
  readonly document: OpenApiDocument;
  readonly operation: DescribedOperation;
  readonly rule: DataRule;
  readonly seed: number;
}

/** More requests than these are not prepared, whatever the file holds. */
const MOST_ROWS = 50_000;
const MOST_PROBLEMS = 5;

/** The rows of a table as values of an operation; or what is wrong with them, in words for the user. */
export function loadRows(table: DataTable, wanted: RowsFor): { rows: DataRows; problems: readonly string[] } {
  const problems: string[] = [];
  const order = orderOf(table, wanted);
  const columns = new Map(
    keysOf(table, wanted, problems).map(({ key, column, schema }) => {
      const reader = new CellReader(table, wanted.document, { key, column, schema }, problems);
      return [key, order.map((row) => reader.read(row))] as const;
    }),
  );
  const { file, count: available } = table;
  return {
    rows: { file, order: wanted.rule.order, columns, count: order.length, available },
    problems: problems.slice(0, MOST_PROBLEMS),
  };
}

function orderOf({ file, count }: DataTable, { rule, seed }: RowsFor): readonly number[] {
  const all = Array.from({ length: count }, (_, row) => row);
  const inOrder = rule.order === 'random' ? shuffled(all, seededRandom(seedFor(seed, file))) : all;
  return inOrder.slice(0, MOST_ROWS);
}

interface Mapped {
  readonly key: string;
  readonly column: string;
  /** As in the document. */
  readonly schema: unknown;
}

/** Which column is which value: as mapped, or else the columns that are named like keys. */
function keysOf(table: DataTable, { document, operation, rule }: RowsFor, problems: string[]): Mapped[] {
  const names = [...table.columns.keys()];
  const pairs = rule.map
    ? Object.entries(rule.map)
    : names.filter(isKey).map((name) => [name, name] as const);
  if (pairs.length === 0) {
    problems.push(
      `${table.file} has no column named like a value (path.id, body.name): map them with map:; it has ${names.slice(0, 10).join(', ')}`,
    );
  }
  return pairs.flatMap(([key, column]) => {
    const schema = schemaOfKey(document, operation, key);
    if (!table.columns.has(column))
      problems.push(`${table.file} has no column “${column}”; it has ${names.slice(0, 10).join(', ')}`);
    else if (schema === undefined)
      problems.push(`${key}: there is no such value${guess(document, operation, key)}`);
    else return [{ key, column, schema }];
    return [];
  });
}

function isKey(name: string): boolean {
  return name === 'body' || /^(path|query|header|cookie|body)\./.test(name);
}

function guess(document: OpenApiDocument, operation: DescribedOperation, key: string): string {
  const meant = guessKey(document, [operation], key);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** Reads the cells of one column as the values that its schema wants. */
class CellReader {
  private readonly cells: readonly unknown[];
  private readonly types: readonly unknown[];

  constructor(
    private readonly table: DataTable,
    document: OpenApiDocument,
    private readonly mapped: Mapped,
    private readonly problems: string[],
  ) {
    this.cells = table.columns.get(mapped.column) ?? [];
    const { type } = likelySchema(document, mapped.schema);
    this.types = Array.isArray(type) ? type : [type];
  }

  read(row: number): unknown {
    const cell = this.cells[row];
    if (cell === undefined || cell === '') {
      if (this.mapped.key.startsWith('path.'))
        this.complain(row, 'is empty, and a path cannot have an empty part');
      return undefined;
    }
    return this.table.isText && typeof cell === 'string' ? this.fromText(cell, row) : cell;
  }

  private fromText(text: string, row: number): unknown {
    if (this.types.includes('string')) return text;
    if (this.types.includes('integer') || this.types.includes('number')) return this.number(text, row);
    if (this.types.includes('boolean')) return this.boolean(text, row);
    return this.types.includes('object') || this.types.includes('array') ? this.json(text, row) : text;
  }

  private number(text: string, row: number): unknown {
    const value = numberIn(text);
    const isWhole = typeof value === 'bigint' || Number.isInteger(value);
    if (isWhole || (this.types.includes('number') && Number.isFinite(value))) return value;
    const kind = this.types.includes('number') ? 'number' : 'whole number';
    return this.complain(row, `“${text.slice(0, 40)}” is no ${kind}`);
  }

  private boolean(text: string, row: number): unknown {
    if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
    return this.complain(row, `“${text.slice(0, 40)}” is neither true nor false`);
  }

  private json(text: string, row: number): unknown {
    try {
      return parseExactly(text);
    } catch {
      return this.complain(row, `“${text.slice(0, 40)}” is no JSON`);
    }
  }

  private complain(row: number, what: string): null {
    const { file } = this.table;
    if (this.problems.length <= MOST_PROBLEMS) {
      this.problems.push(`${file}, ${this.table.placeOf(row)}, column ${this.mapped.column}: ${what}`);
    }
    return null;
  }
}
