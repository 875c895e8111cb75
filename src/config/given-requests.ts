import { readFileSync } from 'node:fs';
import { codeOf, reasonOf } from '../kernel/errors.js';
import { redactText } from '../kernel/redact-text.js';
import { bodyModeSchema } from '../model/config/operation-rules.js';
import type { RunConfig } from '../model/config/run-config.js';
import type { Scenario } from '../model/config/scenario.js';
import type { GivenBody, GivenRequest } from '../model/requests/given-request.js';
import type { FlagReader, RunFlags } from './flag-reader.js';
import { readRequestLine } from './request-line.js';

/** Methods that are usually sent with a body. */
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'QUERY']);
/** Methods that are usually sent without; of all others nobody knows. */
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/** The requests of `--request`, with the body of `--body`; null where a document says what to send. */
export function resolveGivenRequests(
  read: FlagReader,
  flags: RunFlags,
  scenario: Scenario,
  target: RunConfig['target'],
): RunConfig['requests'] {
  const { request: lines = [], spec } = flags;
  if (lines.length === 0) return null;
  if (spec !== undefined)
    read.problems.push('--request and --spec exclude each other: a document says itself what to send');
  const origin = target.kind === 'url' ? target.url : null;
  const requests = lines.flatMap((line): GivenRequest[] => {
    const parsed = readRequestLine(line, origin);
    if (typeof parsed !== 'string') return [{ ...parsed, body: null }];
    read.problems.push(`--request: ${parsed}`);
    return [];
  });
  refuseTwice(read, requests);
  const list = flags.body === undefined ? requests : withBody(read, requests, flags.body);
  return { list, leftAside: leftAside(scenario) };
}

/** What the scenario says of the operations of its document. */
function leftAside(scenario: Scenario): string[] {
  const { setup, cleanup, exclude, twins } = scenario;
  const lists = Object.entries({ setup, cleanup, exclude, twins }).filter(([, list]) => list.length > 0);
  const { values, operations, load } = scenario;
  const rules = Object.entries({ values, operations, 'load.weights': load.weights ?? {} }).filter(
    ([, rule]) => Object.keys(rule).length > 0,
  );
  return [...lists, ...rules].map(([key]) => key);
}

function refuseTwice(read: FlagReader, requests: readonly GivenRequest[]): void {
  const names = requests.map(({ method, path }) => `${method} ${path}`);
  const twice = new Set(names.filter((name, at) => names.indexOf(name) < at));
  for (const name of twice) read.problems.push(`--request: '${redactText(name)}' is there twice`);
}

/** One request alone gets the body whatever its method; of several those whose methods usually have one. */
function withBody(read: FlagReader, requests: readonly GivenRequest[], text: string): GivenRequest[] {
  const body = readBody(read, text);
  const isAlone = requests.length === 1;
  const unclear = requests.filter(({ method }) => !WITH_BODY.has(method) && !WITHOUT_BODY.has(method));
  const takers = requests.filter(({ method }) => isAlone || WITH_BODY.has(method));
  if (!isAlone && unclear.length > 0) {
    const names = [...new Set(unclear.map(({ method }) => method))].join(' and ');
    read.problems.push(
      `--body: whether ${names} is sent with it is not clear: measure that request in a run of its own`,
    );
  } else if (takers.length === 0 && requests.length > 0) {
    const methods = [...WITH_BODY].join(', ');
    read.problems.push(
      `--body: of several requests those with ${methods} get it, and here is none: give one --request alone`,
    );
  }
  if (takers.some(({ method }) => method === 'TRACE'))
    read.problems.push('--body: a TRACE has no body (RFC 9110)');
  return requests.map((one) => (takers.includes(one) ? { ...one, body } : one));
}

function readBody(read: FlagReader, text: string): GivenBody | null {
  if (bodyModeSchema.safeParse(text).success) {
    read.problems.push(
      `--body: with --request it is the body itself, or @file, and ${text} says how much of a described body is sent: to send that word, put it into a file`,
    );
    return null;
  }
  if (!text.startsWith('@')) return { contentType: typeOfText(text), content: text };
  const file = text.slice(1);
  try {
    const content = Uint8Array.from(readFileSync(file));
    return { contentType: typeOfBytes(content), content };
  } catch (error) {
    const why = codeOf(error) === 'ENOENT' ? 'there is no such file' : reasonOf(error);
    read.problems.push(`--body: the file ${redactText(file) || 'behind @'} could not be read: ${why}`);
    return null;
  }
}

function typeOfBytes(content: Uint8Array): string {
  try {
    return typeOfText(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch (error) {
    if (error instanceof TypeError) return 'application/octet-stream';
    throw error;
  }
}

function typeOfText(text: string): string {
  try {
    JSON.parse(text);
    return 'application/json';
  } catch (error) {
    if (error instanceof SyntaxError) return 'text/plain;charset=utf-8';
    throw error;
  }
}
