import { relative, resolve, sep } from 'node:path';
import { isOnTarget } from '../../config/spec-location.js';
import type { ScenarioDraft } from '../../config/write-scenario.js';
import type { BuiltOperation } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { UserError } from '../../kernel/errors.js';
import { authSchema, variableOf, type AuthInput } from '../../model/config/auth.js';
import { makesMembersOf } from '../../openapi/chains/find-collection.js';
import { placeholderNames } from '../../openapi/document/placeholders.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../../openapi/document/open-api-document.js';
import type { ListOptions } from './list-operations.js';
import { EVERY_OPERATION } from '../../openapi/security/sign-in-plan.js';
import { suggestSignIn } from '../../openapi/security/suggest-sign-in.js';
import { readApi, type Api } from '../document/read-api.js';
import { draftObjectives, type MeasuredRun } from './draft-objectives.js';
import { visitTarget } from './visit-target.js';

export interface DraftOptions extends ListOptions {
  /** The command line that starts the server; null when it runs already, or none is known. */
  readonly command: string | null;
  /** Where the file will lie: files are named from there. */
  readonly folder: string;
  /** Whether operations that change something are asked as well. */
  readonly checksWrites: boolean;
  /** A stored run whose figures become objectives; null = none. */
  readonly measured: MeasuredRun | null;
}

/** What a new scenario file can say of an API; asks the server if there is one. */
export async function draftScenario(options: DraftOptions): Promise<ScenarioDraft> {
  const { config } = options;
  const hasServer = config.target.kind === 'url' || config.target.words.length > 0;
  const draft = hasServer ? await draftFromServer(options) : await draftFromDocument(options);
  const { objectives } = draft;
  if (objectives?.objectives.length === 0)
    options.observe({ kind: 'notice', message: withoutLimits(objectives.run) });
  return draft;
}

function withoutLimits(run: string): string {
  return `No limit could be taken from ${run}, as no VALID cell of it says what an operation takes: bench plot says why. The objectives in the file are made up.`;
}

async function draftFromDocument(options: DraftOptions): Promise<ScenarioDraft> {
  const api = await readApi(options.config, undefined, options);
  const objectives = draftObjectives(api, options.measured);
  return draftOf(options, api, { results: [], notAsked: [], objectives });
}

async function draftFromServer(options: DraftOptions): Promise<ScenarioDraft> {
  const drafted = await visitAndDraft(options, {});
  const base = basePathIn(drafted.results);
  if (base === null) return withAccounts(options, drafted);
  const config = { ...options.config, basePathOverride: base };
  return withAccounts({ ...options, config }, await visitAndDraft({ ...options, config }, {}));
}

/** Where the pre-flight has found the paths of the document; null = where that says. */
function basePathIn([first]: ScenarioDraft['results']): string | null {
  const [, base] = /^basePath: (.*)$/.exec(first?.remedy ?? '') ?? [];
  return base === undefined ? null : base.replace(/\/$/, '');
}

async function withAccounts(options: DraftOptions, first: ScenarioDraft): Promise<ScenarioDraft> {
  const signIns = options.checksWrites ? accountsOf(first) : {};
  if (Object.keys(signIns).length === 0) return first;
  try {
    return await visitAndDraft(options, signIns);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const message = `Signing in with an account of its own did not work: ${error.message}`;
    options.observe({ kind: 'notice', message });
    return first;
  }
}

/** What needs nothing that only the user knows, of the schemes for which something was refused. */
function accountsOf({ schemes, results }: ScenarioDraft): Record<string, AuthInput> {
  const isRefused = results.some(({ state }) => state === 'missing-auth');
  const own = schemes.flatMap(({ name, signIn }): [string, AuthInput][] =>
    isRefused && typeof signIn === 'object' && 'register' in signIn ? [[name, signIn]] : [],
  );
  return Object.fromEntries(own);
}

async function visitAndDraft(
  options: DraftOptions,
  signIns: Readonly<Record<string, AuthInput>>,
): Promise<ScenarioDraft> {
  const { auth } = options.config;
  const config = {
    ...options.config,
    auth: { ...auth, entries: { ...auth.entries, ...authSchema.parse(signIns) } },
  };
  return visitTarget({ ...options, config }, async ({ api, operations, ask }) => {
    const all = operations();
    const asked = all.filter((one) => options.checksWrites || isReading(one));
    const notAsked = all.filter((one) => !asked.includes(one));
    // Before anything is asked, as it may be the run of another API.
    const objectives = draftObjectives(api, options.measured);
    const results = await ask(asked);
    const draft = draftOf(options, api, { results, notAsked, objectives });
    return { ...draft, signIns, mayMore: mayMoreOf(api, signIns, draft.results) };
  });
}

