import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { systemClock as clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import { redactCommand } from '../../kernel/redact-text.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { AB_PLAN_VERSION, type AbPlan } from '../../model/results/ab-plan.js';
import { AbStore } from '../../store/ab-store.js';
import { defaultFolder } from '../run/default-folder.js';
import { findRevision } from './find-revision.js';
import type { AbSide } from './plan-runs.js';

/** One that is begun, or begun again. */
export interface BegunAb {
  readonly plan: AbPlan;
  /** Where its results go. */
  readonly folder: string;
  /** Undefined = nothing of it is on the disk. */
  readonly store: AbStore | undefined;
}

interface Asked {
  /** The words of the command line. */
  readonly command: readonly string[];
  readonly configs: Readonly<Record<AbSide, RunConfig>>;
  /** Revisions as they were named. */
  readonly revisions: Readonly<Partial<Record<AbSide, string | undefined>>>;
  readonly repeats: number;
  /** Null = named by the time. */
  readonly out: string | null;
}

/** Decides what is measured: revisions are those that their names mean now. Writes nothing. */
export async function beginAb({ command, configs, revisions, repeats, out }: Asked): Promise<BegunAb> {
  const revisionOf = async (side: AbSide): Promise<AbPlan[AbSide]> => {
    const name = revisions[side];
    return name === undefined ? null : findRevision(name, configs[side]);
  };
  const plan: AbPlan = {
    schemaVersion: AB_PLAN_VERSION,
    id: randomUUID(),
    startedAt: new Date(clock.unixMs()).toISOString(),
    command: redactCommand(command),
    folder: process.cwd(),
    ...{ seed: configs.base.seed, repeats },
    base: await revisionOf('base'),
    candidate: await revisionOf('candidate'),
  };
  return { plan, folder: resolve(out ?? defaultFolder(clock.unixMs(), 'ab')), store: undefined };
}

/** What is in a directory that was begun before. Throws `UserError`. */
export async function reopenAb(path: string): Promise<BegunAb> {
  const { store, plan } = await AbStore.open(path);
  if (plan.folder === process.cwd()) return { store, plan, folder: store.folder };
  throw new UserError(
    'usage',
    `${store.folder} was begun in another folder, by which its files are named.`,
    `Go on there: cd ${plan.folder} && bench ab --resume ${store.folder}`,
  );
}

export function createAb({ folder, plan }: BegunAb): Promise<AbStore> {
  return AbStore.create(folder, plan);
}
