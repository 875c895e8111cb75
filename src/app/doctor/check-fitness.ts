import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isHonest } from '../../analyze/honest-trial.js';
import { judgeFitness, remarksOn } from '../../analyze/judge-fitness.js';
import { SecretMask } from '../../config/secret-mask.js';
import { systemClock as clock } from '../../kernel/clock.js';
import { fetchElsewhere } from '../../load/transport/fetch-through.js';
import { latencyFigures } from '../../measure/latency.js';
import { usableCores, type EngineFitness, type Fitness } from '../../model/results/fitness.js';
import type { Generator, GeneratorShare } from '../../model/generation/generator.js';
import { describeLimits } from '../../observe/describe-limits.js';
import { describeMachine } from '../../observe/describe-machine.js';
import { keepFitness } from '../../store/fitness-store.js';
import { choosePort } from '../../target/choose-port.js';
import { launch, type LaunchedProgram } from '../../target/launch.js';
import { claimedTarget } from '../../target/claimed-target.js';
import { Locator } from '../../target/locate-target.js';
import { nameOfPlace, type Place } from '../../target/sockets/place.js';
import { USUAL_STOP } from '../../target/supervise.js';
import type { Target } from '../../target/target.js';
import { waitUntilReady } from '../../target/wait-until-ready.js';
import { findHighestRate } from './find-highest-rate.js';
import { generatorCrew } from '../run/generator-crew.js';
import { measureCell, type CellResult } from '../run/measure-cell.js';
import { usualWay } from '../run/plan-engine.js';
import { programs } from '../target/programs.js';
import type { Observer } from '../../model/live/run-events.js';
import { makeScratchFolder } from '../target/scratch-folder.js';

