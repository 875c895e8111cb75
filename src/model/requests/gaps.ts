import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { writeExactly } from '../../kernel/exact-json.js';
import { encode } from '../../kernel/percent-encoding.js';
import type { RequestBlueprint } from './request.js';

/** A piece of a request that a value fills which came with an earlier answer. */
const gapSchema = z.strictObject({
  /** A number is the index of a value in `headers`. */
  place: z.union([z.literal('path'), z.literal('body'), z.int().nonnegative()]),
  /** Of its first character, and how many the value replaces. */
  at: z.int().nonnegative(),
  length: z.int().positive(),
  /** How the value is written: as JSON of its type, inside a JSON text, percent-encoded, inside XML, or as it is. */
  form: z.enum(['json', 'json-text', 'percent', 'xml', 'text']),
  /** Which value: `path.item_id`. */
  key: z.string(),
});
export type Gap = z.infer<typeof gapSchema>;
export const gapsSchema = z.array(gapSchema);

/** What stands for a value while a request is built; no encoding changes it. */
export function gapMark(number: number): string {
  return `xq7captured${number}zk3x`;
}

/** Where a request that was built with marks for these keys holds them. */
export function findGaps(request: RequestBlueprint, keys: readonly string[]): Gap[] {
  const contentType = headerOf(request, 'content-type');
  return keys.flatMap((key, number) => {
    const inText = (place: Gap['place'], text: string, form: Gap['form']): Gap[] =>
      placesOf(text, gapMark(number)).map((at) => gapAt({ place, text, at, form, key, number }));
    const inHeaders = request.headers.flatMap((text, place) =>
      place % 2 === 1 ? inText(place, text, 'text') : [],
    );
    const body = request.body === null ? [] : inText('body', textOf(request.body), formOf(contentType));
    return [...inText('path', request.path, 'percent'), ...inHeaders, ...body];
  });
}

interface Found extends Omit<Gap, 'length'> {
  readonly text: string;
  readonly number: number;
}

/** A mark that is the whole of a JSON text gives way to a value of whatever type. */
function gapAt({ place, text, at, form, key, number }: Found): Gap {
  const { length } = gapMark(number);
  if (form === 'json' && text[at - 1] === '"' && text[at + length] === '"')
    return { place, at: at - 1, length: length + 2, form, key };
  return { place, at, length, form: form === 'json' ? 'json-text' : form, key };
}

function placesOf(text: string, mark: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) places.push(at);
  return places;
}

function formOf(contentType: string): Gap['form'] {
  if (/\bx-www-form-urlencoded\b/i.test(contentType)) return 'percent';
  if (/json/i.test(contentType)) return 'json';
  return /xml/i.test(contentType) ? 'xml' : 'text';
}

function headerOf({ headers }: RequestBlueprint, name: string): string {
  const at = headers.findIndex((text, place) => place % 2 === 0 && text.toLowerCase() === name);
  return at < 0 ? '' : (headers[at + 1] ?? '');
}

/** The request with the values in its gaps; its holes must have been filled. */
export function fillGaps(
  request: RequestBlueprint,
  gaps: readonly Gap[],
  valueOf: (key: string) => unknown,
): RequestBlueprint {
  if (gaps.length === 0) return request;
  const filled = { ...request, headers: [...request.headers] };
  // From the end, so that the places of those before stay right.
  for (const gap of gaps.toSorted((a, b) => b.at - a.at)) {
    const { place } = gap;
    const value = written(gap, valueOf(gap.key));
    if (place === 'path') filled.path = replaced(filled.path, gap, value);
    else if (place !== 'body') filled.headers[place] = replaced(filled.headers[place] as string, gap, value);
    else if (typeof filled.body === 'string') filled.body = replaced(filled.body, gap, value);
    else if (filled.body !== null) filled.body = replacedBytes(filled.body, gap, value);
  }
  return filled;
}

function replaced(text: string, { at, length }: Gap, value: string): string {
  return text.slice(0, at) + value + text.slice(at + length);
}

function replacedBytes(bytes: Uint8Array, { at, length }: Gap, value: string): Uint8Array<ArrayBuffer> {
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(value), bytes.subarray(at + length)]);
}

/** Of bytes each is one character, so that places of characters are those of bytes. */
function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('latin1');
}

function written({ form, place }: Gap, value: unknown): string {
  switch (form) {
    case 'json':
      return writeExactly(value);
    case 'json-text':
      return JSON.stringify(plainText(value)).slice(1, -1);
    case 'percent':
      return encode(plainText(value));
    case 'xml':
      return plainText(value).replace(/[<>&"']/g, (one) => `&#${one.charCodeAt(0)};`);
    case 'text':
      // A header holds nothing else, and a line break would end it.
      return place === 'body' ? plainText(value) : plainText(value).replace(/[^\t\x20-\x7e\x80-\xff]+/g, ' ');
  }
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : writeExactly(value);
}
