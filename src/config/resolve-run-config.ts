import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../kernel/errors.js';
import { parseDurationMs } from '../kernel/units.js';
import { PREFLIGHT_MODES, type PreflightMode } from '../model/results/preflight.js';
import { gaugeProblem } from '../model/objectives/gauge-problem.js';
import { loadProblem } from '../model/objectives/is-about.js';
import type { RunConfig, Selection } from '../model/config/run-config.js';
import type { Scenario } from '../model/config/scenario.js';
import type { Objective } from '../model/results/objective.js';
import { SERVICE_NAMES } from '../model/results/service.js';
import { asSetupStep } from '../model/config/setup-step.js';
import { applyProfile } from './apply-profile.js';
import { caseProblems, resolveCases } from './resolve-cases.js';
import { FlagReader, type RunFlags } from './flag-reader.js';
import type { LoadedScenario } from './read-scenario.js';
import { placeholderProblems } from './placeholder-problems.js';
import { resolveServices } from './resolve-services.js';
import { resolveTwins } from './read-twins.js';
import { resolveObjectives } from './resolve-objectives.js';
import { resolveAuth, type Environment } from './resolve-auth.js';
import { resolveJourneys } from './resolve-journeys.js';
import { resolveMixture } from './resolve-mixture.js';
import { resolveOutputs } from './resolve-outputs.js';
import { resolveGivenRequests } from './given-requests.js';
import { loadWords } from './load-words.js';
import { readLoads } from '../model/loads/read-loads.js';
import { resolveProbes } from './resolve-probes.js';
import { resolveRequests } from './resolve-requests.js';
import { resolveExternalRefs } from './resolve-connection.js';
import { resolveGenerator } from './resolve-generator.js';
import { isOnTarget } from './spec-location.js';
import { resolveBasePath, resolveTarget, wordsOf } from './resolve-target.js';
import { splitLogin, type Login } from './target-address.js';

export interface Machine {
  /** Open files that this process may still use; null when the system does not tell. */
  readonly freeFiles: number | null;
  /** Its variables, for what `auth:` takes from them. */
  readonly environment?: Environment;
}

const COUNT = { least: 1, most: 1_000_000, whole: true };
const WORKERS = { least: 1, most: 256, whole: true };
const SEED = { least: 0, most: 4_294_967_295, whole: true };

const NO_TARGET =
  'There is no target: name one with --url or --command, or say in the scenario how to `start:` it';

/** What the configuration is for: load to a target, only what its document says, or a target alone. */
export type Purpose = 'load' | 'list' | 'serve';

/** Everything a run needs: flags over the scenario over defaults. Throws one error with all problems. */
export function resolveRunConfig(
  flags: RunFlags,
  { scenario: inFile, folder }: LoadedScenario,
  machine: Machine,
  purpose: Purpose = 'load',
): RunConfig {
  const read = new FlagReader();
  const { scenario, profile, chooser } = applyProfile(read, flags, inFile);
  const { load } = scenario;
  const { url: spec, login: specLogin } = specOf(flags, scenario);
  const { target, basePath, login } = resolveTarget(read, flags, scenario, folder);
  const requests = resolveGivenRequests(read, flags, scenario, target);
  const needsTarget = purpose !== 'list' || (requests === null && isOnTarget(spec));
  if (!canStart(flags, scenario) && needsTarget) read.problems.unshift(NO_TARGET);
  const seed = read.number('seed', flags.seed, SEED) ?? 1;
  const asked = readLoads(loadWords(read, flags, seed), load, chooser);
  const config: RunConfig = {
    ...{ scenario: scenario.name, profile, folder },
    prepare: flags.url === undefined ? prepareSteps(read, scenario) : [],
    ...{ target, ...resolveServices(read, flags, scenario, target) },
    probes: probesFor(read, flags, scenario, machine, purpose),
    basePath,
    basePathOverride: resolveBasePath(read, flags.basePath ?? scenario.basePath),
    spec: requests === null ? spec : null,
    requests,
    maxExternalRefs: resolveExternalRefs(read, flags),
    setup: scenario.setup.map(asSetupStep),
    cleanup: scenario.cleanup,
    preflight: resolvePreflight(read, flags.preflight) ?? scenario.preflight,
    chains: flags.chains === false ? 'off' : scenario.chains,
    selection: resolveSelection(flags, scenario, requests),
    values: scenario.values,
    headers: { ...loginHeader(login), ...lowerCaseNames(scenario.headers), ...read.headers(flags.header) },
    ...resolveRequests(read, flags, scenario),
    auth: withLogins(authFor(read, scenario, machine, purpose), login, specLogin),
    ...{ ...asked, mixture: resolveMixture(read, flags, requests ? undefined : load.weights, asked.loads) },
    // Requests that are written out are all that is asked.
    journeys: resolveJourneys(read, flags, scenario, purpose === 'load' && !requests ? asked.loads : []),
    ...{ csrf: scenario.csrf ?? null, expect: scenario.expect },
    workers: read.numbers('workers', flags.workers, WORKERS) ?? load.workers ?? [1],
    warmupMs: read.durationMs('warmup', flags.warmup, 0) ?? inScenario(load.warmup) ?? 2000,
    timeoutMs: read.durationMs('timeout', flags.timeout, 1) ?? inScenario(load.timeout) ?? 10_000,
    ...resolveGenerator(read, flags, machine.freeFiles),
    ...resolveObjectives(read, flags, scenario.objectives),
    twins: resolveTwins(read, flags, requests ? [] : scenario.twins),
    repeats: read.number('repeats', flags.repeats, COUNT) ?? 1,
    cases: purpose === 'load' ? resolveCases(read, flags, scenario) : [],
    seed,
    allowRemote: flags.allowRemote ?? null,
    out: flags.out ?? null,
    ...resolveOutputs(read, flags),
    ...(requests === null ? {} : WITHOUT_DOCUMENT),
  };
  read.problems.push(...problemsOf(config, purpose));
  if (read.problems.length === 0) return config;
  throw new UserError('usage', read.problems.join('\n'), 'See bench run --help.');
}