export interface FitnessOptions {
  /** null = one, two, and as many as leave a core to the target. */
  readonly threadCounts: readonly number[] | null;
  readonly pacings: readonly Pacing[];
  readonly version: string;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

type Pacing = GeneratorShare['pacing'];
type Client = GeneratorShare['client'];

const FLOOR_RATE = 1000;
const FLOOR_MS = 3000;
const TRIAL_MS = 1000;
const READY_LIMIT_MS = 10_000;
const CONNECTIONS = 50;
const HOST = '127.0.0.1';

/** Runs the engine against a server that does nothing, for each thread count and pacing. */
export async function checkFitness(options: FitnessOptions): Promise<Fitness> {
  const { version, pacings, observe, signal } = options;
  const limits = await describeLimits();
  const environment = await describeMachine();
  const scratch = await makeScratchFolder();
  const { program, place } = await launchNullServer(scratch);
  const engine: EngineFitness[] = [];
  try {
    const server = await readyNullServer(program, place, signal);
    for (const threads of options.threadCounts ?? threadCountsFor(Math.floor(usableCores(limits)))) {
      for (const client of clientsFor(threads)) {
        const generator = await generatorCrew(threads, { engine: client, users: 0, isRealTime: false });
        try {
          for (const pacing of pacings) {
            const way: Way = { generator, server, threads, pacing, client, observe, signal };
            engine.push(await fitnessOf(way));
          }
        } finally {
          await generator.close();
        }
      }
    }
  } finally {
    await program.stop();
    await rm(scratch, { recursive: true, force: true });
  }
  const fitness: Fitness = {
    schemaVersion: 1,
    tool: { name: 'openapi-bench', version },
    at: new Date(clock.unixMs()).toISOString(),
    environment,
    limits,
    remarks: remarksOn(limits),
    engine,
    verdict: judgeFitness(engine, (rate) => usualWay(rate, limits)),
  };
  await keepFitness(fitness);
  return fitness;
}

function threadCountsFor(cores: number): number[] {
  return [...new Set([1, Math.max(1, Math.min(2, cores)), Math.max(1, cores - 1)])];
}

/** A run takes several threads for rates at which undici is not chosen. */
function clientsFor(threads: number): Client[] {
  return threads === 1 ? ['undici', 'wire'] : ['wire'];
}

async function launchNullServer(scratch: string): Promise<{ program: LaunchedProgram; place: Place }> {
  const { port } = await choosePort(HOST, { kind: 'free' });
  const program = await launch({
    supervisor: programs.superviseTarget,
    words: [process.execPath, fileURLToPath(programs.nullServer)],
    folder: scratch,
    env: { PORT: String(port) },
    stop: USUAL_STOP,
    whenLeft: 'daemon',
    scratch,
    logFile: join(scratch, 'server.log'),
  });
  return { program, place: { kind: 'tcp', host: HOST, port } };
}

async function readyNullServer(program: LaunchedProgram, place: Place, signal: AbortSignal): Promise<Target> {
  const locator = new Locator(clock, program.family, { place, mayMove: false, isOwnerFree: false });
  const origin = `http://${nameOfPlace(place)}`;
  const readiness = {
    ...{ path: '/', accepts: 'below-500' as const, limitMs: READY_LIMIT_MS },
    ...{ fetch: fetchElsewhere, headers: [], originOf: () => origin },
  };
  const { ownership } = await waitUntilReady(clock, program, locator, readiness, signal);
  return claimedTarget(program, { place, ownership, origin, fetch: fetchElsewhere, clock });
}

/** One way of sending. */
interface Way {
  readonly generator: Generator;
  readonly server: Target;
  readonly threads: number;
  readonly pacing: Pacing;
  readonly client: Client;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

async function fitnessOf(way: Way): Promise<EngineFitness> {
  const { threads, pacing, client, observe } = way;
  observe({ kind: 'stage', message: `${nameOf(way)}: floor at ${FLOOR_RATE}/s` });
  const { measurements } = await trial(way, FLOOR_RATE, FLOOR_MS);
  const response = latencyFigures(measurements.stamps.response);
  const sendLag = latencyFigures(measurements.stamps.sendLag);
  const cpuMs = measurements.threads.reduce((sum, thread) => sum + thread.cpuMs, 0);
  const highestRatePerSecond = await findHighestRate(async (ratePerSecond) => {
    observe({ kind: 'stage', message: `${nameOf(way)}: trying ${ratePerSecond}/s` });
    const { outcomes, audit, stamps } = (await trial(way, ratePerSecond, TRIAL_MS)).measurements;
    return isHonest(outcomes, audit.released, latencyFigures(stamps.sendLag));
  });
  return {
    threads,
    pacing,
    client,
    floor: {
      ratePerSecond: FLOOR_RATE,
      sendLagMs: { p50: sendLag.p50, p99: sendLag.p99 },
      responseMs: { p50: response.p50, p99: response.p99 },
      cpuPercent: (100 * cpuMs) / FLOOR_MS,
    },
    highestRatePerSecond,
  };
}

function nameOf({ threads, pacing, client }: Way): string {
  return `${threads === 1 ? '1 thread' : `${threads} threads`} with ${client}, ${pacing} pacing`;
}

async function trial(way: Way, ratePerSecond: number, durationMs: number): Promise<CellResult> {
  const { generator, server, signal } = way;
  const share: GeneratorShare = {
    load: { kind: 'constant-rate', ratePerSecond, durationMs, arrivals: 'constant' },
    part: { index: 0, of: 1 },
    address: { origin: server.origin, socketPath: null, acceptsAnyCertificate: false, keepAlive: true },
    client: way.client,
    operations: [{ blueprints: [{ method: 'GET', path: '/', headers: [], body: null }], weight: 1 }],
    seed: 0,
    firstSerial: { warmup: 0, window: 0 },
    timeoutMs: 1000,
    maxConnections: CONNECTIONS,
    maxQueue: ratePerSecond,
    pacing: way.pacing,
    warmup: { durationMs: 0, connections: CONNECTIONS, ratePerSecond },
  };
  // What a trial says while it runs is nobody's progress.
  const result = await measureCell({
    ...{ clock, generator, target: server, share, signal, mask: new SecretMask() },
    subject: { operations: [] },
    observe: () => {},
    abort: undefined,
    probes: [],
  });
  signal.throwIfAborted();
  if (result === undefined) throw new Error('the load generator ended without a result');
  return result;
}
