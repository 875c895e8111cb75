import { fullFormats } from 'ajv-formats/dist/formats.js';

/** How a format is tested: of texts, or of numbers. */
export type FormatTest =
  | { readonly type: 'string'; readonly isValid: (text: string) => boolean }
  | { readonly type: 'number'; readonly isValid: (value: number) => boolean };

/** A format beyond this length is not tested: some of their expressions take quadratic time. */
const LONGEST_FOR_FORMAT = 2000;

type KnownFormat =
  | true
  | RegExp
  | ((text: string) => boolean)
  | { type: 'number'; validate: (value: number) => boolean }
  | { validate: RegExp | ((text: string) => boolean) };

/** By name, as ajv-formats knows them. */
export const FORMAT_TESTS: ReadonlyMap<string, FormatTest> = new Map(
  Object.entries(fullFormats).flatMap(([name, format]) => {
    const test = bounded(format as KnownFormat);
    return test ? [[name, test]] : [];
  }),
);

function bounded(format: KnownFormat): FormatTest | undefined {
  if (format === true) return undefined;
  if (typeof format === 'object' && 'type' in format) return { type: 'number', isValid: format.validate };
  const test = typeof format === 'object' && 'validate' in format ? format.validate : format;
  const isValid = test instanceof RegExp ? (text: string): boolean => test.test(text) : test;
  return { type: 'string', isValid: (text) => text.length > LONGEST_FOR_FORMAT || isValid(text) };
}
