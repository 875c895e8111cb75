import type { Need } from '../../model/config/listed-scenario.js';
import type { Scenario } from '../../model/config/scenario.js';
import { splitCommand } from '../../config/split-command.js';
import { findProgram } from '../../target/find-program.js';
import { SERVICES } from '../../target/services/index.js';
import { succeeds } from '../../target/services/run-tool.js';
import type { ServiceKind } from '../../target/services/service.js';
import { findRunner, installLine } from '../target/find-runner.js';

/** What a scenario needs beside Node, and whether this machine has it: its services, its `needs:`, and the programs that it starts. */
export async function scenarioNeeds(scenario: Scenario): Promise<Need[]> {
  const services = scenario.services.map((one) => (typeof one === 'string' ? one : one.name));
  const found: Need[] = [];
  for (const name of programsOf(scenario)) found.push(await program(name));
  for (const name of new Set(services)) found.push(await service(SERVICES[name]));
  return found;
}

async function service(kind: ServiceKind): Promise<Need> {
  const { title: name, variable } = kind;
  if ((process.env[variable] ?? '') !== '')
    return { name, isHere: true, note: `the one that ${variable} names` };
  const runner = await findRunner(kind);
  if (!('docker' in runner)) return { name, isHere: true, note: runner.title };
  const programs = runner.programs === undefined ? '' : ` (${runner.programs})`;
  const note = `${installLine(kind)}${programs}, or ${variable}=…, or Docker with Compose (${runner.docker})`;
  return { name, isHere: false, note };
}

/** Those that come with a path or a placeholder are the scenario's own. */
function programsOf({ needs, prepare, start }: Scenario): string[] {
  const commands = [
    ...prepare.map(({ command }) => command),
    ...(start === undefined ? [] : [start.command]),
  ];
  const first = commands.flatMap((command) => splitCommand(command)?.[0] ?? []);
  return [...new Set([...needs, ...first.filter((word) => !/[/{]/.test(word))])];
}

interface Known {
  readonly title: string;
  /** Arguments with which it ends with 0 where it will do. */
  readonly probe: readonly string[];
  readonly install: Readonly<Record<'linux' | 'darwin', string>>;
}

/** Programs of which more is known than their names. */
const KNOWN: Readonly<Record<string, Known>> = {
  python3: {
    title: 'Python 3.10 or later, with venv',
    probe: ['-c', 'import sys, ensurepip, venv; assert sys.version_info >= (3, 10)'],
    install: { linux: 'sudo apt-get install python3 python3-venv', darwin: 'brew install python' },
  },
};

async function program(name: string): Promise<Need> {
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  const path = onPath(name);
  if (known === undefined)
    return { name, isHere: path !== null, note: path ?? 'install it, or put it on the PATH' };
  const { title, probe, install } = known;
  const call = { words: [path ?? name, ...probe], user: null, folder: process.cwd(), env: process.env };
  const isHere = path !== null && (await succeeds(call));
  const note = isHere ? path : install[process.platform === 'darwin' ? 'darwin' : 'linux'];
  return { name: title, isHere, note };
}

function onPath(name: string): string | null {
  try {
    return findProgram(name, process.cwd(), process.env['PATH'] ?? '');
  } catch {
    return null; // it is not there, or not for this user
  }
}
