import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from '../../kernel/errors.js';
import type { Observer } from '../../model/live/run-events.js';
import type { AbPlan, Revision } from '../../model/results/ab-plan.js';
import { sweepWorktreeAfterKill } from '../../target/processes/sweeper.js';
import { addWorktree, removeWorktree, type Worktree } from '../../target/revisions/git.js';
import { runStep } from '../../target/run-step.js';
import { makeScratchFolder } from '../target/scratch-folder.js';
import { programs } from '../target/programs.js';
import { folderIn } from './in-worktree.js';
import type { AbSide } from './plan-runs.js';

export interface WorktreeOptions {
  readonly plan: Pick<AbPlan, 'folder' | AbSide>;
  /** Commands that make a revision ready. */
  readonly prepare: readonly (readonly string[])[];
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

/** Undefined = the working directory as it is. */
export type Worktrees = Readonly<Partial<Record<AbSide, Worktree>>>;

/** Works with the revisions of a plan checked out and made ready; they are removed again however the work ends. */
export async function withWorktrees<T>(
  options: WorktreeOptions,
  work: (worktrees: Worktrees) => Promise<T>,
): Promise<T> {
  const { plan, observe } = options;
  const asked = (['base', 'candidate'] as const).flatMap((side) => {
    const revision = plan[side];
    return revision === null ? [] : [{ side, revision }];
  });
  if (asked.length === 0) return work({});
  const parent = await makeScratchFolder();
  const made: Partial<Record<AbSide, Worktree>> = {};
  try {
    for (const { side, revision } of asked) {
      const { repository, commit } = revision;
      const worktree = { repository, commit, folder: join(parent, side) };
      sweepWorktreeAfterKill(worktree);
      made[side] = worktree;
      observe({ kind: 'stage', message: `checking out ${inWords(side, revision)}` });
      await addWorktree(worktree);
      await prepare(options, side, revision, worktree);
    }
    return await work(made);
  } finally {
    await remove(parent, Object.values(made), observe);
  }
}

/** `the base (origin/main, 1a2b3c4d5e)` */
export function inWords(side: AbSide, { name, commit }: Revision): string {
  const short = commit.slice(0, 10);
  return `the ${side} (${commit.startsWith(name) ? short : `${name}, ${short}`})`;
}

async function prepare(
  { prepare: commands, plan, observe, signal }: WorktreeOptions,
  side: AbSide,
  revision: Revision,
  worktree: Worktree,
): Promise<void> {
  for (const words of commands) {
    const title = words.join(' ');
    observe({ kind: 'stage', message: `${side}: ${title}` });
    await runStep({
      supervisor: programs.superviseTarget,
      ...{ title, words, signal, whose: inWords(side, revision) },
      folder: folderIn(worktree, plan.folder) ?? worktree.folder,
      scratch: worktree.folder,
      onLine: (line) => observe({ kind: 'stage', message: `${side}: ${title}: ${line}` }),
    });
  }
}

/** A leftover one is a nuisance, but no reason to lose the results. */
async function remove(parent: string, worktrees: readonly Worktree[], observe: Observer): Promise<void> {
  try {
    for (const worktree of worktrees) await removeWorktree(worktree);
    await rm(parent, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    const message = `The folder ${parent} could not be removed: ${reasonOf(error)}. Remove it by hand.`;
    observe({ kind: 'notice', message });
  }
}