/** By scheme: what a user of one's own adds to a sign-in whose new account was forbidden something. */
function mayMoreOf(
  api: Api,
  signIns: Readonly<Record<string, AuthInput>>,
  results: ScenarioDraft['results'],
): ScenarioDraft['mayMore'] {
  const isForbidden = ({ method, path, security }: DescribedOperation, name: string): boolean =>
    security.flat().includes(name) &&
    results.some(
      ({ status, operation }) => status === 403 && operation.method === method && operation.path === path,
    );
  return Object.fromEntries(
    Object.entries(signIns).flatMap(([name, signIn]) => {
      const forbidden = api.operations.filter((one) => isForbidden(one, name));
      const sources = { ...api, hasGivenToken: () => false, asOwnUser: true };
      const own = suggestSignIn(api.securitySchemes[name], sources);
      if (forbidden.length === 0 || typeof own !== 'object') return [];
      const more = Object.entries(own).filter(([key]) => !Object.hasOwn(signIn as object, key));
      return [[name, Object.fromEntries(more)]];
    }),
  );
}

function isReading({ operation }: BuiltOperation): boolean {
  return ['GET', 'HEAD', 'QUERY'].includes(operation.method);
}

interface Asked {
  readonly results: ScenarioDraft['results'];
  readonly notAsked: readonly BuiltOperation[];
  readonly objectives: ScenarioDraft['objectives'];
}

function draftOf(
  { config, command, folder }: DraftOptions,
  api: Api,
  { results, notAsked, objectives }: Asked,
): ScenarioDraft {
  return {
    title: titleOf(api.document, config),
    url: config.target.kind === 'url' ? config.target.url + config.basePath : null,
    basePath: config.basePathOverride === '' ? '/' : config.basePathOverride,
    command,
    spec: specFrom(folder, api.spec),
    schemes: schemesOf(api, results),
    signIns: {},
    mayMore: {},
    objectives,
    results,
    notAsked: notAsked.map(({ operation }) => `${operation.method} ${operation.path}`),
    example: exampleOf(api),
  };
}

/**
 * The document's, and what it offers to sign in with; where it says of most that are refused that they need none, what
 * goes with every operation.
 */
function schemesOf(api: Api, results: ScenarioDraft['results']): ScenarioDraft['schemes'] {
  const sources = { ...api, hasGivenToken: () => false };
  const forAll = suggestSignIn(undefined, sources);
  if (forAll !== undefined && isRefusedUnsaid(api, results))
    return [{ name: EVERY_OPERATION, signIn: forAll }];
  return Object.entries(api.securitySchemes).map(([name, scheme]) => ({
    name,
    signIn: suggestSignIn(scheme, sources) ?? `\${${variableOf(name)}}`,
  }));
}

function isRefusedUnsaid({ operations }: Api, results: ScenarioDraft['results']): boolean {
  const refused = results.filter(({ state }) => state === 'missing-auth').map(({ operation }) => operation);
  const unsaid = refused.filter(
    ({ method, path }) =>
      operations.find((one) => one.method === method && one.path === path)?.security.flat().length === 0,
  );
  return unsaid.length * 2 > refused.length;
}

function titleOf({ info }: OpenApiDocument, { target }: RunConfig): string {
  const title = isObject(info) ? info['title'] : undefined;
  if (typeof title === 'string' && title.trim() !== '') return title.slice(0, 100);
  return target.kind === 'url' ? new URL(target.url).host : 'an API';
}

function specFrom(folder: string, spec: string): string {
  if (/^https?:\/\//i.test(spec) || isOnTarget(spec)) return spec;
  const path = relative(folder, resolve(spec)).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

function exampleOf({ operations, selected }: Api): ScenarioDraft['example'] {
  const reader = selected.find(({ method, template }) => method === 'GET' && template.includes('{'));
  const consumers = operations.flatMap((consumer) =>
    placeholderNames(consumer.template).map((name) => ({ consumer, name })),
  );
  const makers = selected.filter(({ method }) => method === 'POST');
  const made = makers
    .map((maker) => ({
      maker,
      use: consumers.find(({ consumer, name }) => makesMembersOf(maker, consumer, name)),
    }))
    .find(({ use }) => use !== undefined);
  const maker = made?.maker ?? makers[0];
  const use = made?.use;
  const remover = operations.find(
    ({ method, template }) => method === 'DELETE' && use !== undefined && template === use.consumer.template,
  );
  return {
    reader: reader
      ? { operation: nameOf(reader), key: `path.${placeholderNames(reader.template)[0] ?? ''}` }
      : null,
    maker: maker ? { operation: nameOf(maker), key: use ? `path.${use.name}` : null } : null,
    remover: remover ? nameOf(remover) : null,
  };
}

function nameOf({ method, path }: DescribedOperation): string {
  return `${method} ${path}`;
}
