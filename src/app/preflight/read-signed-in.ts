import { isOnTarget } from '../../config/spec-location.js';
import { systemClock as clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import { plural } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { Access } from '../access/access.js';
import { countOperations, getDocument, type GotDocument } from '../document/get-document.js';
import { withCredentials } from '../document/place-credentials.js';
import { describeFor, type Api } from '../document/read-api.js';
import type { SetupOptions } from '../requests/run-setup.js';

type Options = Pick<SetupOptions, 'config' | 'target' | 'mask' | 'observe' | 'signal'>;

/**
 * Reads the document of a target. Some show more of it to those who are signed in: where `auth:` names a login, bench signs
 * in with what the document shows to all, and reads it again.
 */
export async function readSignedIn(options: Options): Promise<Api> {
  const { config, target } = options;
  const open = await getDocument(config, target, options);
  const other = mayShowMore(config) ? await asSignedIn(open, options) : undefined;
  const isMore = other !== undefined && countOperations(other.document) > countOperations(open.document);
  if (isMore) {
    const [all, few] = [other.document, open.document].map((one) => countOperations(one)) as [number, number];
    const message = `Signed in, bench reads ${plural(all, 'operation')} at ${open.spec}, of which ${few} ${few === 1 ? 'is' : 'are'} shown to all.`;
    options.observe({ kind: 'notice', message: oneLine(message) });
  }
  return describeFor(config, isMore ? other : open, options);
}

/** An account of its own, made for this alone, would be one too many. */
function mayShowMore({ spec, auth }: RunConfig): boolean {
  if (spec !== null && !isOnTarget(spec)) return false;
  const entries = [...Object.values(auth.entries), ...Object.values(auth.environment)];
  const isLogin = (entry: (typeof entries)[number]): boolean =>
    typeof entry === 'object' && ('login' in entry || 'password' in entry || 'clientSecret' in entry);
  return entries.some(isLogin) && !entries.some((entry) => typeof entry === 'object' && 'register' in entry);
}

/** Undefined where that does not work: what reads without is good enough, and the real sign-in says what is wrong. */
async function asSignedIn(open: GotDocument, options: Options): Promise<GotDocument | undefined> {
  const { config, target, signal } = options;
  const silent = { ...options, observe: (): void => undefined };
  try {
    const api = await describeFor(withoutSelectors(config), open, silent);
    const access = new Access({ ...silent, clock });
    const security = api.signIns.schemes.map(({ scheme }) => [scheme]);
    // Of what is shown to all, nothing may need them.
    await access.signIn(
      api,
      target,
      api.operations.slice(0, 1).map((one) => ({ ...one, security })),
    );
    const { credentials } = access.credentialsOf({ security });
    const { headers } = withCredentials({ url: target.origin, headers: config.headers }, credentials);
    return await getDocument({ ...config, headers, spec: open.spec }, target, { ...silent, signal });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** What the user says of operations may be of some that only the other document has. */
function withoutSelectors(config: RunConfig): RunConfig {
  const selection = { ...config.selection, pathPrefixes: [], include: [], exclude: [], leftOut: [] };
  return { ...config, selection, values: {}, operations: {}, expect: {}, setup: [], cleanup: [] };
}
