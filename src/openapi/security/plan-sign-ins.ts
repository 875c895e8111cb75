import { nearest } from '../../kernel/text.js';
import { variableOf, type AuthConfig } from '../../model/config/auth.js';
import type { DescribedOperation, SecurityScheme } from '../document/described-operation.js';
import { planEntry, planText } from './plan-entry.js';
import { EVERY_OPERATION, type ConfiguredScheme } from './sign-in-plan.js';

export interface SignInPlans {
  readonly schemes: readonly ConfiguredScheme[];
  /** What is wrong with the configuration, in sentences. */
  readonly problems: readonly string[];
  /** What is no fault, but good to know. */
  readonly notices: readonly string[];
}

/** Whether an operation is sent what signing in gives, rather than what is there already. */
export function needsLogin(
  { security }: Pick<DescribedOperation, 'security'>,
  { schemes }: Pick<SignInPlans, 'schemes'>,
): boolean {
  return usesScheme(
    security,
    schemes.filter(({ plan }) => plan.kind !== 'ready'),
  );
}

/** Whether an operation is sent any of the configured credentials. */
export function isSignedIn(
  { security }: Pick<DescribedOperation, 'security'>,
  { schemes }: Pick<SignInPlans, 'schemes'>,
): boolean {
  return usesScheme(security, schemes);
}

function usesScheme(security: DescribedOperation['security'], schemes: readonly ConfiguredScheme[]): boolean {
  const named = new Set([...security.flat(), EVERY_OPERATION]);
  return schemes.some(({ scheme }) => named.has(scheme));
}

type Schemes = Readonly<Record<string, SecurityScheme>>;

/** Brings what the user has configured together with the schemes that the document names. */
export function planSignIns(auth: AuthConfig, schemes: Schemes): SignInPlans {
  const known = Object.keys(schemes);
  const found = new Map<string, ConfiguredScheme>();
  const problems: string[] = [];
  for (const [name, entry] of Object.entries(auth.entries)) {
    const source = `auth: ${name}`;
    const scheme = schemeNamed(name, known);
    if (scheme === undefined) {
      problems.push(unknownScheme(name, known));
      continue;
    }
    const plan = planEntry(entry, schemeOf(schemes, scheme));
    if (typeof plan === 'string') problems.push(`${source}: ${plan}`);
    else found.set(scheme === EVERY_OPERATION ? name : scheme, { scheme, source, plan });
  }
  const { fromVariables, ...said } = planVariables(auth.environment, schemes, [...found.keys()]);
  return {
    schemes: [...found.values(), ...fromVariables],
    problems: [...problems, ...said.problems],
    notices: said.notices,
  };
}

/** The document's own spelling; any name will do, for every operation, where it names no schemes at all. */
function schemeNamed(name: string, known: readonly string[]): string | undefined {
  if (name === EVERY_OPERATION || known.length === 0) return EVERY_OPERATION;
  return known.find((one) => one === name) ?? known.find((one) => one.toLowerCase() === name.toLowerCase());
}

function schemeOf(schemes: Schemes, name: string): SecurityScheme | undefined {
  return Object.hasOwn(schemes, name) ? schemes[name] : undefined;
}

function unknownScheme(name: string, known: readonly string[]): string {
  const [guess] = nearest(name, known);
  const hint = guess === undefined ? `it names ${listOf(known)}` : `did you mean ${guess}?`;
  return `auth: ${name} is no security scheme of the document; ${hint}`;
}

const SHOWN = 12;

function listOf(names: readonly string[]): string {
  const rest = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return names.slice(0, SHOWN).join(', ') + rest;
}

/** What the environment configures and the scenario file does not. */
function planVariables(
  environment: AuthConfig['environment'],
  schemes: Schemes,
  configured: readonly string[],
): Pick<SignInPlans, 'problems' | 'notices'> & { fromVariables: ConfiguredScheme[] } {
  const fromVariables: ConfiguredScheme[] = [];
  const problems: string[] = [];
  const used = new Set<string>();
  for (const [scheme, described] of Object.entries(schemes)) {
    const source = variableOf(scheme);
    const text = Object.hasOwn(environment, source) ? environment[source] : undefined;
    if (text === undefined) continue;
    used.add(source);
    if (configured.includes(scheme)) continue;
    const plan = planText(text, described);
    if (typeof plan === 'string') problems.push(`${source}: ${plan}`);
    else fromVariables.push({ scheme, source, plan });
  }
  const notices = Object.keys(environment)
    .filter((name) => !used.has(name))
    .map((name) => `${name} is set, but the document names no such security scheme${forNames(schemes)}.`);
  return { fromVariables, problems, notices };
}

function forNames(schemes: Schemes): string {
  const names = Object.keys(schemes).map(variableOf);
  return names.length === 0 ? '' : `: ${listOf(names)}`;
}
