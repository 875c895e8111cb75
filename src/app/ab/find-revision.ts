import { UserError } from '../../kernel/errors.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Revision } from '../../model/results/ab-plan.js';
import { commitOf, repositoryOf } from '../../target/revisions/git.js';

/** The commit that is meant by a revision of the repository that holds the target. Throws `UserError`. */
export async function findRevision(name: string, { target }: Pick<RunConfig, 'target'>): Promise<Revision> {
  if (target.kind === 'url') {
    throw new UserError(
      'usage',
      `${target.url} runs already, so it cannot be started at the revision ${name}.`,
      "Say how to start it: --command 'node server.js --port {port}', or name two servers with --base-url and --candidate-url.",
    );
  }
  const repository = await repositoryOf(target.folder);
  if (repository === null) {
    throw new UserError(
      'usage',
      `${target.folder} is in no git repository, so there is no revision ${name} of it.`,
      'Start bench ab in the repository of the server, or name a --scenario of it.',
    );
  }
  return { name, repository, commit: await commitOf(repository, name) };
}