/** What does not go together in a configuration whose parts are right. */
function problemsOf(config: RunConfig, purpose: Purpose): string[] {
  const { objectives, loads, target, services, probes } = config;
  const databases = SERVICE_NAMES.filter((name) => services.includes(name) || probes[name] !== undefined);
  const looked = { databases, startsTarget: target.kind === 'command' };
  const problemsOfOne = (one: Objective): string[] =>
    [loadProblem(one, loads), gaugeProblem(one, looked)].filter((problem) => problem !== undefined);
  const idle = purpose === 'load' ? objectives.flatMap(problemsOfOne) : [];
  return [...placeholderProblems(config), ...workerProblems(config), ...caseProblems(config), ...idle];
}

function workerProblems({ target, workers }: RunConfig): string[] {
  if (target.kind !== 'url' || workers.length <= 1) return [];
  return [
    '--workers: several worker counts need a target that bench starts; --url names one that runs already',
  ];
}

/** Looked at while the load runs, and at no other time. */
function probesFor(
  read: FlagReader,
  flags: RunFlags,
  { probes }: Scenario,
  { environment = {} }: Machine,
  purpose: Purpose,
): RunConfig['probes'] {
  return purpose === 'load' ? resolveProbes(read, flags, probes, environment) : {};
}

/** Only load needs the secrets. */
function authFor(
  read: FlagReader,
  { auth }: Scenario,
  { environment = {} }: Machine,
  purpose: Purpose,
): RunConfig['auth'] {
  const resolved = resolveAuth(auth, environment);
  if (purpose === 'load') read.problems.push(...resolved.unresolved);
  return resolved;
}

function loginHeader(login: Login | null): Record<string, string> {
  return login === null ? {} : { authorization: login.authorization };
}

/** A login in `--url` goes with every request, as a header; that in `--spec` with the one for the document. */
function withLogins(
  auth: RunConfig['auth'],
  login: Login | null,
  specLogin: Login | null,
): RunConfig['auth'] {
  const secrets = [login, specLogin].flatMap((one) => one?.secrets ?? []);
  if (secrets.length === 0) return auth;
  const document = specLogin && { origin: specLogin.origin, authorization: specLogin.authorization };
  return { ...auth, secrets: [...auth.secrets, ...secrets], ...(document && { document }) };
}

function specOf(
  { spec }: RunFlags,
  scenario: Scenario,
): { readonly url: string | null; readonly login: Login | null } {
  const location = spec === undefined ? scenario.spec : fromWorkingDirectory(spec);
  if (location === undefined) return { url: null, login: null };
  return /^https?:/i.test(location) && URL.canParse(location)
    ? splitLogin(location)
    : { url: location, login: null };
}

function canStart({ url, command }: RunFlags, scenario: Scenario): boolean {
  return [url, command, scenario.start, scenario.url].some((way) => way !== undefined);
}

/** A file named by a flag is meant from the working directory, one in the scenario from its folder. */
function fromWorkingDirectory(spec: string): string {
  return existsSync(spec) ? resolve(spec) : spec;
}

function prepareSteps(read: FlagReader, scenario: Scenario): RunConfig['prepare'] {
  return scenario.prepare.map(({ title, command }) => ({ title, words: wordsOf(read, 'prepare', command) }));
}

/** What of a scenario makes sense in view of its document alone. */
const WITHOUT_DOCUMENT = { setup: [], cleanup: [], values: {}, operations: {}, chains: 'off' } as const;

/** A request that is written out is wanted, whatever its method. */
function resolveSelection(flags: RunFlags, scenario: Scenario, requests: RunConfig['requests']): Selection {
  const given = requests?.list.map(({ method }) => method);
  const methods = flags.methods ?? given ?? scenario.load.methods ?? ['GET', 'POST', 'QUERY'];
  return {
    methods: methods.flatMap((text) => text.split(',')).map((method) => method.toUpperCase()),
    pathPrefixes: flags.filter ?? [],
    include: flags.include ?? [],
    exclude: flags.exclude ?? [],
    leftOut: requests === null ? scenario.exclude : [],
  };
}

function resolvePreflight(read: FlagReader, text: string | undefined): PreflightMode | undefined {
  const mode = PREFLIGHT_MODES.find((known) => known === text);
  if (text !== undefined && mode === undefined) read.complain('preflight', 'off, warn or strict', text);
  return mode;
}

/** The scenario's durations were checked when it was read. */
function inScenario(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDurationMs(text);
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
