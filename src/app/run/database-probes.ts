import { databaseHost } from '../../config/resolve-probes.js';
import { reasonOf, UserError } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Observer } from '../../model/live/run-events.js';
import { SERVICE_NAMES, type ServiceName } from '../../model/results/service.js';
import { checkDatabase, databaseProbe } from '../../observe/probes/databases/index.js';
import type { Probe } from '../../observe/probes/probe.js';
import { SERVICES } from '../../target/services/index.js';
import { isDatabaseNear } from '../target/refuse-remote.js';

interface Options {
  readonly config: Pick<RunConfig, 'probes' | 'allowRemote'>;
  readonly observe: Observer;
  /** Of the services, as they are now. */
  readonly urls: () => Readonly<Partial<Record<ServiceName, string>>>;
}

/** The databases that are looked at while the load runs: those of `--probe`, and the services of the scenario. */
export class DatabaseProbes {
  private isChecked = false;
  private readonly leftOut = new Set<ServiceName>();

  constructor(private readonly options: Options) {}

  /** Once, when the target has started: it may be what starts them. Throws where one that was asked for gives no answer. */
  async check(): Promise<void> {
    if (this.isChecked) return;
    this.isChecked = true;
    for (const [name, url] of this.named()) {
      if (this.options.config.probes[name] !== undefined) await this.refuseSilent(name, url);
      else await this.noteSilent(name, url);
    }
  }

  /** For one window; URLs change with each start of the target. */
  probes(): Probe[] {
    return this.named()
      .filter(([name]) => !this.leftOut.has(name))
      .map(([name, url]) => databaseProbe(name, url));
  }

  private named(): [ServiceName, string][] {
    const urls = { ...this.options.urls(), ...this.options.config.probes };
    return SERVICE_NAMES.flatMap((name): [ServiceName, string][] => {
      const url = urls[name];
      return url === undefined ? [] : [[name, url]];
    });
  }

  private async refuseSilent(name: ServiceName, url: string): Promise<void> {
    try {
      await checkDatabase(name, url);
    } catch (error) {
      const { title } = SERVICES[name];
      throw new UserError(
        'run',
        `${title}${placeOf(url)} cannot be looked at: ${oneLine(reasonOf(error))}.`,
        `No load was sent. Check that it runs there, and the user, password and database in the URL of --probe (probes: in a scenario).`,
        { cause: error },
      );
    }
  }

  /** Nobody asked for it: the run goes on without. */
  private async noteSilent(name: ServiceName, url: string): Promise<void> {
    const { title, variable } = SERVICES[name];
    const notice = (message: string): void => this.options.observe({ kind: 'notice', message });
    if (!URL.canParse(url) || !(await isDatabaseNear(url, this.options.config.allowRemote))) {
      this.leftOut.add(name);
      notice(`${title} is not looked at while the load runs: ${variable} does not name this machine.`);
      return;
    }
    await checkDatabase(name, url).catch((error: unknown) =>
      notice(`${title} gives no answer to a look at it: ${oneLine(reasonOf(error))}. The run goes on.`),
    );
  }
}

/** ` at 127.0.0.1:5432`. */
function placeOf(url: string): string {
  const host = databaseHost(url);
  if (host === null) return '';
  const { port } = new URL(url);
  return ` at ${host}${port === '' ? '' : `:${port}`}`;
}
