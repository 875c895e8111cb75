import { systemClock as clock, timed } from '../../kernel/clock.js';
import type { Generator } from '../../model/generation/generator.js';
import type { BuiltOperation } from '../../model/requests/request.js';
import { durationMsOf } from '../../model/loads/index.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { type RunRecord } from '../../model/results/run-record.js';
import { journeysTaken } from '../../model/config/journeys.js';
import type { SecretMask } from '../../config/secret-mask.js';
import type { RunStore } from '../../store/run-store.js';
import { Access } from '../access/access.js';
import { Adjustments } from '../requests/adjustments.js';
import { watchMishaps } from './mishaps.js';
import { checkedCells } from './checked-cells.js';
import { keepCell } from './cell-record.js';
import { chooseRecoveryRequests } from './choose-recovery-requests.js';
import { abortWatch, isAborted, noteClosedEarly } from './abort-watch.js';
import { Leftovers } from '../requests/clean-up.js';
import { finishRecord } from './finish-record.js';
import { generatorCrew } from './generator-crew.js';
import { measureCell } from './measure-cell.js';
import { noteBasePath } from '../document/note-base-path.js';
import { noteProblems } from '../document/note-problems.js';
import { DatabaseProbes } from './database-probes.js';
import { cellStart, builtFor, shareOf, type PlannedCell } from './plan-cells.js';
import { isSameStart, startsOf, type PlannedStart } from './plan-starts.js';
import type { Api } from '../document/read-api.js';
import { refuseUnready, runPreflight, type AskingOf } from '../preflight/preflight.js';
import { refuseDead } from '../target/refuse-dead.js';
import { readyTarget, type Readied } from '../preflight/ready-target.js';
import { estimateFacts, RunEstimate } from './run-estimate.js';
import type { RunOptions, RunPlans, RunResult } from './run-result.js';
import { RowShares } from './share-rows.js';
import { shareJourneys } from './share-journeys.js';
import { TargetDeaths } from './target-deaths.js';
import { TargetSession } from '../target/target-session.js';
import { walkJourneys } from '../preflight/walk-journeys.js';

/** One run from the start of the target to its end. */
export class Run {
  private readonly session: TargetSession;
  private readonly access: Access;
  private generator: Generator | undefined;
  /** As built for the target that runs now. */
  private operations: readonly BuiltOperation[] = [];
  private readied: Readied | undefined;
  private readonly adjustments: Adjustments;
  private rows: RowShares | undefined;
  private readonly leftovers = new Leftovers();
  private readonly deaths: TargetDeaths;
  private readonly databases: DatabaseProbes;
  /** From when the cells are planned. */
  private estimate: RunEstimate | undefined;

  constructor(
    private readonly options: RunOptions,
    private readonly plans: RunPlans,
    private readonly store: RunStore,
    private readonly record: RunRecord,
    private readonly mask: SecretMask,
    private api: Api | undefined,
  ) {
    const { config, observe, signal } = options;
    this.deaths = new TargetDeaths(store.logFile);
    this.session = new TargetSession({ clock, config, mask, logFile: store.logFile, observe, signal });
    this.databases = new DatabaseProbes({ config, observe, urls: () => this.session.serviceUrls });
    this.access = new Access({ clock, config, mask, observe, signal });
    this.adjustments = new Adjustments(config);
  }

  async toItsEnd(): Promise<RunResult> {
    const { signal } = this.options;
    let error: unknown;
    try {
      await this.measureAll();
    } catch (thrown) {
      if (!signal.aborted) error = this.mask.error(thrown);
    }
    // Whatever becomes of the end of the target: what was measured is kept, and the record says how the run ended.
    await this.close().catch((thrown: unknown) => {
      error ??= this.mask.error(thrown);
    });
    const { objectives } = this.options.config;
    const isInterrupted = signal.aborted;
    finishRecord(this.record, { error, isInterrupted, objectives, unixMs: clock.unixMs() });
    await this.store.writeRun(this.record);
    return { record: this.record, folder: this.store.folder, error };
  }

