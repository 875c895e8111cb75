import {
  ValueMaker,
  type MadeValue,
  type ValueOptions,
  type ValueRequest,
} from '../../src/openapi/values/value-maker.js';

export type Wanted = Partial<ValueRequest & ValueOptions> & { readonly document?: Record<string, unknown> };

export function makerFor({ document = {}, seed = 1, bodyMode = 'default' }: Wanted = {}): ValueMaker {
  return new ValueMaker(document, { seed, bodyMode });
}

/** One variant of a value for a schema: of a body, unless said otherwise. */
export function madeValue(schema: unknown, wanted: Wanted = {}, variant = 0): MadeValue {
  const { key = 'body', place = 'body', examples = [] } = wanted;
  return makerFor(wanted).make({ key, place, schema, examples }, variant);
}

export function valueOf(schema: unknown, wanted?: Wanted): unknown {
  return madeValue(schema, wanted).value;
}

export function variantsOf(schema: unknown, count: number, wanted?: Wanted): unknown[] {
  return Array.from({ length: count }, (_, variant) => madeValue(schema, wanted, variant).value);
}
