import { z } from 'zod';
import type { AnswerCheck } from './answer-check.js';

/** Digits of a request that each sending fills with its own serial number. */
const holeSchema = z.strictObject({
  /** A number is the index of a value in `headers`. */
  place: z.union([z.literal('path'), z.literal('body'), z.int().nonnegative()]),
  /** Of the first digit: in characters, in a body of bytes in bytes. */
  at: z.int().nonnegative(),
  digits: z.int().positive(),
});
export type Hole = z.infer<typeof holeSchema>;

/** A request ready to be sent: nothing about it is decided while measuring but the digits in its holes. */
export const requestBlueprintSchema = z.strictObject({
  method: z.string(),
  /** Path and query, as they go on the wire. */
  path: z.string(),
  /** Name, value, name, value … */
  headers: z.array(z.string()),
  /** Text goes as UTF-8. */
  body: z.union([z.string(), z.instanceof(Uint8Array)]).nullable(),
  /** In the order of their places; left out = each sending is the same. */
  holes: z.array(holeSchema).optional(),
});
export type RequestBlueprint = z.infer<typeof requestBlueprintSchema>;

/** Which request goes out as the one with this index. */
export interface RequestSource {
  blueprintAt(index: number): RequestBlueprint;
  /** What fills its holes; another number for each index. */
  serialAt(index: number): number;
  /** Which of the share's operations it asks. */
  operationAt(index: number): number;
}

/** Where one value of a request came from, for `bench list --requests`. */
export type ValueOrigin =
  'override' | 'serial' | 'data' | 'captured' | 'example' | 'default' | 'enum' | 'generated';

/** A secret that goes with a request; never shown, never stored. */
export interface Credential {
  readonly place: 'header' | 'query' | 'cookie';
  readonly name: string;
  readonly value: string;
}

/** An operation of the document with its requests. */
export interface BuiltOperation {
  readonly operation: Operation;
  readonly blueprints: readonly RequestBlueprint[];
  /** What its answers must be; undefined = 2xx. */
  readonly check?: AnswerCheck | undefined;
  /** By place and name: `path.item_id` → `override`. */
  readonly origins: Readonly<Record<string, ValueOrigin>>;
  /** Of those that are `captured`: whose answers they come from, as `POST /items`. */
  readonly capturedFrom?: Readonly<Record<string, string>>;
  /** What may make the server refuse these requests, in words for people: `body.name: the example is not valid …`. */
  readonly problems: readonly string[];
  /** How many requests the rows make that may each be sent only once; undefined = no such limit. */
  readonly uniqueRows?: number | undefined;
}

/** One operation of an OpenAPI document. */
export interface Operation {
  /** operationId, or made from method and path where the document has none. */
  readonly id: string;
  readonly method: string;
  /** The template, as in the document, with the server's base path in front. */
  readonly path: string;
  readonly tags: readonly string[];
}
