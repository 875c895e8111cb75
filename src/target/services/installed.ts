import { join } from 'node:path';
import { UserError } from '../../kernel/errors.js';
import type { StopWish } from '../supervise.js';
import { startDetached } from './start-detached.js';
import type {
  FindProgram,
  KeptProgram,
  ServiceKind,
  ServicePlace,
  ServiceRunner,
  Step,
  SystemUser,
  ToolCall,
  Words,
} from './service.js';
import { plainEnv, runTool } from './run-tool.js';
import { systemUser } from './system-user.js';

/** With it PostgreSQL does not wait for clients that are still connected. */
const STOP: StopWish = { signal: 'SIGINT', graceMs: 5000, words: null };

/** A database on programs of this machine, which are all in one folder. */
export class InstalledService implements ServiceRunner {
  readonly from = 'private';
  readonly title: string;
  readonly settings: ServiceRunner['settings'];

  constructor(
    private readonly kind: ServiceKind,
    private readonly programs: string,
    private readonly found: string,
  ) {
    this.title = `${kind.title} ${found}`;
    this.settings = kind.settings(this.program);
  }

  /** Databases refuse root, or are not safe as root. */
  user(): SystemUser | null {
    if (process.getuid?.() !== 0) return null;
    const { title, user: own } = this.kind;
    const user = systemUser([own, 'nobody']);
    if (user !== null) return user;
    throw new UserError(
      'run',
      `${title} is not run as root, and there is no user ${own} or nobody to run it as.`,
      `Make one (useradd --system ${own}), or run bench as another user.`,
    );
  }

  prepare(place: ServicePlace): Promise<Step | null> {
    return this.kind.prepare(place, this.program);
  }

  start(place: ServicePlace): Promise<{ words: Words; stop: StopWish }> {
    return Promise.resolve({ words: this.kind.command(place, this.program), stop: STOP });
  }

  version(): Promise<string> {
    return Promise.resolve(this.found);
  }

  toolPort({ port }: ServicePlace): number {
    return port;
  }

  tool({ user, folder, password }: ServicePlace, [name = '', ...args]: Words): ToolCall {
    const env = { ...plainEnv(), ...this.kind.toolEnv(password) };
    return { words: [this.program(name), ...args], user, folder, env };
  }

  clean(): Promise<void> {
    return Promise.resolve();
  }

  /** Its supervisor would end it, so it is ended and started again without one, with its data. */
  async keep(place: ServicePlace, program: KeptProgram): Promise<string> {
    const save = this.kind.save?.(place.port);
    if (save !== undefined) await runTool(this.tool(place, save));
    await program.stop();
    const { words } = await this.start(place);
    const pid = await startDetached(words, place, join(place.folder, `${this.kind.name}.log`));
    // Once it is gone, its number may be another program's.
    const isStill = `case "$(ps -o args= -p ${pid})" in *${this.kind.wanted.programs[0] ?? ''}*) true;; *) false;; esac`;
    return `! ${isStill} || kill -INT ${pid}; while ${isStill}; do sleep 0.1; done`;
  }

  private get program(): FindProgram {
    return (name) => join(this.programs, name);
  }
}
