import { execa } from 'execa';
import type { Words } from './service.js';

/** How Docker Compose is called on this machine. */
export interface Compose {
  readonly words: Words;
  /** Of the engine that answers. */
  readonly engine: string;
}

const LIMIT_MS = 10_000;

/** Docker Compose with an engine that answers, or what of it is missing. */
export async function findCompose(): Promise<Compose | { readonly problem: string }> {
  const engine = await output(['docker', 'version', '--format', '{{.Server.Version}}']);
  if (engine === undefined) return { problem: 'there is no docker here' };
  if (engine === null) return { problem: 'no Docker engine answers' };
  for (const words of [['docker', 'compose'], ['docker-compose']])
    if (typeof (await output([...words, 'version'])) === 'string') return { words, engine };
  return { problem: 'Docker has no Compose' };
}

/** What it prints; null = it fails, undefined = there is no such program. */
async function output([file = '', ...args]: Words): Promise<string | null | undefined> {
  const { exitCode, stdout, code } = await execa(file, args, {
    ...{ reject: false, stdin: 'ignore', timeout: LIMIT_MS },
  });
  if (code === 'ENOENT') return undefined;
  return exitCode === 0 ? stdout.trim() : null;
}
