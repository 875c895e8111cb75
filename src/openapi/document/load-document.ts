import { readFile } from 'node:fs/promises';
import { timeLimit } from '../../kernel/clock.js';
import type { Fetch } from '../../model/fetch.js';
import { codeOf, reasonOf, UserError } from '../../kernel/errors.js';

/** An OpenAPI document as it came: nothing about it is taken for granted. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

const LIMIT_MS = 30_000;
const LIMIT_BYTES = 64 * 1024 * 1024;

/** Reads a document from an http(s) URL or a file. */
export async function loadDocument(
  location: string,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
  fetch: Fetch = globalThis.fetch,
): Promise<OpenApiDocument> {
  const isUrl = /^https?:\/\//i.test(location);
  const text = isUrl ? await download(location, headers, signal, fetch) : await readFromFile(location);
  return parse(text, location);
}

async function download(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
  fetch: Fetch,
): Promise<string> {
  let answer: Awaited<ReturnType<Fetch>>;
  let text: string;
  try {
    answer = await fetch(url, { headers, signal: timeLimit(LIMIT_MS, signal) });
    text = await answer.text();
  } catch (error) {
    throw new UserError(
      'run',
      `The OpenAPI document could not be read from ${url}: ${reasonOf(error)}.`,
      LOCATION_HINT,
    );
  }
  if (!answer.ok) {
    throw new UserError(
      'run',
      `The OpenAPI document is not at ${url}: status ${answer.status}.`,
      LOCATION_HINT,
    );
  }
  if (text.length > LIMIT_BYTES) {
    throw new UserError(
      'run',
      `The document at ${url} is larger than 64 MB.`,
      'Save the part that you need to a file and name it with --spec FILE.',
    );
  }
  return text;
}

const LOCATION_HINT = 'Name its path, URL or file with --spec, or with `spec:` in the scenario file.';

async function readFromFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = codeOf(error) === 'ENOENT' ? 'there is no such file' : reasonOf(error);
    throw new UserError('usage', `The OpenAPI document ${file} could not be read: ${why}.`, LOCATION_HINT);
  }
}

function parse(text: string, location: string): OpenApiDocument {
  if (/^\s*</.test(text)) {
    throw new UserError('run', `${location} is a web page (HTML), not an OpenAPI document.`, LOCATION_HINT);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(
      'run',
      `The OpenAPI document ${location} is not valid JSON: ${reasonOf(error)}.`,
      'Documents in YAML are not read yet: convert it to JSON, and name it with --spec FILE.',
    );
  }
  if (!isObject(value) || !isObject(value['paths']) || Object.keys(value['paths']).length === 0) {
    throw new UserError(
      'run',
      `The document ${location} describes no paths, so there is nothing to load.`,
      LOCATION_HINT,
    );
  }
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
