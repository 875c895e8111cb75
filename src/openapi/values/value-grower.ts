import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';
import { alternativesOf } from './alternatives.js';
import { isPlaceholder } from './given-values.js';
import { growArray } from './array-value.js';
import { isOfType, sameJson, type JsonType } from './json-type.js';
import { numberValue } from './number-value.js';
import type { Grower, Manner } from './grower.js';
import { growObject } from './object-value.js';
import { ANY_SHAPE, type Shape } from './shape.js';
import { shapeOf } from './read-shape.js';
import { schemaCheck } from './schema-check.js';
import { setApart } from './set-apart.js';
import { textValue } from './text-value.js';
import { typesOf } from './types-of-shape.js';
import type { Wish } from './wish.js';

const DEEPEST = 24;
/** Beyond this many parts there are no more: nested schemas can ask for billions. */
const MOST_PARTS = 10_000;
const MOST_OPTIONAL_PARTS = 1000;
const MOST_CHECKS = 300;

/** Makes one value; knows which schemas it is inside of, so that circles end. */
export class ValueGrower implements Grower {
  private readonly inside: Schema[] = [];
  private parts = 0;
  private checks = 0;

  constructor(
    readonly document: OpenApiDocument,
    readonly manner: Manner,
  ) {}

  get depth(): number {
    return this.inside.length;
  }

  hasRoom(): boolean {
    return this.parts < MOST_OPTIONAL_PARTS;
  }

  grow(raw: unknown, wish: Wish): unknown {
    this.parts += 1;
    const schema = schemaAt(this.document, raw);
    // A reference that leads nowhere: anything may do.
    if (!schema) return textValue(ANY_SHAPE, wish);
    const shape = shapeOf(this.document, schema);
    if (!shape || !this.isOpen(schema)) return undefined;
    this.inside.push(schema);
    // What the whole gives itself was looked at before.
    const asked = this.inside.length === 1 ? withoutGiven(shape) : shape;
    const value = this.firstFitting(schema, asked, wish);
    this.inside.pop();
    return value;
  }

  /** Whether a value for this schema has an end: carefully made ones may hold one of their own kind. */
  private isOpen(schema: Schema): boolean {
    if (this.inside.length >= DEEPEST || this.parts > MOST_PARTS) return false;
    const times = this.inside.filter((outer) => outer === schema).length;
    return times < (this.manner.isCareful ? 2 : 1);
  }

  private firstFitting(schema: Schema, shape: Shape, wish: Wish): unknown {
    let best: unknown;
    for (const candidate of this.candidates(schema, shape, wish)) {
      if (candidate === undefined) continue;
      const apart = this.manner.isCareful ? setApart(this.document, schema, candidate) : candidate;
      if (this.fits(schema, apart)) return apart;
      best ??= candidate;
    }
    return this.manner.isLenient ? best : undefined;
  }

  private fits(schema: Schema, value: unknown): boolean {
    if (!this.manner.isCareful || this.checks >= MOST_CHECKS) return true;
    this.checks += 1;
    return schemaCheck(this.document, schema).fits(value);
  }

  private *candidates(schema: Schema, shape: Shape, wish: Wish): Iterable<unknown> {
    yield* givenValues(shape, wish);
    for (const alternative of alternativesOf(this.document, schema, shape)) {
      if (this.parts > MOST_PARTS) return;
      // The steps after the wanted one matter to `not`, which only the check can see.
      for (const later of this.manner.isCareful ? [0, 1, 2, 5] : [0]) {
        yield* this.made(alternative, { ...wish, step: wish.step + later });
      }
    }
    if (shape.types?.includes('null') === true) yield null;
  }

  private *made(shape: Shape, wish: Wish): Iterable<unknown> {
    yield* givenValues(shape, wish);
    if (shape.choices) {
      yield* choicesOf(shape, wish);
      return;
    }
    for (const type of typesOf(shape)) yield this.ofType(type, shape, wish);
  }

  private ofType(type: JsonType, shape: Shape, wish: Wish): unknown {
    switch (type) {
      case 'object':
        return growObject(this, shape, wish);
      case 'array':
        return growArray(this, shape, wish);
      case 'string':
        return textValue(shape, wish);
      case 'integer':
        return numberValue(shape, true, wish);
      case 'number':
        return numberValue(shape, false, wish);
      case 'boolean':
        return wish.step % 2 === 0;
      case 'null':
        return null;
    }
  }
}

const knownWithout = new WeakMap<Shape, Shape>();

function withoutGiven(shape: Shape): Shape {
  if (shape.examples.length + shape.presets.length === 0) return shape;
  const before = knownWithout.get(shape);
  if (before) return before;
  const without = { ...shape, examples: [], presets: [] };
  knownWithout.set(shape, without);
  return without;
}

/** The examples, the default and the choices of a schema in turn; none after the last when others may be made. */
function givenValues(shape: Shape, wish: Wish): readonly unknown[] {
  const given = [...shape.examples, ...shape.presets].filter(
    (value) =>
      value !== null && isOfType(value, shape.types) && isChoice(shape, value) && !isPlaceholder(value),
  );
  return wish.step < given.length ? given.slice(wish.step) : [];
}

function isChoice({ choices }: Shape, value: unknown): boolean {
  return choices === null || choices.some((choice) => sameJson(choice, value));
}

/** Those that are not null first; each step begins with another. */
function choicesOf(shape: Shape, { step }: Wish): readonly unknown[] {
  const inTurn = knownChoices.get(shape) ?? choicesInTurn(shape);
  knownChoices.set(shape, inTurn);
  const start = step % Math.max(1, inTurn.length);
  return start === 0 ? inTurn : [...inTurn.slice(start), ...inTurn.slice(0, start)];
}

const knownChoices = new WeakMap<Shape, readonly unknown[]>();

function choicesInTurn({ choices, presets }: Shape): readonly unknown[] {
  const useful = (choices ?? []).filter((choice) => choice !== null && choice !== '');
  if (useful.length === 0) return choices ?? [];
  const given = presets.filter((preset) => useful.some((choice) => sameJson(choice, preset)));
  const others = useful.filter((choice) => !given.some((one) => sameJson(choice, one)));
  return [...given, ...others];
}
