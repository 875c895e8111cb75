import { UserError } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import { canGoOverHttp2 } from '../../load/transport/http2-request.js';
import type { BuiltOperation } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';

/** The operations as they are; refuses, with `--http2`, those with bodies that could not be sent. */
export function sendable(
  { http2 }: RunConfig,
  operations: readonly BuiltOperation[],
): readonly BuiltOperation[] {
  if (!http2) return operations;
  const unfit = operations.filter(({ blueprints }) => !blueprints.every(canGoOverHttp2));
  const [first] = unfit;
  if (first === undefined) return operations;
  const { method, path } = first.operation;
  const more = unfit.length > 1 ? ` (and ${unfit.length - 1} more)` : '';
  throw new UserError(
    'run',
    oneLine(`${method} ${path}${more} has a body, which undici cannot send with ${method} over HTTP/2.`),
    `Leave it out with --exclude '${oneLine(`${method} ${path}`)}', or leave --http2 out.`,
  );
}
