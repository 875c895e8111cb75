import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sleep, type Clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import { secretsOfUrl } from '../../config/redact.js';
import type { SecretMask } from '../../config/secret-mask.js';
import type { Observer } from '../../model/live/run-events.js';
import type { ServiceName, ServiceRecord } from '../../model/results/service.js';
import { choosePort } from '../../target/choose-port.js';
import { launch, type LaunchedProgram } from '../../target/launch.js';
import { runStep } from '../../target/run-step.js';
import { findInstalled } from '../../target/services/find-folder.js';
import { SERVICES } from '../../target/services/index.js';
import type {
  InstalledService,
  ServiceKind,
  ServicePlace,
  SystemUser,
} from '../../target/services/service.js';
import { makeServiceFolder } from '../../target/services/service-folder.js';
import { systemUser } from '../../target/services/system-user.js';
import { programs } from './programs.js';

export interface ServiceOptions {
  readonly clock: Clock;
  readonly services: readonly ServiceName[];
  readonly mask: SecretMask;
  /** Of the target; null = it has none that stays. */
  readonly logFile: string | null;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

const READY_LIMIT_MS = 30_000;
const POLL_PERIOD_MS = 50;
const SHOWN_LINES = 15;
/** With it PostgreSQL does not wait for clients that are still connected. */
const STOP = { signal: 'SIGINT', graceMs: 5000, words: null } as const;

/** The databases beside the target: started once for a run, emptied for each start of the target, ended with the run. */
export class ServiceSession {
  readonly records: ServiceRecord[] = [];
  private readonly given: Record<string, string> = {};
  private readonly urls: Partial<Record<ServiceName, string>> = {};
  private readonly own: OwnService[] = [];

  constructor(private readonly options: ServiceOptions) {}

  /** Where they are for the target that was started last: each start has a database of its own. */
  get current(): Readonly<Partial<Record<ServiceName, string>>> {
    return this.urls;
  }

  /** Those whose URL is in the environment run already; the others are started. */
  async start(): Promise<void> {
    for (const name of this.options.services) {
      const kind = SERVICES[name];
      const url = process.env[kind.variable];
      if (url !== undefined && url !== '') this.take(kind, url);
      else await this.startOwn(kind);
    }
  }

  /** For the environment of a target that is about to start: each has its databases for itself. */
  async variables(): Promise<Record<string, string>> {
    await this.revive();
    const own: Record<string, string> = {};
    for (const service of this.own) {
      const url = await service.makeEmpty();
      own[service.kind.variable] = url;
      this.urls[service.kind.name] = url;
    }
    return { ...this.given, ...own };
  }

  /** Starts those again that have ended. */
  async revive(): Promise<void> {
    for (const service of this.own) {
      const how = service.program?.death;
      if (how === undefined) continue;
      service.record.deaths.push(how);
      const { title, comesBack } = service.kind;
      this.options.observe({
        kind: 'notice',
        message: `${title} ${how}: it is started again, ${comesBack}.`,
      });
      await this.launch(service);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.own.map((service) => service.close()));
  }

  private take({ name, variable, title }: ServiceKind, url: string): void {
    this.given[variable] = url;
    this.urls[name] = url;
    this.options.mask.add(...secretsOfUrl(url));
    this.records.push({ name, from: 'environment', version: null, settings: {}, deaths: [] });
    const message = `${title} is the one that ${variable} names: its data stays between the starts of the target.`;
    this.options.observe({ kind: 'notice', message });
  }

  private async startOwn(kind: ServiceKind): Promise<void> {
    const { observe, mask, signal } = this.options;
    const found = await findInstalled(kind.wanted);
    if (found === undefined || 'problem' in found) throw notHere(kind, found?.problem);
    observe({ kind: 'stage', message: `starting ${kind.title} ${found.version}` });
    const installed = kind.installedIn(found.folder, found.version);
    const user = userFor(kind);
    const password = randomBytes(18).toString('hex');
    mask.add(password);
    const { port } = await choosePort('127.0.0.1', { kind: 'free' });
    const folder = await makeServiceFolder(user);
    const service = new OwnService(
      kind,
      installed,
      { folder, port, password, user },
      this.logOf(kind, folder),
    );
    this.own.push(service);
    this.records.push(service.record);
    await service.prepare(signal);
    await this.launch(service);
  }

  /** Beside that of the target. */
  private logOf({ name }: ServiceKind, folder: string): string {
    const { logFile } = this.options;
    return join(logFile === null ? folder : dirname(logFile), `${name}.log`);
  }

  private async launch(service: OwnService): Promise<void> {
    const { clock, signal } = this.options;
    const program = await service.launch();
    const endUs = clock.nowUs() + READY_LIMIT_MS * 1000;
    while (program.death === undefined && clock.nowUs() < endUs) {
      if (await service.isReady()) return;
      await sleep(clock, POLL_PERIOD_MS, signal);
    }
    const lines = (await program.lastOutput(SHOWN_LINES)).map((line) => `  │ ${line}`).join('\n');
    const { title } = service.kind;
    const how = program.death ?? `was not ready after ${READY_LIMIT_MS / 1000} s`;
    throw new UserError('run', `${title} ${how}.`, `${lines}\nIts whole output is in ${service.logFile}`);
  }
}

/** One that bench runs. */
class OwnService {
  program: LaunchedProgram | undefined;
  readonly record: ServiceRecord;
  private emptied = 0;

  constructor(
    readonly kind: ServiceKind,
    private readonly installed: InstalledService,
    private readonly place: ServicePlace,
    readonly logFile: string,
  ) {
    const { version, settings } = installed;
    this.record = { name: kind.name, from: 'private', version, settings: { ...settings }, deaths: [] };
  }

  async prepare(signal: AbortSignal): Promise<void> {
    const { folder, user } = this.place;
    const step = await this.installed.prepare(this.place);
    if (step === null) return;
    const supervisor = programs.superviseTarget;
    await runStep({ ...step, supervisor, folder, user, scratch: folder, signal, onLine: () => {} });
  }

  async launch(): Promise<LaunchedProgram> {
    const { folder, user } = this.place;
    const words = this.installed.words(this.place);
    this.program = await launch({
      ...{ what: this.kind.title, supervisor: programs.superviseTarget, words, folder, user, env: {} },
      ...{ stop: STOP, whenLeft: 'daemon', scratch: folder, logFile: this.logFile },
    });
    return this.program;
  }

  /** Ends it, and takes away what it has written. */
  async close(): Promise<void> {
    await this.program?.stop();
    await rm(this.place.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  isReady(): Promise<boolean> {
    return this.installed.isReady(this.place);
  }

  makeEmpty(): Promise<string> {
    this.emptied += 1;
    return this.installed.makeEmpty(this.place, this.emptied - 1);
  }
}

/** Databases refuse root, or are not safe as root. */
function userFor({ title, user: own }: ServiceKind): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const user = systemUser([own, 'nobody']);
  if (user !== null) return user;
  throw new UserError(
    'run',
    `${title} is not run as root, and there is no user ${own} or nobody to run it as.`,
    `Make one (useradd --system ${own}), or run bench as another user.`,
  );
}

function notHere({ title, variable, install }: ServiceKind, problem?: string): UserError {
  const command = install[process.platform === 'darwin' ? 'darwin' : 'linux'];
  return new UserError(
    'run',
    problem === undefined
      ? `The scenario needs ${title}, and this machine does not have it.`
      : `The scenario needs ${title}: ${problem}.`,
    `Install it (${command}), or name one that runs already: ${variable}=… bench …`,
  );
}
