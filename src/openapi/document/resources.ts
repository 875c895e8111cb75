import { lookUp } from './look-up.js';
import type { OpenApiDocument } from './open-api-document.js';
import { visitPositions } from './visit-positions.js';

/** The parts of a document that give themselves a URI: by `$id`, or the whole by 3.2's `$self`. */
interface Resources {
  /** What a reference at a place leads to, read from the resource around that place. */
  find(reference: string, from: object): unknown;
}

/** For references without a base of their own; relative ones only have to be equal. */
const NOWHERE = 'http://document.invalid/';

const known = new WeakMap<OpenApiDocument, Resources>();

/** Looked at once, when a reference first needs it: few documents have any. */
export function resourcesOf(document: OpenApiDocument): Resources {
  const before = known.get(document);
  if (before) return before;
  const resources = new FoundResources(document);
  known.set(document, resources);
  return resources;
}

class FoundResources implements Resources {
  private readonly byUri = new Map<string, object>();
  private readonly byAnchor = new Map<string, unknown>();
  private readonly bases = new Map<object, string>();
  private readonly base: string;

  constructor(document: OpenApiDocument) {
    this.base = absolute(document['$self'], NOWHERE);
    this.byUri.set(this.base, document);
    const inside: Record<string, unknown>[] = [];
    visitPositions(document, (node) => {
      const { $id } = node;
      if (typeof $id === 'string' && $id !== '' && !$id.startsWith('#')) inside.push(node);
    });
    this.name(document, this.base);
    // Outer ones come first, so that inner ones are relative to them, and their parts are theirs in the end.
    for (const node of inside) this.add(node);
  }

  find(reference: string, from: object): unknown {
    const base = this.bases.get(from) ?? this.base;
    return this.at(absolute(reference, base)) ?? this.at(absolute(reference, this.base));
  }

  private at(uri: string): unknown {
    const [address = '', fragment = ''] = uri.split(/#(.*)/s);
    const resource = this.byUri.get(address);
    if (resource === undefined || fragment === '') return resource;
    return fragment.startsWith('/') ? lookUp(resource, `#${fragment}`) : this.byAnchor.get(uri);
  }

  private add(node: Readonly<Record<string, unknown>>): void {
    const uri = absolute(node['$id'], this.bases.get(node) ?? this.base).replace(/#.*/s, '');
    this.byUri.set(uri, node);
    this.name(node, uri);
  }

  private name(root: object, base: string): void {
    visitPositions(root, (node) => {
      if (base !== this.base) this.bases.set(node, base);
      for (const anchor of [node['$anchor'], node['$dynamicAnchor']]) {
        const uri = typeof anchor === 'string' ? `${base}#${anchor}` : undefined;
        if (uri !== undefined && !this.byAnchor.has(uri)) this.byAnchor.set(uri, node);
      }
    });
  }
}

function absolute(reference: unknown, base: string): string {
  if (typeof reference !== 'string' || !URL.canParse(reference, base)) return base;
  return new URL(reference, base).href;
}
