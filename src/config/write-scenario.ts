import { Document, isMap, type Pair, type Scalar } from 'yaml';
import { oneLine, safeFileName } from '../kernel/text.js';
import { mergedRemedies } from '../model/report/merged-remedies.js';
import type { AuthInput } from '../model/config/auth.js';
import type { PreflightResult } from '../model/results/preflight.js';
import { objectivesNote, type ObjectivesDraft } from './write-objectives.js';
import { commented, listed, marked, MOST_LINES, snippet, written } from './yaml-comments.js';

/** What is known of an API when its scenario file is written. */
export interface ScenarioDraft {
  readonly title: string;
  readonly url: string | null;
  /** In place of what the document says; null = as it says. */
  readonly basePath: string | null;
  readonly command: string | null;
  readonly spec: string;
  /** The document's security schemes, and what `auth:` can say of each: variables and TODO are for the user. */
  readonly schemes: readonly { readonly name: string; readonly signIn: AuthInput }[];
  /** By scheme: what was signed in with, and worked. */
  readonly signIns: Readonly<Record<string, AuthInput>>;
  /** By scheme, of those: what signs in as a user who may do more than the account that was made. */
  readonly mayMore: Readonly<Record<string, unknown>>;
  /** What came of a request for each operation that was asked. */
  readonly results: readonly PreflightResult[];
  /** `POST /items`: operations that change something and were therefore not asked. */
  readonly notAsked: readonly string[];
  /** What a stored run suggests; null = there is none. */
  readonly objectives: ObjectivesDraft | null;
  readonly example: ExampleDraft;
}

/** Operations and keys of this API for the commented examples; null where it has none of the kind. */
interface ExampleDraft {
  readonly reader: { readonly operation: string; readonly key: string } | null;
  readonly maker: { readonly operation: string; readonly key: string | null } | null;
  readonly remover: string | null;
}

/**
 * A commented scenario file that works as it stands: what is not known stands in comments. `measuring` are the commands
 * whose results objectives can be taken from.
 */
export function scenarioText(draft: ScenarioDraft, measuring: readonly string[]): string {
  const document = new Document(liveKeys(draft));
  document.commentBefore = commented(
    `A load test of ${oneLine(draft.title)}, begun by bench init.\n` +
      'bench run --scenario THIS_FILE measures; bench list --check --scenario THIS_FILE asks each operation once.\n' +
      'Comments with one space after the # are words; of the others take the # away to use them.',
  );
  const before: Record<string, string> = {
    name: 'For tables and messages.',
    url: 'The server that runs already; --url says another one.',
    start: 'How to start the server: {host} {port} {workers} are replaced.',
    auth: 'How to sign in, by the scheme of the document; accounts are made anew after each start.',
    spec: targetNote(draft) + 'The OpenAPI document: a path on the server, a URL, or a file beside this one.',
    basePath: 'Stands before every path, since the server has them there and not where the document says.',
    preflight: [hasSignIns(draft) ? '' : authNote(draft), gapNote(draft), exampleNote(draft), PREFLIGHT]
      .filter((text) => text !== '')
      .join('\n\n'),
    load: `${objectivesNote(draft.objectives, measuring)}\n\n${LOAD}`,
  };
  for (const pair of pairsOf(document)) {
    const note = before[pair.key.value];
    if (note === undefined) continue;
    pair.key.commentBefore = commented(note);
    pair.key.spaceBefore = pair.key.value !== 'name';
  }
  const others = document.get('auth');
  if (isMap(others) && authNote(draft) !== '') others.comment = commented(authNote(draft));
  for (const [name, more] of Object.entries(draft.mayMore)) {
    const signIn = document.getIn(['auth', name]);
    const words = 'TODO: this account was forbidden something (403); a user who may do more:';
    if (isMap(signIn)) signIn.comment = commented(`${words}\n${snippet(more)}`);
  }
  return written(document);
}

const PREFLIGHT =
  'Asks each operation once before the load: off, warn or strict. A POST asked so makes data.';
const LOAD = 'Requests per second for each operation, and for how long. Flags of the same names come first.';

function liveKeys({ title, url, command, spec, basePath, signIns }: ScenarioDraft): Record<string, unknown> {
  return {
    name: safeFileName(title).toLowerCase(),
    ...(url === null ? {} : { url }),
    ...(command === null ? {} : { start: { command } }),
    spec,
    ...(basePath === null ? {} : { basePath }),
    ...(Object.keys(signIns).length === 0 ? {} : { auth: signIns }),
    preflight: 'warn',
    load: { rates: [50, 100], duration: '10s' },
  };
}

