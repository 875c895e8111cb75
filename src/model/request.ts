import { z } from 'zod';
import type { AnswerCheck } from './answer-check.js';

/** A request ready to be sent: nothing about it is decided while measuring. */
export const requestBlueprintSchema = z.strictObject({
  method: z.string(),
  /** Path and query, as they go on the wire. */
  path: z.string(),
  /** Name, value, name, value … */
  headers: z.array(z.string()),
  /** Text goes as UTF-8. */
  body: z.union([z.string(), z.instanceof(Uint8Array)]).nullable(),
});
export type RequestBlueprint = z.infer<typeof requestBlueprintSchema>;

/** Which request goes out as the one with this index. */
export type RequestSource = (index: number) => RequestBlueprint;

/** Where one value of a request came from, for `bench list --requests`. */
export type ValueOrigin = 'override' | 'data' | 'captured' | 'example' | 'default' | 'enum' | 'generated';

/** A secret that goes with a request; never shown, never stored. */
export interface Credential {
  readonly place: 'header' | 'query' | 'cookie';
  readonly name: string;
  readonly value: string;
}

/** An operation of the document with its prepared requests. */
export interface PreparedOperation {
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
