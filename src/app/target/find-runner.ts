import { UserError } from '../../kernel/errors.js';
import { ContainerService } from '../../target/services/container.js';
import { findCompose } from '../../target/services/find-compose.js';
import { findInstalled } from '../../target/services/find-folder.js';
import { InstalledService } from '../../target/services/installed.js';
import type { ServiceKind, ServiceRunner } from '../../target/services/service.js';

/** What a database of bench's own can run on here: programs of this machine, else a container. */
export type FoundRunner = ServiceRunner | Missing;

/** Why there is neither. */
export interface Missing {
  /** Of its programs; undefined = there are none. */
  readonly programs: string | undefined;
  readonly docker: string;
}

export async function findRunner(kind: ServiceKind): Promise<FoundRunner> {
  const found = await findInstalled(kind.wanted);
  if (found !== undefined && 'folder' in found)
    return new InstalledService(kind, found.folder, found.version);
  const compose = await findCompose();
  if ('words' in compose) return new ContainerService(kind, compose);
  return { programs: found?.problem, docker: compose.problem };
}

/** The command that installs it on this system. */
export function installLine({ install }: ServiceKind): string {
  return install[process.platform === 'darwin' ? 'darwin' : 'linux'];
}

/** Says all ways to have one. */
export function notHere(kind: ServiceKind, { programs, docker }: Missing): UserError {
  const { title, variable, schemes } = kind;
  return new UserError(
    'run',
    programs === undefined
      ? `The scenario needs ${title}, and this machine does not have it.`
      : `The scenario needs ${title}: ${programs}.`,
    [
      'One of these three will do:',
      `  install it: ${installLine(kind)}`,
      `  name one that runs already: ${variable}=${schemes[0] ?? ''}://… bench …`,
      `  start Docker, and bench runs ${kind.container.image} with Docker Compose (${docker})`,
    ].join('\n'),
  );
}
