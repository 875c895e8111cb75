/*
 * Hot path: `saysClose` runs for headers as long as `connection`. What undici and the answers that it reads say, made out.
 */
import { classifyFailure } from './classify-failure.js';

/** What bench cannot read, it closes itself. */
export const UNREADABLE: ReadonlySet<string> = new Set(['invalid-response', 'headers-too-large']);
/** undici's own word for the end of a connection that was to carry no more requests. */
export const CLOSED_AS_ANNOUNCED = 'reset';

export function kindOf(error: Error, status: number): string {
  const kind = classifyFailure(error);
  // undici calls so whatever it cannot read in a head with a length.
  return kind === 'content-length-mismatch' && status === 0 ? 'invalid-response' : kind;
}

/** As long as `keep-alive`. */
export const CONNECTION_LENGTH = 'connection'.length;
const NO_TIME = /\btimeout=0\b/;

/** Also by `Keep-Alive: timeout=0`, after which undici closes the connection. */
export function saysClose(name: Buffer, value: Buffer): boolean {
  const text = textOf(value);
  const header = textOf(name);
  return header === 'connection' ? text.includes('close') : header === 'keep-alive' && NO_TIME.test(text);
}

function textOf(bytes: Buffer): string {
  return bytes.toString('latin1').toLowerCase();
}
