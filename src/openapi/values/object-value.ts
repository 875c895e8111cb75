import { together } from './array-value.js';
import { isFileSchema } from '../document/file-schema.js';
import { schemaAt } from '../document/schema-at.js';
import { patternEngine } from './pattern-engine.js';
import { isPlaceholder } from './given-values.js';
import { isReadOnly } from './read-only.js';
import { shapeAt } from './read-shape.js';
import { bothShapes, type Shape } from './shape.js';
import { textForPatterns } from './pattern-text.js';
import type { Grower } from './grower.js';
import { wishFor, type Wish } from './wish.js';

const MOST_CONDITIONS = 20;
/** More properties than this are not invented; the check says that there are too few. */
const MOST_INVENTED = 200;
/** Objects that require nothing are sent whole down to this depth. */
const DEEPEST_WHOLE = 3;
/** Optional properties below this depth are left out of full bodies. */
const DEEPEST_OPTIONAL = 5;

/** An object with what it must have and what the mode asks for. Undefined when what it must have cannot be made. */
export function growObject(
  grower: Grower,
  plain: Shape,
  wish: Wish,
): Readonly<Record<string, unknown>> | undefined {
  const object = new GrowingObject(grower, plain, wish);
  return object.addRequired() ? object.addOptional().asObject() : undefined;
}

class GrowingObject {
  private readonly values = new Map<string, unknown>();
  private readonly impossible = new Set<string>();
  private met = 0;

  constructor(
    private readonly grower: Grower,
    private shape: Shape,
    private readonly wish: Wish,
  ) {}

