import { resolve } from 'node:path';
import { systemClock as clock } from '../../kernel/clock.js';
import { journeysTaken } from '../../model/config/journeys.js';
import { maskFor } from '../../config/redact.js';
import type { SecretMask } from '../../config/secret-mask.js';
import { describeLimits } from '../../observe/describe-limits.js';
import { recallFitness } from '../../store/fitness-store.js';
import { RunStore } from '../../store/run-store.js';
import { sweepAfterKill } from '../../target/processes/sweeper.js';
import { confineCases } from '../target/confine-cases.js';
import { defaultFolder } from './default-folder.js';
import { emptyRecord } from './empty-record.js';
import { maskedObserver, withMaskedErrors } from '../target/masked-observer.js';
import { noteTimeScale } from './note-time-scale.js';
import { planEngine } from './plan-engine.js';
import { readApiFile } from '../document/read-api.js';
import { refuseRemote } from '../target/refuse-remote.js';
import { Run } from './run.js';
import type { RunOptions, RunResult } from './run-result.js';
import { RowShares } from './share-rows.js';

const JOURNEYS_NOT_TAKEN =
  "The scenario's journeys are not taken: users take them, and this load has none. --users 10 makes one that has.";

/** Does a whole run: every cell on a started target, each stored as soon as it ends. */
export async function runTest({ observe, ...rest }: RunOptions): Promise<RunResult> {
  const mask = maskFor(rest.config);
  const options = { ...rest, observe: maskedObserver(observe, mask) };
  return withMaskedErrors(mask, () => startRun(options, mask));
}

async function startRun(options: RunOptions, mask: SecretMask): Promise<RunResult> {
  const isLocal = await refuseRemote(options.config, options.observe);
  const engine = planEngine(options.config, await describeLimits(), isLocal, await recallFitness());
  for (const message of engine.notices) options.observe({ kind: 'notice', message });
  if (options.config.journeys !== null && journeysTaken(options.config) === null)
    options.observe({ kind: 'notice', message: JOURNEYS_NOT_TAKEN });
  noteTimeScale(options.config, options.observe);
  const cases = confineCases(options.config.cases, options.observe);
  const api = await readApiFile(options.config, options);
  // Better before the target is started, where the document is known so early.
  if (api) new RowShares(options.config, api).refuseTooFew();
  const record = await emptyRecord(options);
  options.signal.throwIfAborted();
  // From its first moment on a results directory says what it is: nothing takes time before its record is written.
  const folder = resolve(options.config.out ?? defaultFolder(clock.unixMs()));
  const store = await RunStore.create(folder, () => sweepAfterKill('results', folder));
  await store.writeRun(record);
  options.observe({ kind: 'run-started', record, folder: store.folder });
  const run = new Run(options, { engine, cases }, store, record, mask, api);
  return run.toItsEnd();
}
