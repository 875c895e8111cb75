import { access, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { codeOf, reasonOf, UserError } from '../kernel/errors.js';
import { withPlainIntegers } from '../kernel/exact-json.js';
import { nearest } from '../kernel/text.js';
import { scenarioSchema, type Scenario } from '../model/config/scenario.js';
import { explainIssues, type LineOf } from './explain-issues.js';
import { objectiveProblems } from './objective-problems.js';

export interface LoadedScenario {
  readonly scenario: Scenario;
  /** The folder of its file. */
  readonly folder: string;
}

export const EMBEDDED_SCENARIO = 'node-sqlite';
const FILE_NAME = 'scenario.yaml';
const SHIPPED_FOLDER = fileURLToPath(new URL('../../scenarios/', import.meta.url));

/** A scenario by name (`./scenarios` of the working directory first, then the shipped ones) or by file. */
export async function readScenario(nameOrFile: string): Promise<LoadedScenario> {
  const isFile = /[/\\]|\.ya?ml$/i.test(nameOrFile);
  const file = isFile ? resolve(nameOrFile) : await fileOf(nameOrFile);
  return { scenario: await readFileOfScenario(file), folder: dirname(file) };
}

async function fileOf(name: string): Promise<string> {
  const known = await knownScenarios();
  const found = known.find((one) => one.name === name);
  if (found !== undefined) return found.file;
  const names = known.map((one) => one.name);
  const [guess] = nearest(name, names);
  throw new UserError(
    'usage',
    `There is no scenario named ${name}.${guess === undefined ? '' : ` Did you mean ${guess}?`}`,
    `Known scenarios (bench scenarios says more): ${names.join(', ')}. A file of your own is named by its path: --scenario ./my-api.yaml`,
  );
}

/** A scenario that can be named. */
export interface KnownScenario {
  /** Of its folder. */
  readonly name: string;
  readonly place: 'local' | 'shipped';
  readonly file: string;
}

/** All that `--scenario NAME` finds: those in `./scenarios` first, which hide shipped ones of the same name. */
export async function knownScenarios(): Promise<KnownScenario[]> {
  const local = await scenariosIn(resolve('scenarios'), 'local');
  const shipped = await scenariosIn(SHIPPED_FOLDER, 'shipped');
  const isHidden = ({ name }: KnownScenario): boolean => local.some((one) => one.name === name);
  return [...local, ...shipped.filter((one) => !isHidden(one))];
}

async function scenariosIn(folder: string, place: KnownScenario['place']): Promise<KnownScenario[]> {
  // A working directory without scenarios of its own is the usual case.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const known = names.sort().map((name) => ({ name, place, file: join(folder, name, FILE_NAME) }));
  const found = await Promise.all(known.map(({ file }) => exists(file)));
  return known.filter((_, at) => found[at]);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function readFileOfScenario(file: string): Promise<Scenario> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const why = codeOf(error) === 'ENOENT' ? 'there is no such file' : reasonOf(error);
    throw new UserError(
      'usage',
      `The scenario file ${file} could not be read: ${why}.`,
      'Name a scenario file with --scenario FILE, or a shipped scenario.',
    );
  }
  return parseScenario(text, file);
}

/** Checks the text of a scenario file; `file` names it in messages. */
export function parseScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    ...{ lineCounter: lines, prettyErrors: false },
    // As doubles, long ones would lose their last digits.
    intAsBigInt: true,
  });
  const problem = document.errors[0];
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new UserError(
      'usage',
      `${file} is not valid YAML: line ${line}, column ${col}: ${withoutSource(problem.message)}.`,
    );
  }
  const input = valueOf(document, file);
  const lineOf: LineOf = (path) => {
    const offset = offsetOf(document, path);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  const result = scenarioSchema.safeParse(input);
  const ofObjectives = objectiveProblems(input, lineOf);
  if (result.success && ofObjectives.length === 0) return result.data;
  const issues = result.error?.issues ?? [];
  const sentences = [...explainIssues(issues, { schema: scenarioSchema, input, lineOf }), ...ofObjectives];
  throw new UserError(
    'usage',
    `The scenario file ${basename(file)} has ${sentences.length === 1 ? 'a problem' : `${sentences.length} problems`}:\n${sentences.map((sentence) => `  ${sentence}`).join('\n')}`,
    `The file is ${file}.`,
  );
}

/** Some of the parser's messages quote the file, which may hold secrets. */
function withoutSource(message: string): string {
  return message.replace(/: .*$/s, '');
}

/** Aliases are followed here, so a wrong one, or one too many, comes to light only now. */
function valueOf(document: Document, file: string): unknown {
  try {
    return withPlainIntegers(document.toJS());
  } catch (error) {
    throw new UserError('usage', `${file} is not valid YAML: ${withoutSource(reasonOf(error))}.`);
  }
}

/** Where an entry begins: at its key, since the value of a key may start lines below it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  if (path.length === 0) return undefined;
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1) as unknown[], true);
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))
    : undefined;
  const node = pair?.key ?? document.getIn(path as unknown[], true);
  return isNode(node) ? node.range?.[0] : undefined;
}
