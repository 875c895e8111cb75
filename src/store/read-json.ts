import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { codeOf, reasonOf } from '../kernel/errors.js';
import { SCHEMA_VERSION } from '../model/results/run-record.js';
import { isObject } from '../kernel/is-object.js';
import { upgradeV1 } from './version-1/upgrade.js';

/** What became of reading a file of a results directory. */
export type ReadResult<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'newer'; readonly schemaVersion: number }
  | { readonly kind: 'damaged'; readonly why: string };

const versioned = z.object({ schemaVersion: z.number() });

/**
 * Reads one file, whatever is in it; what version 1 wrote comes as version 2. At once: a large run has thousands of
 * small files, and each would wait for Node's file threads several times, for longer than reading it takes.
 */
export function readJson<T>(file: string, schema: z.ZodType<T>): ReadResult<T> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'missing' };
    return { kind: 'damaged', why: error instanceof SyntaxError ? 'it is not JSON' : reasonOf(error) };
  }
  const version = versioned.safeParse(content).data?.schemaVersion;
  if (version !== undefined && version > SCHEMA_VERSION) return { kind: 'newer', schemaVersion: version };
  const { data, error } = schema.safeParse(version === 1 && isObject(content) ? upgradeV1(content) : content);
  if (data !== undefined) return { kind: 'read', value: data };
  const [issue] = error?.issues ?? [];
  const place = issue === undefined || issue.path.length === 0 ? 'it' : issue.path.join('.');
  return { kind: 'damaged', why: `${place}: ${issue?.message ?? 'unexpected'}` };
}
