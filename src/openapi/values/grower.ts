import type { OpenApiDocument } from '../document/open-api-document.js';
import type { BodyMode } from './value-request.js';
import type { Wish } from './wish.js';

/** How a value is made; `careful` checks every part and tries other branches, which costs time. */
export interface Manner {
  readonly bodyMode: BodyMode;
  readonly isCareful: boolean;
  /** Whether parts that cannot be made are left out, also when they are required. */
  readonly isLenient: boolean;
}

/** What parts of a value are made with. */
export interface Grower {
  readonly document: OpenApiDocument;
  readonly manner: Manner;
  /** How many schemas deep it is. */
  readonly depth: number;
  /** Undefined = there is none, as far as can be seen. */
  grow(raw: unknown, wish: Wish): unknown;
  /** Whether there is room for optional parts. */
  hasRoom(): boolean;
}