  private async close(): Promise<void> {
    try {
      await this.generator?.close();
      await this.cleanUp();
    } finally {
      await this.session.close();
    }
  }

  private async measureAll(): Promise<void> {
    const { config } = this.options;
    await this.session.prepare();
    if (config.services.length > 0) this.record.services = this.session.serviceRecords;
    const { threads, client, mostUsers } = this.plans.engine;
    const engine = config.http2 ? 'http2' : client;
    this.generator = await generatorCrew(threads, { engine, users: mostUsers, isRealTime: config.realTime });
    let cells: PlannedCell[] | undefined;
    for (const start of startsOf(config)) {
      const startTookMs = await timed(clock, () => this.start(start));
      await this.databases.check();
      if (this.record.preflight === undefined) await this.preflight();
      if (cells) this.estimate?.startTook(startTookMs);
      else cells = this.plan(startTookMs);
      const here = cells.filter((cell) => isSameStart(cell, start));
      for (const cell of here) {
        await this.measureAndRecover(cell, cells, cell === here.at(-1));
        if (isAborted(this.record)) return;
      }
      this.estimate?.stopTook(await timed(clock, () => this.stop()));
    }
  }

  private async start({ workers, case: limits }: PlannedStart): Promise<void> {
    const confined = this.plans.cases.find((one) => one.case.name === limits?.name);
    await this.session.start({ workers, confined });
    await this.readyTarget();
    await refuseDead(this.session.current);
  }

  private async stop(): Promise<void> {
    await this.cleanUp();
    await this.session.stop();
  }

  private async measureAndRecover(
    cell: PlannedCell,
    cells: readonly PlannedCell[],
    isLast: boolean,
  ): Promise<void> {
    const tookMs = await timed(clock, async () => {
      const record = await this.measure(cell, cells);
      // A target that nobody needs any more need not recover.
      if (!isLast && !isAborted(this.record)) await this.recover(record);
    });
    this.estimate?.cellTook(cell, tookMs);
  }

  private async readyTarget(): Promise<void> {
    const { config, signal, observe } = this.options;
    const readied = await readyTarget({
      ...{ config, signal, observe, access: this.access, adjustments: this.adjustments, mask: this.mask },
      ...{ target: this.session.current, known: this.api },
      check: this.shareRows,
      // Journeys make what they need.
      ownMembers: () => (journeysTaken(config) === null ? (this.rows?.ownMembers ?? 0) : 0),
      leave: this.leftovers.leave,
    });
    if (this.operations.length === 0) {
      noteBasePath(readied.api, config, observe);
      noteProblems(readied.api, observe);
    }
    this.api = readied.api;
    this.readied = readied;
    this.operations = readied.build();
  }

  private readonly shareRows = (api: Api): void => {
    if (this.rows) return;
    this.rows = new RowShares(this.options.config, api);
    this.rows.refuseTooFew();
    const { notice } = this.rows;
    if (notice !== undefined) this.options.observe({ kind: 'notice', message: notice });
  };

  /** Once for a run: its later starts are of the same program. */
  private async preflight(): Promise<void> {
    const { config, observe } = this.options;
    if (config.preflight === 'off' || !this.readied) return;
    const { session } = this;
    const journeys = this.readied.buildJourneys();
    const { mask } = this;
    const walk = { config, observe, mask, target: session.current, signal: this.options.signal };
    const results = journeys
      ? await walkJourneys(walk, journeys)
      : await runPreflight(this.askingOf, async () => {
          if (config.target.kind !== 'command') return false;
          await session.recover({});
          await this.readyTarget();
          return true;
        });
    if (results.some((one) => one.adjustments !== undefined)) this.operations = this.readied.build();
    if (results.length === 0) await refuseDead(session.current);
    this.record.preflight = results;
    observe({ kind: 'preflight', results });
    if (config.preflight === 'strict') refuseUnready(results);
    // One that a request has hung or killed would spoil the first cell.
    const isUnwell = results.some(({ state }) => state === 'no-answer');
    if (isUnwell && (await session.recover({})).isRestarted) await this.readyTarget();
  }

