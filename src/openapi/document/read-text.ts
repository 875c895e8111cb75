import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { timeLimit } from '../../kernel/clock.js';
import { codeOf, reasonOf, UserError } from '../../kernel/errors.js';
import { printable } from '../../kernel/text.js';
import { headerOf, LARGEST_BODY_BYTES, type Fetch, type Fetched } from '../../model/requests/fetch.js';

/** How a document is read. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Reads what is at a URL. */
  readonly fetch?: Fetch;
  readonly stdin?: Readable & { readonly isTTY?: boolean };
}

/** The location that means standard input. */
export const STANDARD_INPUT = '-';

const LIMIT_MS = 30_000;

const LOCATION_HINT = 'Name its path, URL or file with --spec, or with `spec:` in the scenario file.';
const USUAL_PATHS =
  'Usual places are /openapi.json, /v3/api-docs, /swagger/v1/swagger.json and /swagger.json.';
const LOGIN_HINT =
  "Where it is on the target, send what it asks for with --header 'Authorization: Bearer …'; headers go nowhere else. Or save the document and name it with --spec FILE.";

export function isUrl(location: string): boolean {
  return /^https?:\/\//i.test(location);
}

/** What a location is called in messages. */
export function nameOf(location: string): string {
  return location === STANDARD_INPUT ? 'standard input' : location;
}

/** The text at an http(s) URL, of a file, or of standard input; a UserError when there is none, or over 64 MB. */
export async function readText(location: string, options: ReadOptions): Promise<string> {
  if (isUrl(location)) return download(location, options);
  return location === STANDARD_INPUT ? readStdin(options) : readFile(location, options.signal);
}

async function download(url: string, { signal, fetch }: ReadOptions): Promise<string> {
  if (fetch === undefined) throw new Error(`nothing leads to ${url}`);
  try {
    const answer = await fetch(url, { signal: timeLimit(LIMIT_MS, signal), refusesLarge: true });
    if (answer.status < 200 || answer.status > 299) throw refused(url, answer.status);
    if (answer.body === null) throw unreadable(url, answer);
    return textOf(answer.body, url);
  } catch (error) {
    if (error instanceof UserError || signal?.aborted === true) throw error;
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    const why = isLate ? `it was not there within ${LIMIT_MS / 1000} s` : reasonOf(error);
    throw new UserError('run', `The OpenAPI document could not be read from ${url}: ${why}.`, LOCATION_HINT);
  }
}

function unreadable(url: string, answer: Fetched): UserError {
  const encoding = headerOf(answer, 'content-encoding');
  if (encoding === null || answer.bytesReceived > LARGEST_BODY_BYTES) return tooLarge(url);
  return new UserError(
    'run',
    `The document ${url} could not be decoded: its content-encoding is ${printable(encoding)}, or it is larger than 64 MB.`,
    SAVE_HINT,
  );
}

function refused(url: string, status: number): UserError {
  if (status === 401 || status === 403) {
    const message = `The OpenAPI document at ${url} is not for everyone: status ${status}.`;
    return new UserError('run', message, LOGIN_HINT);
  }
  const hint = status === 404 ? `${LOCATION_HINT} ${USUAL_PATHS}` : LOCATION_HINT;
  return new UserError('run', `The OpenAPI document is not at ${url}: status ${status}.`, hint);
}

async function readStdin({ stdin = process.stdin, signal }: ReadOptions): Promise<string> {
  if (stdin.isTTY === true) {
    throw new UserError(
      'usage',
      'The OpenAPI document is to come from standard input (--spec -), but that is a terminal.',
      'Pipe it in, as in `bench list --spec - < openapi.yaml`, or name a file with --spec.',
    );
  }
  return gather(signal ? addAbortSignal(signal, stdin) : stdin, nameOf(STANDARD_INPUT));
}

async function readFile(file: string, signal: AbortSignal | undefined): Promise<string> {
  try {
    return await gather(createReadStream(file, signal ? { signal } : {}), file);
  } catch (error) {
    if (error instanceof UserError || signal?.aborted === true) throw error;
    const why = WHY_NOT[codeOf(error) ?? ''] ?? reasonOf(error);
    throw new UserError('usage', `The OpenAPI document ${file} could not be read: ${why}.`, LOCATION_HINT);
  }
}

const WHY_NOT: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
};

async function gather(chunks: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  const read: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    sizeBytes += chunk.length;
    if (sizeBytes > LARGEST_BODY_BYTES) throw tooLarge(name);
    read.push(chunk);
  }
  return textOf(Buffer.concat(read), name);
}

/** In UTF-8, or UTF-16 as Windows saves it; compressed by gzip or not. */
function textOf(bytes: Buffer, name: string): string {
  const [first, second] = bytes;
  if (first === 0x1f && second === 0x8b) return textOf(unzipped(bytes, name), name);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (first === 0 && second !== 0) return new TextDecoder('utf-16be').decode(bytes);
  const isWide = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  return isWide ? new TextDecoder('utf-16le').decode(bytes) : bytes.toString('utf8');
}

function unzipped(bytes: Buffer, name: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST_BODY_BYTES });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name);
    throw new UserError('run', `The document ${name} is no whole gzip file: ${reasonOf(error)}.`, SAVE_HINT);
  }
}

const SAVE_HINT = 'Save the part that you need to a file and name it with --spec FILE.';

function tooLarge(name: string): UserError {
  return new UserError('run', `The document ${name} is larger than 64 MB.`, SAVE_HINT);
}
