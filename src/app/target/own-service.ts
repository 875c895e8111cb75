import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sleep, type Clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import type { ServiceRecord } from '../../model/results/service.js';
import { launch, type LaunchedProgram } from '../../target/launch.js';
import { runStep } from '../../target/run-step.js';
import { knownCause, lostItsPort } from '../../target/services/known-cause.js';
import { runTool, succeeds } from '../../target/services/run-tool.js';
import type { ServiceKind, ServicePlace, ServiceRunner, Words } from '../../target/services/service.js';
import { programs } from './programs.js';

/** What fills the template of a database, once for a run. */
export interface Seed {
  readonly words: Words;
  /** Where it is run. */
  readonly folder: string;
}

const READY_LIMIT_MS = 30_000;
const POLL_PERIOD_MS = 50;
const SHOWN_LINES = 15;

/** It did not come up because another program was on its port first. */
export class PortLost extends Error {}

/** A database that bench runs. */
export class OwnService {
  program: LaunchedProgram | undefined;
  readonly record: ServiceRecord;
  /** Its start after a death, while it goes on. */
  revival: Promise<void> = Promise.resolve();
  /** The program whose death has been noted. */
  notedDead: LaunchedProgram | undefined;
  private made = 0;
  private hasTemplate = false;
  private url = '';

  constructor(
    readonly kind: ServiceKind,
    private readonly runner: ServiceRunner,
    private place: ServicePlace,
    readonly logFile: string,
  ) {
    const { from, settings } = runner;
    this.record = { name: kind.name, from, version: null, settings: { ...settings }, deaths: [] };
  }

  get folder(): string {
    return this.place.folder;
  }

  async prepare(signal: AbortSignal): Promise<void> {
    const step = await this.runner.prepare(this.place);
    if (step !== null) await this.runStep(step.title, step.words, signal);
  }

  moveTo(port: number): void {
    this.place = { ...this.place, port };
  }

  /** Starts it, and waits until it answers. Throws `PortLost` where another port may help. */
  async launch(clock: Clock, signal: AbortSignal): Promise<void> {
    const { folder, user } = this.place;
    const { title } = this.kind;
    const { words, stop } = await this.runner.start(this.place);
    const program = await launch({
      ...{ what: title, supervisor: programs.superviseTarget, words, folder, user, env: {}, stop },
      ...{ whenLeft: 'daemon', scratch: folder, logFile: this.logFile },
    });
    this.program = program;
    if (await this.comesUp(clock, () => program.death === undefined, signal)) {
      this.record.version ??= await this.runner.version(this.place);
      return;
    }
    const how = program.death ?? `was not ready after ${READY_LIMIT_MS / 1000} s`;
    throw await this.notReady(program, how);
  }

  /** An empty database, or a copy of the template, in place of the one before. Resolves to its URL. */
  async makeEmpty(): Promise<string> {
    const { kind, runner, place } = this;
    const at = this.made;
    this.made += 1;
    const port = runner.toolPort(place);
    if (at === 0) await this.callAll(kind.setUp(port, runner.settings));
    await this.callAll(kind.makeEmpty(port, at, this.hasTemplate));
    this.url = kind.url(place, at);
    return this.url;
  }

  /** Fills a database from which those of all starts are copied. */
  async makeTemplate({ words, folder }: Seed, signal: AbortSignal): Promise<void> {
    const { kind, runner, place } = this;
    if (kind.makeTemplate === null) throw new Error(`${kind.title} has no templates`);
    await this.callAll(kind.makeTemplate(runner.toolPort(place)));
    const env = { [kind.variable]: kind.url(place, 'template') };
    await this.runStep(`filling ${kind.title}`, words, signal, { folder, env, user: null });
    this.hasTemplate = true;
  }

  /** What it wrote last. */
  async lastLines(): Promise<string[]> {
    return (await this.program?.lastOutput(SHOWN_LINES)) ?? [];
  }

  /** Ends it, and takes away what it has written. */
  async close(): Promise<void> {
    await this.program?.stop();
    if (this.program?.death !== undefined) await this.runner.clean(this.place);
    await this.remove();
  }

  /** Has it go on without bench; resolves to what to tell. A user who can read its folder can use it. */
  async keep(clock: Clock): Promise<string> {
    const { program, kind, folder } = this;
    if (program === undefined || program.death !== undefined || this.url === '') {
      await this.close();
      return `${kind.title} is not kept: it was not ready.`;
    }
    const ending = await this.runner.keep(this.place, program);
    const [url, end] = [join(folder, 'url'), join(folder, 'end')];
    await writeFile(url, `${this.url}\n`, { mode: 0o600 });
    await writeFile(end, `#!/bin/sh\n${ending}\nrm -rf ${folder}\n`);
    await chmod(end, 0o700);
    if (!(await this.comesUp(clock, () => true)))
      return `${kind.title} does not answer any more: see ${folder}. To end it: sh ${end}`;
    this.record.kept = folder;
    return `${kind.title} stays, with its data. To use it: export ${kind.variable}="$(cat ${url})" · to end it and remove its data: sh ${end}`;
  }

  /** Whether it answers within the limit, for as long as `mayCome`. */
  private async comesUp(clock: Clock, mayCome: () => boolean, signal?: AbortSignal): Promise<boolean> {
    const endUs = clock.nowUs() + READY_LIMIT_MS * 1000;
    while (mayCome() && clock.nowUs() < endUs) {
      if (await this.isReady()) return true;
      await sleep(clock, POLL_PERIOD_MS, signal);
    }
    return false;
  }

  private isReady(): Promise<boolean> {
    const { kind, runner, place } = this;
    return succeeds(runner.tool(place, kind.isReady(runner.toolPort(place))));
  }

  private async callAll(calls: readonly Words[]): Promise<void> {
    for (const words of calls) await runTool(this.runner.tool(this.place, words));
  }

  private async runStep(
    title: string,
    words: Words,
    signal: AbortSignal,
    other: Partial<Pick<Parameters<typeof runStep>[0], 'folder' | 'env' | 'user'>> = {},
  ): Promise<void> {
    const { folder, user } = this.place;
    const said: string[] = [];
    const supervisor = programs.superviseTarget;
    try {
      await runStep({
        ...{ title, words, supervisor, folder, user, scratch: folder, signal, ...other },
        onLine: (line) => said.push(line),
      });
    } catch (error) {
      const cause = knownCause(said.join('\n'), folder);
      if (!(error instanceof UserError) || cause === undefined) throw error;
      throw new UserError(error.fault, error.message, [error.hint, cause].join('\n'));
    }
  }

  private async notReady(program: LaunchedProgram, how: string): Promise<Error> {
    const lines = await program.lastOutput(SHOWN_LINES);
    const text = lines.join('\n');
    if (lostItsPort(text)) return new PortLost(text);
    const cause = knownCause(text, this.folder);
    const shown = [...lines.map((line) => `  │ ${line}`), ...(cause === undefined ? [] : [cause])];
    return new UserError(
      'run',
      `${this.kind.title} ${how}.`,
      [...shown, `Its whole output is in ${this.logFile}`].join('\n'),
    );
  }

  private remove(): Promise<void> {
    return rm(this.place.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
