import { nearest } from '../kernel/text.js';
import { redactText } from '../kernel/redact-text.js';
import type { RunConfig } from '../model/config/run-config.js';
import type { Scenario } from '../model/config/scenario.js';
import { SERVICE_NAMES, type ServiceName } from '../model/results/service.js';
import type { FlagReader, RunFlags } from './flag-reader.js';
import type { Environment } from './resolve-auth.js';

const EXAMPLES: Readonly<Record<ServiceName, string>> = {
  postgres: 'postgresql://user:password@127.0.0.1:5432/database',
  redis: 'redis://:password@127.0.0.1:6379',
};
/** SQLAlchemy's name a driver: `postgresql+asyncpg://`. */
const SCHEMES: Readonly<Record<ServiceName, RegExp>> = {
  postgres: /^postgres(ql)?(\+\w+)?:\/\//i,
  redis: /^rediss?:\/\//i,
};

/** The databases of `--probe`, over those of the scenario. */
export function resolveProbes(
  read: FlagReader,
  { probe = [] }: Pick<RunFlags, 'probe'>,
  ofScenario: Scenario['probes'],
  environment: Environment,
): RunConfig['probes'] {
  const given = Object.entries(ofScenario).map(([name, text = '']) => ({
    ...{ name, place: `probes: ${name}` },
    url: withVariables(read, `probes: ${name}`, text, environment),
  }));
  const named = probe.map((text) => {
    const at = text.indexOf('=');
    return { name: text.slice(0, Math.max(0, at)), place: '--probe', url: text.slice(at + 1) };
  });
  const probes: Partial<Record<ServiceName, string>> = {};
  for (const { name, place, url } of [...given, ...named]) {
    const known = SERVICE_NAMES.find((one) => one === name);
    const problem = known === undefined ? nameProblem(name) : urlProblem(known, url);
    if (problem !== undefined) read.problems.push(`${place}: ${problem}`);
    else if (known !== undefined) probes[known] = url;
  }
  return probes;
}

/** The host of the URL of a database; null = a socket on this machine. */
export function databaseHost(text: string): string | null {
  const { hostname, searchParams } = new URL(text);
  // PostgreSQL's own programs take it from there, too; a path is the folder of a socket.
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  return host === '' || host.startsWith('/') ? null : host;
}

function nameProblem(name: string): string {
  const [guess] = nearest(name, SERVICE_NAMES);
  const meant = guess === undefined ? '' : `; did you mean ${guess}=…?`;
  const examples = SERVICE_NAMES.map((one) => `${one}=${EXAMPLES[one]}`).join(' or ');
  return `expected ${examples}, came ${name === '' ? 'no name before an =' : `the name ${redactText(name)}`}${meant}`;
}

function urlProblem(name: ServiceName, url: string): string | undefined {
  const expected = `expected a URL such as ${EXAMPLES[name]}`;
  if (url === '') return `${expected}, came nothing`;
  if (!SCHEMES[name].test(url) || !URL.canParse(url)) return `${expected}, came ${shownUrl(url)}`;
  const isNowhere = name === 'redis' && databaseHost(url) === null;
  return isNowhere ? `${expected}, came ${shownUrl(url)}, which has no host` : undefined;
}

/** Also where it is no URL: all up to the last @ may be a password. */
function shownUrl(url: string): string {
  return redactText(url.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1<redacted>@'));
}

/** `${DATABASE_URL}`: a password had better not stand in a file. */
function withVariables(read: FlagReader, place: string, text: string, environment: Environment): string {
  return text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, variable: string) => {
    const value = environment[variable] ?? '';
    if (value !== '') return value.trim();
    read.problems.push(`${place} needs the variable ${variable}, which is not set in the environment`);
    return whole;
  });
}