function targetNote({ url, command }: ScenarioDraft): string {
  if (url !== null || command !== null) return '';
  return `TODO: which server? Name it here, or with --url.\n${snippet({ url: 'http://127.0.0.1:8000' })}\n\n`;
}

function hasSignIns({ signIns }: ScenarioDraft): boolean {
  return Object.keys(signIns).length > 0;
}

/** Below others that are live it has the lines of its schemes alone: each key may stand only once in the file. */
function authNote(draft: ScenarioDraft): string {
  const { schemes, signIns } = draft;
  const open = schemes.filter(({ name }) => !Object.hasOwn(signIns, name));
  if (open.length === 0) return '';
  const auth = Object.fromEntries(open.map(({ name, signIn }) => [name, signIn]));
  const isFilledIn = open.every(({ signIn }) => typeof signIn === 'string');
  const what = isFilledIn
    ? 'keys, tokens, or user:password; they stay in the environment'
    : 'a user and password where it says TODO, or ${NAME} from the environment';
  return `TODO: credentials, by the document's schemes: ${what}.\n${snippet(hasSignIns(draft) ? auth : { auth })}`;
}

function gapNote(draft: ScenarioDraft): string {
  const { results, notAsked } = draft;
  const bad = results.filter(({ state }) => state !== 'ok');
  const refused = bad.filter(({ state }) => state === 'missing-auth');
  const gaps = bad.filter(({ state }) => state !== 'missing-auth');
  return [
    gaps.slice(0, MOST_LINES).map(gapOf).join('\n'),
    gaps.length > MOST_LINES ? `… and ${gaps.length - MOST_LINES} more: see bench list --check` : '',
    adviceNote(draft),
    listed(
      'TODO: these asked for credentials:',
      refused.map(({ operation }) => `${operation.method} ${operation.path}`),
    ),
    listed('Not asked, since they change something (bench init --check-writes asks them):', notAsked),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

/** All in one piece: each key may stand only once in the file. */
function adviceNote(draft: ScenarioDraft): string {
  const advice = [...adviceOf(draft)].map(([key, lines]) => marked([key, ...lines].join('\n')));
  return advice.length === 0 ? '' : ['What may help, with values of your own:', ...advice].join('\n');
}

function adviceOf({ results, schemes }: ScenarioDraft): ReadonlyMap<string, readonly string[]> {
  const advice = new Map(mergedRemedies(results.filter(({ state }) => state !== 'ok')));
  // Those of the document stand in a note of their own.
  if (schemes.length > 0) advice.delete('auth:');
  return advice;
}

function gapOf({ operation, state, status, reason }: PreflightResult): string {
  const said = reason === null ? '' : `: ${oneLine(reason)}`;
  return `TODO: ${oneLine(`${operation.method} ${operation.path}`)} answered ${status ?? 'nothing'} (${state})${said}`;
}

/** One example for each key that the advice above does not have already. */
function exampleNote(draft: ScenarioDraft): string {
  const taken = adviceOf(draft);
  return examplesOf(draft)
    .filter(({ keys }) => !Object.keys(keys).some((key) => taken.has(`${key}:`)))
    .map(({ title, keys }) => `${title}\n${snippet(keys)}`)
    .join('\n\n');
}

interface Example {
  readonly title: string;
  readonly keys: Readonly<Record<string, unknown>>;
}

function examplesOf({ example: { reader, maker, remover } }: ScenarioDraft): readonly Example[] {
  const examples: Example[] = [];
  if (reader) {
    const { operation, key } = reader;
    const data = { file: 'rows.csv', order: 'random' };
    examples.push(
      {
        title: 'Values of your own, for all operations that have the key:',
        keys: { values: { [key]: { range: [1, 100] } } },
      },
      {
        title:
          'For one operation: values, or rows of a file of yours (CSV, JSON or NDJSON), one for each request:',
        keys: { operations: { [operation]: { values: { [key]: { oneOf: ['a', 'b'] } }, data } } },
      },
    );
  }
  if (maker) {
    const { operation, key } = maker;
    const step = key === null ? operation : { call: operation, times: 20, capture: { [key]: '/id' } };
    examples.push({
      title: 'Test data: made after each start, outside the measured time, and taken back at the end:',
      keys: { setup: [step], ...(remover === null || key === null ? {} : { cleanup: [remover] }) },
    });
  }
  const operation = reader?.operation ?? maker?.operation;
  if (operation !== undefined)
    examples.push({
      title: 'What counts as a success, where a 2xx is not it:',
      keys: { expect: { [operation]: { status: ['2xx', 404] } } },
    });
  return examples;
}

function pairsOf(document: Document): Pair<Scalar<string>>[] {
  return (document.contents as unknown as { items: Pair<Scalar<string>>[] }).items;
}
