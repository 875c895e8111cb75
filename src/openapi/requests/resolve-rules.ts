import { resolve } from 'node:path';
import { UserError } from '../../kernel/errors.js';
import { nearest } from '../../kernel/text.js';
import type { DataRule, OperationRule } from '../../model/config/operation-rules.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { isOmission } from './value-rules.js';
import type { DescribedOperation } from '../document/described-operation.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { matches } from '../selection/select-operations.js';
import type { DataRows } from './data-rows.js';
import { guessKey, isKnownKey } from './known-keys.js';
import { loadRows } from './load-rows.js';
import type { RulesOfOperation } from './operation-rules.js';
import { readDataFile, type DataTable } from './read-data.js';

export type RulesByOperation = ReadonlyMap<DescribedOperation, RulesOfOperation>;

export interface RuleSources {
  readonly document: OpenApiDocument;
  /** All of the document. */
  readonly operations: readonly DescribedOperation[];
  /** Those whose requests are made: the only ones whose data is read. */
  readonly used: readonly DescribedOperation[];
  readonly config: Pick<RunConfig, 'folder' | 'operations' | 'seed' | 'values'>;
}

/**
 * What the user says of each operation, data read, merged from all selectors that match it. Throws one error with
 * everything that is wrong with it.
 */
export async function resolveRules(sources: RuleSources): Promise<RulesByOperation> {
  const problems = [...unknownSelectors(sources), ...wrongValues(sources)];
  const tables = new Tables(sources.config.folder);
  const resolved = new Map<DescribedOperation, RulesOfOperation>();
  for (const operation of sources.operations) {
    const { data, ...rules } = mergedRule(operation, sources);
    const isUsed = data !== undefined && sources.used.includes(operation);
    const rows = isUsed ? await rowsOf(operation, data, sources, tables, problems) : undefined;
    resolved.set(operation, { ...rules, ...(rows === undefined ? {} : { rows }) });
  }
  refuse(problems);
  return resolved;
}

const MOST_SHOWN = 20;

function refuse(problems: readonly string[]): void {
  const distinct = [...new Set(problems)];
  if (distinct.length === 0) return;
  const more = distinct.length - MOST_SHOWN;
  const lines = distinct.slice(0, MOST_SHOWN).map((line) => `  ${line}`);
  throw new UserError(
    'usage',
    `The scenario does not fit the document:\n${lines.join('\n')}${more > 0 ? `\n  … and ${more} more` : ''}`,
    'bench list --requests shows the operations and the keys of their values.',
  );
}

function unknownSelectors({ operations, config }: RuleSources): string[] {
  const unknown = Object.keys(config.operations).filter(
    (selector) => !operations.some((operation) => matches(operation, selector)),
  );
  const known = operations.flatMap(({ id, tags, method, path, template }) => [
    id,
    ...tags,
    `${method} ${path}`,
    `${method} ${template}`,
  ]);
  return unknown.map((selector) => {
    const [guess] = nearest(selector, [...new Set(known)]);
    return `operations: nothing matches “${selector}”${guess === undefined ? '' : `; did you mean ${guess}?`}`;
  });
}

/** Keys that none of the operations has that they are meant for, and parts of a path that are left out. */
function wrongValues({ document, operations, config }: RuleSources): string[] {
  const said = [
    { where: 'values', values: config.values, meant: operations },
    ...Object.entries(config.operations).map(([selector, { values = {} }]) => ({
      where: `operations: ${selector}: values`,
      values,
      meant: operations.filter((operation) => matches(operation, selector)),
    })),
  ];
  return said
    .filter(({ meant }) => meant.length > 0)
    .flatMap(({ where, values, meant }) =>
      Object.entries(values).flatMap(([key, rule]) => {
        if (key.startsWith('path.') && isOmission(rule))
          return [`${where}: ${key} is part of the path and cannot be left out`];
        if (meant.some((operation) => isKnownKey(document, operation, key))) return [];
        return [`${where}: there is no ${key}${hintFor(document, meant, key)}`];
      }),
    );
}

function hintFor(document: OpenApiDocument, meant: readonly DescribedOperation[], key: string): string {
  const guess = guessKey(document, meant, key);
  if (guess !== undefined) return `; did you mean ${guess}?`;
  if (key.startsWith('header.')) return '; headers that the document does not name go under headers:';
  return /^(path|query|header|cookie|body)\b/.test(key)
    ? ''
    : '; keys are such as path.id, query.limit, body.name';
}

/** Of two entries that say the same the later one counts. */
function mergedRule(
  operation: DescribedOperation,
  { config }: RuleSources,
): Pick<OperationRule, 'body' | 'data' | 'expect'> & Pick<RulesOfOperation, 'headers' | 'values'> {
  const found = Object.entries(config.operations)
    .filter(([selector]) => matches(operation, selector))
    .map(([, rule]) => rule);
  const { body, data, expect } = Object.assign({}, ...found) as OperationRule;
  const headers = found.flatMap((rule) => Object.entries(rule.headers ?? {}));
  return {
    values: Object.fromEntries(found.flatMap(({ values }) => Object.entries(values ?? {}))),
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    ...(body === undefined ? {} : { body }),
    ...(data === undefined ? {} : { data }),
    ...(expect === undefined
      ? {}
      : { expect: Object.assign({}, ...found.map((rule) => rule.expect)) as typeof expect }),
  };
}

/** The data files, each read once. */
class Tables {
  private readonly known = new Map<string, Promise<DataTable>>();

  constructor(private readonly folder: string) {}

  read(file: string): Promise<DataTable> {
    const path = resolve(this.folder, file);
    const table = this.known.get(path) ?? readDataFile(path, file);
    this.known.set(path, table);
    return table;
  }
}

async function rowsOf(
  operation: DescribedOperation,
  rule: DataRule,
  { document, config }: RuleSources,
  tables: Tables,
  problems: string[],
): Promise<DataRows | undefined> {
  try {
    const table = await tables.read(rule.file);
    const loaded = loadRows(table, { document, operation, rule, seed: config.seed });
    problems.push(...loaded.problems.map((problem) => `operations: ${operation.id}: data: ${problem}`));
    return loaded.rows;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(error.message);
    return undefined;
  }
}
