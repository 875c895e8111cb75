import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';
import { childrenOf } from './branches.js';
import { listOf } from './json-type.js';
import { shapeOf } from './read-shape.js';
import { ANY_SHAPE, bothShapes, type Shape } from './shape.js';

/** Branches in branches: deeper ones, and more than so many together, are not looked at. */
const DEEPEST = 16;
const MOST = 60;

/** By the shape of a schema: a value of many variants asks for them each time. */
const known = new WeakMap<Shape, readonly Shape[]>();

/** The shapes that fit a schema with one branch chosen from each of its groups: those that are not null first. */
export function alternativesOf(document: OpenApiDocument, schema: Schema, shape: Shape): readonly Shape[] {
  const before = known.get(shape);
  if (before) return before;
  const alternatives = searched(document, schema, shape);
  known.set(shape, alternatives);
  return alternatives;
}

function searched(document: OpenApiDocument, schema: Schema, shape: Shape): readonly Shape[] {
  const whole = withHeirs(document, schema, shape);
  if (whole.groups.length === 0) return [shape];
  const search = new Search(document);
  search.choose(whole, 0);
  return [...search.found.filter(isMoreThanNull), ...search.found.filter((one) => !isMoreThanNull(one))];
}

/** With one group more where the schema inherits, or others inherit from it. */
function withHeirs(document: OpenApiDocument, schema: Schema, shape: Shape): Shape {
  const inherited = shape.bases.flatMap((base) => heirs(document, schema, base));
  return inherited.length > 0 ? { ...shape, groups: [...shape.groups, inherited] } : shape;
}

/** A schema that others inherit from stands for one of them; one of those for itself alone. */
function heirs(document: OpenApiDocument, schema: Schema, base: Schema): readonly unknown[] {
  const children = childrenOf(document, base);
  const itself = children.find((child) => child.schema === schema);
  if (itself) return [itself.pinned];
  const isWrapper = schema['properties'] === undefined && listOf(schema['allOf']).length === 1;
  return schema === base || isWrapper ? children.map(({ pinned }) => pinned) : [];
}

function isMoreThanNull({ types, choices }: Shape): boolean {
  const isNullType = types?.length === 1 && types[0] === 'null';
  const isNullChoice = choices?.every((choice) => choice === null) === true;
  return !isNullType && !isNullChoice;
}

class Search {
  readonly found: Shape[] = [];
  private visited = 0;

  constructor(private readonly document: OpenApiDocument) {}

  choose(shape: Shape, depth: number): void {
    this.visited += 1;
    if (this.found.length >= MOST || this.visited > 10 * MOST) return;
    const [group, ...groups] = shape.groups;
    if (!group) {
      this.found.push(shape);
      return;
    }
    if (depth >= DEEPEST) return;
    for (const branch of group) {
      const schema = schemaAt(this.document, branch);
      const own = schema ? shapeOf(this.document, schema) : ANY_SHAPE;
      const branchShape = own && (schema ? withHeirs(this.document, schema, own) : own);
      // The branch's own words first: its examples and formats are closer to the value.
      const both = branchShape && bothShapes(branchShape, { ...shape, groups });
      if (both) this.choose(both, depth + 1);
    }
  }
}
