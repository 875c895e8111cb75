import type { ValueOrigin } from '../../model/requests/request.js';
import type { Place } from '../document/described-operation.js';

/** How much of an object body is sent. */
export type BodyMode = 'required' | 'default' | 'full';

/** What a value is wanted for. */
export interface ValueRequest {
  /** `path.item_id`, `body`, `body.name`: values of different keys differ. */
  readonly key: string;
  readonly place: Place | 'body';
  /** As in the document. */
  readonly schema: unknown;
  /** Given beside the schema, before any in it. */
  readonly examples: readonly unknown[];
}

export interface MadeValue {
  readonly value: unknown;
  readonly origin: ValueOrigin;
  /** Why the value may be refused, or why an example was passed over; null = nothing to say. */
  readonly problem: string | null;
}

export interface ValueOptions {
  readonly seed: number;
  readonly bodyMode: BodyMode;
}
