import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import { secretsOfUrl } from '../../config/redact.js';
import type { SecretMask } from '../../config/secret-mask.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Observer } from '../../model/live/run-events.js';
import type { ServiceName, ServiceRecord } from '../../model/results/service.js';
import { choosePort } from '../../target/choose-port.js';
import { refuseUnusable } from '../../target/services/check-url.js';
import { SERVICES } from '../../target/services/index.js';
import type { ServiceKind, ServiceRunner } from '../../target/services/service.js';
import { makeServiceFolder } from '../../target/services/service-folder.js';
import { findRunner, notHere } from './find-runner.js';
import { OwnService, PortLost } from './own-service.js';

export interface ServiceOptions {
  readonly clock: Clock;
  readonly config: Pick<RunConfig, 'services' | 'seeds' | 'keep' | 'folder'>;
  /** Puts folders in place of the placeholders of a command. */
  readonly fill: (words: readonly string[]) => Promise<readonly string[]>;
  readonly mask: SecretMask;
  /** Of the target; null = it has none that stays. */
  readonly logFile: string | null;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

/** When a database died, as the clock on the wall says. */
export interface ServiceEnd {
  readonly service: ServiceName;
  readonly how: string;
  readonly unixMs: number;
}

const MOST_PORTS = 3;
/** One that dies again and again would go on so. */
const MOST_DEATHS = 5;

/** The databases beside the target: started once for a run, emptied for each start of the target, ended with the run. */
export class ServiceSession {
  readonly records: ServiceRecord[] = [];
  /** In the order in which they came. */
  readonly deaths: ServiceEnd[] = [];
  private readonly given: Record<string, string> = {};
  private readonly urls: Partial<Record<ServiceName, string>> = {};
  private readonly own: OwnService[] = [];
  private isClosing = false;
  /** Why one could not be started again. */
  private lost: unknown;

  constructor(private readonly options: ServiceOptions) {}

  /** Where they are for the target that was started last: each start has a database of its own. */
  get current(): Readonly<Partial<Record<ServiceName, string>>> {
    return this.urls;
  }

  /** Those whose URL is in the environment run already; the others are started. */
  async start(): Promise<void> {
    for (const name of this.options.config.services) {
      const kind = SERVICES[name];
      const url = process.env[kind.variable];
      if (url !== undefined && url !== '') await this.take(kind, url);
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

  /** Resolves when those that have died are there again; throws where one cannot be started. */
  async revive(): Promise<void> {
    for (const service of this.own) {
      this.noteDeath(service);
      await service.revival;
    }
    if (this.lost !== undefined) throw this.lost as Error;
  }

  async close(): Promise<void> {
    this.isClosing = true;
    const { config, observe, clock } = this.options;
    await Promise.all(
      this.own.map(async (service) => {
        await service.revival;
        if (!config.keep) return service.close();
        observe({ kind: 'notice', message: await service.keep(clock) });
      }),
    );
  }

  private async take(kind: ServiceKind, url: string): Promise<void> {
    const { name, variable, title } = kind;
    const { mask, observe, config } = this.options;
    mask.add(...secretsOfUrl(url));
    await refuseUnusable(kind, url);
    this.given[variable] = url;
    this.urls[name] = url;
    this.records.push({ name, from: 'environment', version: null, settings: {}, deaths: [] });
    const seed = config.seeds[name] === undefined ? '' : ', and the scenario does not fill it';
    const message = `${title} is the one that ${variable} names: its data stays between the starts of the target${seed}.`;
    observe({ kind: 'notice', message });
  }

  private async startOwn(kind: ServiceKind): Promise<void> {
    const { observe, signal, config, fill } = this.options;
    const runner = await findRunner(kind);
    if ('docker' in runner) throw notHere(kind, runner);
    observe({ kind: 'stage', message: `starting ${runner.title}` });
    const service = await this.add(kind, runner);
    await service.prepare(signal);
    await this.launchOnFreePort(service);
    this.watch(service);
    const seed = config.seeds[kind.name];
    if (seed === undefined) return;
    observe({ kind: 'stage', message: `filling ${kind.title}` });
    await service.makeTemplate({ words: await fill(seed), folder: config.folder }, signal);
  }

  private async add(kind: ServiceKind, runner: ServiceRunner): Promise<OwnService> {
    const { mask, logFile, config } = this.options;
    const user = runner.user();
    const password = randomBytes(18).toString('hex');
    mask.add(password);
    const { port } = await choosePort('127.0.0.1', { kind: 'free' });
    const folder = await makeServiceFolder(user);
    // Beside that of the target; of one that is kept with its data.
    const logFolder = logFile === null || config.keep ? folder : dirname(logFile);
    const place = { folder, port, password, user };
    const service = new OwnService(kind, runner, place, join(logFolder, `${kind.name}.log`));
    this.own.push(service);
    this.records.push(service.record);
    return service;
  }

  /** Between its choice and its use a port may be taken. */
  private async launchOnFreePort(service: OwnService): Promise<void> {
    const { clock, signal } = this.options;
    for (let tries = 1; ; tries += 1) {
      try {
        await service.launch(clock, signal);
        return;
      } catch (error) {
        if (!(error instanceof PortLost)) throw error;
        if (tries === MOST_PORTS) throw portsLost(service, error);
        service.moveTo((await choosePort('127.0.0.1', { kind: 'free' })).port);
      }
    }
  }

  private watch(service: OwnService): void {
    void service.program?.died.then(() => this.noteDeath(service));
  }

  /** Starts it again as soon as it has died; once for each death. */
  private noteDeath(service: OwnService): void {
    const { clock, signal, observe } = this.options;
    const { program, kind, record } = service;
    const how = program?.death;
    if (how === undefined || this.isClosing || signal.aborted || service.notedDead === program) return;
    service.notedDead = program;
    record.deaths.push(how);
    this.deaths.push({ service: kind.name, how, unixMs: clock.unixMs() });
    service.revival = this.startAgain(service, how).catch((error: unknown) => {
      this.lost ??= error;
    });
    const message = `${kind.title} ${how}: it is started again, ${kind.comesBack}.`;
    observe({ kind: 'notice', message });
  }

  private async startAgain(service: OwnService, how: string): Promise<void> {
    const { clock, signal } = this.options;
    if (service.record.deaths.length >= MOST_DEATHS) throw await diesAlways(service, how);
    await service.launch(clock, signal);
    this.watch(service);
  }
}

async function diesAlways(service: OwnService, how: string): Promise<UserError> {
  const { kind, record, logFile } = service;
  const lines = (await service.lastLines()).map((line) => `  │ ${line}`);
  return new UserError(
    'run',
    `${kind.title} ${how}, for the ${record.deaths.length}th time in this run.`,
    [...lines, `Its whole output is in ${logFile}`].join('\n'),
  );
}

function portsLost({ kind, logFile }: OwnService, error: unknown): UserError {
  return new UserError(
    'run',
    `${kind.title} could not be started: each of ${MOST_PORTS} free ports was taken by another program before it listened.`,
    `Its output is in ${logFile}. Start bench again, when fewer programs start at once.`,
    { cause: error },
  );
}
