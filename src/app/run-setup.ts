import { UserError } from '../kernel/errors.js';
import { printable } from '../kernel/text.js';
import type { RequestBlueprint } from '../model/request.js';
import type { Target } from '../target/target.js';

/** Sends the scenario's setup requests one after another; each must succeed. */
export async function runSetup(
  target: Target,
  setup: readonly RequestBlueprint[],
  signal: AbortSignal,
): Promise<void> {
  for (const { method, path, headers, body } of setup) {
    const named: Record<string, string> = {};
    for (let at = 0; at < headers.length; at += 2) named[headers[at] as string] = headers[at + 1] as string;
    const answer = await target.fetch(target.origin + path, { method, headers: named, body, signal });
    if (answer.ok) {
      await answer.arrayBuffer();
      continue;
    }
    const said = printable((await answer.text()).slice(0, 500));
    throw new UserError(
      'run',
      `The setup request ${method} ${path} was answered with status ${answer.status}.`,
      said,
    );
  }
}
