import { reasonOf, UserError } from '../../kernel/errors.js';
import { parseExactly } from '../../kernel/exact-json.js';
import { oneLine, printable } from '../../kernel/text.js';
import { measureNesting, outlineOfJson } from './nesting.js';
import { yamlSchema } from './yaml-schema.js';

/** Deeper documents would overflow the stack of those who walk them; real ones stay below 100. */
const DEEPEST = 500;
/** Aliases can make a few lines of YAML stand for billions of values. */
const MOST_VALUES = 5_000_000;
const MOST_MERGED_KEYS = 100_000;
const MOST_REPAIRS = 200;

/** A value, and what a reader of its text should know. */
export interface ParsedText {
  readonly value: unknown;
  /** In words that follow the name of the document. */
  readonly notes: readonly string[];
}

/**
 * The value that a text in JSON or YAML holds; a UserError with line and column when it holds none. Integers that
 * a double cannot hold are bigints.
 */
export async function parseText(raw: string, name: string): Promise<ParsedText> {
  const text = raw.charCodeAt(0) === 0xfeff ? raw.slice(1) : raw;
  const start = /\S/.exec(text)?.[0];
  if (start === undefined) throw refused(name, 'is empty');
  if (start === '<') {
    throw refused(name, 'is a web page (HTML), not an OpenAPI document', PAGE_HINT);
  }
  if (!/^[{[]|^\/[/*]/.test(text.trimStart())) return parseYaml(text, name);
  try {
    return parseJson(text, name);
  } catch (error) {
    if (error instanceof UserError) throw error;
    return parseAlmostJson(text, name, reasonOf(error));
  }
}

function parseJson(text: string, name: string): ParsedText {
  const value = parseExactly(text);
  const { levels, twice } = outlineOfJson(text);
  if (levels > DEEPEST) throw tooDeep(name);
  return { value, notes: twice === null ? [] : [said(twice)] };
}

function said(key: string): string {
  return `says “${oneLine(key).slice(0, 200)}” twice in one place: the later one counts`;
}

const PAGE_HINT =
  'A page that shows the documentation names the address of the document itself: give that with --spec.';
const MEND_HINT = 'Mend it there, or name another document with --spec.';

function refused(name: string, why: string, hint = 'Name another document with --spec.'): UserError {
  return new UserError('run', `The document ${name} ${why}.`, hint);
}

function tooDeep(name: string): UserError {
  return refused(name, `nests more than ${DEEPEST} levels deep`, 'Name a flatter document with --spec.');
}

const COMMENTS = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"|\/\/[^\n]*|\/\*[^]*?\*\//g;

/** With comments and trailing commas, which are YAML too: but not `//`. */
async function parseAlmostJson(text: string, name: string, reason: string): Promise<ParsedText> {
  const bare = text.replace(COMMENTS, (token) =>
    token.startsWith('"') ? token : token.replace(/[^\n]/g, ' '),
  );
  try {
    return await parseYaml(bare, name);
  } catch (error) {
    if (!(error instanceof NotYaml)) throw error;
    const [, position] = /position (\d+)/.exec(reason) ?? [];
    const { line, column } = position === undefined ? error : placeOf(text, Number(position));
    const why = oneLine(reason.replace(/ (in JSON )?at position.*/s, '')).slice(0, 200);
    throw refused(name, `is not valid JSON: line ${line}, column ${column}: ${why}`, MEND_HINT);
  }
}

function placeOf(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Line and column count from 1. */
class NotYaml extends UserError {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super('run', message, MEND_HINT);
  }
}

async function parseYaml(text: string, name: string): Promise<ParsedText> {
  const { load, YAMLException } = await import('js-yaml');
  // Of a key said twice the later one counts, as in JSON; dates stay text.
  const options = {
    schema: await yamlSchema(),
    json: false,
    maxDepth: DEEPEST,
    maxTotalMergeKeys: MOST_MERGED_KEYS,
  };
  const lines: string[] = [];
  const notes: string[] = [];
  for (let repairs = 0; ; repairs += 1) {
    try {
      const value = load(lines.length === 0 ? text : lines.join('\n'), options);
      refuseBomb(value, text, name);
      return { value, notes };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      if (error.reason.includes('maxDepth')) throw tooDeep(name);
      const { line = 0, column = 0, snippet } = error.mark ?? {};
      if (error.reason === 'duplicated mapping key' && !options.json) {
        options.json = true;
        notes.push(`says a key twice in line ${line + 1}: the later one counts`);
        continue;
      }
      if (error.reason !== 'deficient indentation' || repairs >= MOST_REPAIRS) {
        const place = `line ${line + 1}, column ${column + 1}: ${error.reason}`;
        const shown = snippet ? `\n${clip(snippet)}` : '';
        throw new NotYaml(`The document ${name} is not valid YAML: ${place}.${shown}`, line + 1, column + 1);
      }
      if (lines.length === 0) lines.push(...text.split('\n'));
      indent(lines, line);
    }
  }
}

/**
 * Quoted text that goes on in a line which is not indented: other readers of YAML take it, Docker publishes it.
 * White space before such a line is no part of the text.
 */
function indent(lines: string[], at: number): void {
  const before = /^ */.exec(lines[at - 1] ?? '')?.[0] ?? '';
  lines[at] = `${before}${' '.repeat(16)}${lines[at] ?? ''}`;
}

function clip(snippet: string): string {
  return printable(snippet)
    .split('\n')
    .map((line) => line.slice(0, 120))
    .join('\n');
}

function refuseBomb(value: unknown, text: string, name: string): void {
  if (!/\*\S/.test(text)) return;
  const { values, levels } = measureNesting(value);
  if (levels > DEEPEST) throw tooDeep(name);
  if (values <= MOST_VALUES) return;
  const most = MOST_VALUES / 1_000_000;
  throw refused(
    name,
    `stands for more than ${most} million values, by its aliases`,
    'Write out what it needs, without `*` aliases, or name another document with --spec.',
  );
}
