import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { UserError } from '../../kernel/errors.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Worktree } from '../../target/revisions/git.js';

/**
 * A configuration for another revision: what is started, and the files that the scenario names, are those of the
 * worktree. The scenario's own words stay, so that both sides get the same load. Throws `UserError`.
 */
export function inWorktree(config: RunConfig, worktree: Worktree): RunConfig {
  const { target, spec } = config;
  if (target.kind === 'url') throw new Error('a server that runs already has no worktree');
  const document = spec === null ? null : placeIn(worktree, spec);
  return {
    ...config,
    folder: folderIn(worktree, config.folder) ?? config.folder,
    target: { ...target, folder: folderIn(worktree, target.folder) ?? target.folder },
    // A document that is made and not kept with the code is the same for both.
    spec: document !== null && existsSync(document) ? document : spec,
  };
}

/** As `placeIn`, of a folder that has to be there. Throws `UserError`. */
export function folderIn(worktree: Worktree, path: string): string | null {
  const folder = placeIn(worktree, path);
  if (folder === null || existsSync(folder)) return folder;
  throw new UserError(
    'usage',
    `${worktree.commit.slice(0, 10)} has no folder ${relative(worktree.folder, folder)}.`,
    'Choose a later revision, or start bench ab in a folder that both revisions have.',
  );
}

/** Where a file or folder of the repository is in the worktree; null = it is not of the repository. */
function placeIn({ repository, folder }: Worktree, path: string): string | null {
  if (!isAbsolute(path) || !existsSync(path)) return null;
  const inside = relative(repository, realpathSync(path));
  return inside === '..' || inside.startsWith('../') || isAbsolute(inside) ? null : join(folder, inside);
}
