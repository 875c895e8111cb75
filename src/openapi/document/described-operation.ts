import type { DocumentProblem } from '../../model/requests/document-problem.js';
import type { Operation } from '../../model/requests/request.js';

/** Where a parameter goes. */
export type Place = 'path' | 'query' | 'header' | 'cookie';

/** How arrays and objects are written in a parameter; `tabDelimited` is Swagger 2.0's `tsv`. */
export type Style =
  'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'tabDelimited' | 'deepObject';

export interface Serialization {
  readonly style: Style;
  readonly explode: boolean;
  /** Whether `:/?#[]@!$&'()*+,;=` go as they are. */
  readonly allowReserved: boolean;
}

export interface Parameter extends Serialization {
  readonly name: string;
  readonly place: Place;
  readonly required: boolean;
  /** As in the document: read it with `schemaAt`. */
  readonly schema: unknown;
  /** The parameter's own, before any in its schema. */
  readonly examples: readonly unknown[];
  /** Of one whose value is a document of its own, as JSON in a query. */
  readonly contentType: string | null;
}

/** How one property of a form is written. */
export interface PartEncoding {
  readonly contentType: string | null;
  /** Null = not said: arrays repeat the name, objects are JSON. */
  readonly serialization: Serialization | null;
}

/** The body of the one media type that is sent: JSON before forms before all others. */
export interface Body {
  readonly contentType: string;
  readonly required: boolean;
  readonly schema: unknown;
  readonly examples: readonly unknown[];
  /** Of forms, by property. */
  readonly encoding: Readonly<Record<string, PartEncoding>>;
}

/** An operation with what is needed to build its request. */
export interface DescribedOperation extends Operation {
  /** The template without the server's base path, as selectors name it. */
  readonly template: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body | null;
  /** The media types that it declares for its successes. */
  readonly answerTypes: readonly string[];
  /** Alternatives; each names the schemes that it needs together. One without schemes = none needed. */
  readonly security: readonly (readonly string[])[];
}

export type SecurityScheme =
  | { readonly kind: 'api-key'; readonly place: 'query' | 'header' | 'cookie'; readonly name: string }
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer' }
  | {
      readonly kind: 'oauth2';
      /** As in the document, often relative to the server; null when no flow has one. */
      readonly tokenUrl: string | null;
      readonly flows: readonly ('password' | 'client-credentials' | 'other')[];
    }
  /** What bench cannot do by itself: openIdConnect, mutualTLS, digest …. */
  | { readonly kind: 'other'; readonly name: string };

/** All that a document says, in words of ours, whichever version it is written in. */
export interface ApiDescription {
  readonly operations: readonly DescribedOperation[];
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  /** What was skipped or left out, each with the reason. */
  readonly problems: readonly DocumentProblem[];
}