  asObject(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.values);
  }

  /** What is required, what must come with that, and as many as there must be. */
  addRequired(): boolean {
    const isWhole = this.addNames() && this.addUpTo(this.shape.limits.minProperties ?? 0);
    return isWhole || this.grower.manner.isLenient;
  }

  addOptional(): this {
    const { maxProperties = Infinity } = this.shape.limits;
    for (const name of this.shape.properties.keys()) {
      if (this.values.size >= maxProperties || !this.grower.hasRoom()) break;
      if (this.isWanted(name)) this.addWithCompanions(name);
    }
    const isEmptyMap = this.values.size === 0 && this.shape.properties.size === 0;
    if (isEmptyMap && this.grower.manner.bodyMode === 'full' && this.hasRests()) this.addUpTo(1);
    return this;
  }

  private hasRests(): boolean {
    return this.shape.rests.length + this.shape.byPattern.length > 0;
  }

  private isWanted(name: string): boolean {
    const { document, depth, manner } = this.grower;
    if (this.values.has(name) || this.impossible.has(name)) return false;
    const schemas = this.schemasFor(name);
    if (schemas.some((schema) => isReadOnly(document, schema))) return false;
    if (manner.bodyMode === 'full') return depth <= DEEPEST_OPTIONAL && !this.isDeprecated(schemas);
    if (manner.bodyMode !== 'default') return false;
    return (
      this.bringsValue(schemas) ||
      this.isFile(schemas) ||
      (this.requiresNothing && !this.isDeprecated(schemas))
    );
  }

  /** Who requires nothing has not said what the server needs, and it needs something. */
  private get requiresNothing(): boolean {
    const { depth } = this.grower;
    return this.wish.place === 'body' && depth <= DEEPEST_WHOLE && this.shape.required.length === 0;
  }

  /** A form without its file is none. */
  private isFile(schemas: readonly unknown[]): boolean {
    const { document, depth } = this.grower;
    if (this.wish.place !== 'body' || depth > 1) return false;
    const said = schemas.map((schema) => schemaAt(document, schema));
    return said.some((schema) => {
      const items = schema?.['items'] === undefined ? undefined : schemaAt(document, schema['items']);
      return [schema, items].some((one) => one !== undefined && isFileSchema(one));
    });
  }

  private isDeprecated(schemas: readonly unknown[]): boolean {
    return schemas.some((schema) => schemaAt(this.grower.document, schema)?.['deprecated'] === true);
  }

  private bringsValue(schemas: readonly unknown[]): boolean {
    const shape = shapeAt(this.grower.document, together(schemas));
    return shape !== undefined && bringsValue(shape);
  }

  /** An optional property that would need others which cannot be made is left out again. */
  private addWithCompanions(name: string): void {
    const { companions, conditions } = this.shape;
    if (companions.length + conditions.length === 0) {
      if (!this.addOne(name)) this.impossible.add(name);
      return;
    }
    const [values, shape] = [new Map(this.values), this.shape];
    const { maxProperties = Infinity } = shape.limits;
    if (this.addOne(name) && this.addNames() && this.values.size <= maxProperties) return;
    this.impossible.add(name);
    this.shape = shape;
    this.values.clear();
    for (const [before, value] of values) this.values.set(before, value);
  }

  /** All that is required by name, until what is there asks for nothing more. */
  private addNames(): boolean {
    for (let names = this.missingNames(); names.length > 0; names = this.missingNames()) {
      for (const name of names) {
        this.applyConditions();
        if (this.isSettled(name) || this.addOne(name)) continue;
        if (!this.grower.manner.isLenient) return false;
        this.impossible.add(name);
      }
    }
    return true;
  }

  private missingNames(): string[] {
    this.applyConditions();
    const { required, companions } = this.shape;
    const brought = companions.filter(([name]) => this.values.has(name)).flatMap(([, names]) => names);
    return [...required, ...brought].filter((name) => !this.isSettled(name));
  }

  private isSettled(name: string): boolean {
    if (this.values.has(name) || this.impossible.has(name)) return true;
    return this.schemasFor(name).some((schema) => isReadOnly(this.grower.document, schema));
  }

  /** `dependentSchemas` of the properties that are there. */
  private applyConditions(): void {
    const { conditions } = this.shape;
    const due = conditions.filter(([name]) => this.values.has(name));
    if (due.length === 0 || this.met >= MOST_CONDITIONS) return;
    this.met += due.length;
    for (const [, schema] of due) {
      const more = shapeAt(this.grower.document, schema);
      this.shape = (more && bothShapes(this.shape, more)) ?? this.shape;
    }
    const rest = this.shape.conditions.filter((condition) => !due.includes(condition));
    this.shape = { ...this.shape, conditions: rest };
  }

  private addOne(name: string): boolean {
    const value = this.grower.grow(together(this.schemasFor(name)), wishFor(this.wish, name));
    if (value === undefined) return false;
    this.values.set(name, value);
    return true;
  }

  /** All that a property must fit: its own schema, those by pattern, and those for all others. */
  private schemasFor(name: string): readonly unknown[] {
    const own = this.shape.properties.get(name) ?? [];
    const matching = this.shape.byPattern.filter(([pattern]) => matches(pattern, name));
    const rests = this.shape.rests.filter(
      ({ names, patterns }) => !names.has(name) && !patterns.some((pattern) => matches(pattern, name)),
    );
    return [...own, ...matching.map(([, schema]) => schema), ...rests.map(({ schema }) => schema)];
  }

  /** Optional properties, then invented ones, until there are enough. */
  private addUpTo(count: number): boolean {
    for (const name of this.shape.properties.keys()) {
      if (this.values.size >= count) return true;
      if (!this.isSettled(name)) this.addWithCompanions(name);
    }
    const wanted = Math.min(count, this.values.size + MOST_INVENTED);
    for (let attempt = 0; this.values.size < wanted && attempt < 2 * MOST_INVENTED; attempt += 1) {
      const name = this.inventedName(attempt);
      if (name !== undefined && !this.values.has(name)) this.addOne(name);
    }
    return this.values.size >= count;
  }

  private inventedName(attempt: number): string | undefined {
    const [first] = this.shape.nameSchemas;
    const wish = { ...wishFor(this.wish, 'name', attempt + 1), name: '' };
    if (first !== undefined) {
      const name = this.grower.grow(together([...this.shape.nameSchemas, { type: 'string' }]), wish);
      return typeof name === 'string' ? name : undefined;
    }
    const patterns = this.shape.byPattern.map(([pattern]) => pattern);
    const pattern = patterns[attempt % Math.max(1, patterns.length)];
    if (pattern === undefined) return `key${attempt + 1}`;
    return textForPatterns([pattern], { least: 1, most: 100 }, wish);
  }
}

function matches(pattern: string, name: string): boolean {
  return patternEngine(pattern)?.test(name) ?? false;
}

/** Whether the document gives the value: an example, a default, a const or an enum of one. */
export function bringsValue({ examples, presets, choices }: Shape): boolean {
  const given = [...examples, ...presets, ...(choices?.length === 1 ? choices : [])];
  return given.some((value) => value !== null && value !== '' && !isPlaceholder(value));
}