  private readonly askingOf: AskingOf = (isLeft) => {
    const { adjustments, session, mask, rows } = this;
    const readied = this.readied as Readied;
    const first = (one: BuiltOperation): BuiltOperation => rows?.forPreflight(one) ?? one;
    const wanted = (): BuiltOperation[] => this.operations.map(first).filter(isLeft);
    return {
      ...{ ...this.options, adjustments, mask },
      api: readied.api,
      operations: wanted(),
      target: session.current,
      rebuild: (one) => first(readied.rebuild(one)),
      renew: async () => {
        await this.access.signInAgain();
        this.operations = this.readied?.build() ?? [];
        return wanted();
      },
    };
  };

  /** Also after an interrupt: what the set-up has made is not left behind in a target that lives. */
  private cleanUp(): Promise<void> {
    return this.leftovers.takeBack({ ...this.options, access: this.access }, this.session.running);
  }

  private plan(startTookMs: number): PlannedCell[] {
    const { config, observe } = this.options;
    const { operations, api } = this;
    const cells = checkedCells(config, { operations, api, preflight: this.record.preflight }, observe);
    this.estimate = new RunEstimate(cells, estimateFacts(config, this.record.preflight));
    this.estimate.startTook(startTookMs);
    const durationMs = this.estimate.remainingMs(0);
    observe({ kind: 'planned', cells: cells.length, durationMs, mostMs: this.estimate.mostMs() });
    return cells;
  }

  private async measure(cell: PlannedCell, cells: readonly PlannedCell[]): Promise<CellRecord> {
    const { config, observe, signal } = this.options;
    signal.throwIfAborted();
    const id = this.store.cellId(cell.idParts);
    const remainingMs = this.estimate?.remainingMs(cells.indexOf(cell)) ?? 0;
    observe({ kind: 'cell-started', ...cellStart(id, cell, cells), remainingMs });
    if (await this.access.renewFor(cell.warmupMs + (durationMsOf(cell.load) ?? 0)))
      this.operations = this.readied?.build() ?? [];
    const target = this.session.current;
    const ofCell = builtFor(cell, this.operations).map(
      (built) => this.rows?.forCell(built, cell, cells) ?? built,
    );
    const { subject } = cell;
    const share = {
      ...shareOf(config, cell, ofCell, target.origin, this.plans.engine, this.session.http2),
      ...shareJourneys(this.readied?.buildJourneys(), subject),
    };
    const generator = this.generator as Generator;
    const abort = abortWatch(config, cell);
    const mishaps = watchMishaps(this.session);
    const measuring = { clock, generator, target, share, subject, abort, observe, signal, mask: this.mask };
    const result = await measureCell({ ...measuring, probes: this.databases.probes() });
    signal.throwIfAborted();
    if (result === undefined) throw new Error('the load generator ended without a result');
    const measured = { ...cell, case: this.session.sizing.case, id, share, ...result, ...mishaps(result) };
    const record = await keepCell(this.store, measured, config.target.kind === 'command');
    this.record.cells.push(record);
    this.record.targetEvents = this.session.events;
    observe({ kind: 'cell-finished', cell: record });
    noteClosedEarly(record, observe);
    this.deaths.count(record, this.session.current.death !== undefined);
    return record;
  }

  private async recover(cell: CellRecord): Promise<void> {
    const { preflight = [], cells } = this.record;
    const requests = chooseRecoveryRequests(cell, { operations: this.operations, preflight, cells });
    const { recovery, isRestarted } = await this.session.recover(requests);
    cell.recovery = recovery;
    if (isRestarted) await this.readyTarget();
  }
}
