import type { Body } from '../document/described-operation.js';
import type { OpenApiDocument } from '../document/open-api-document.js';

export interface WrittenBody {
  readonly contentType: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
  /** What may make the server refuse it. */
  readonly problem: string | null;
}

/** A value to write as a body. */
export interface BodyValue {
  readonly document: OpenApiDocument;
  readonly body: Body;
  readonly value: unknown;
  /** Whether the user gave the value with this key: `body`, or `body.name` of one field. */
  readonly isGiven: (key: string) => boolean;
}
