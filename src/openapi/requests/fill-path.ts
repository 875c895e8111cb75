import { writeExactly } from '../../kernel/exact-json.js';
import type { Parameter } from '../document/described-operation.js';
import { placeholdersOf } from '../document/placeholders.js';
import { encode, encodeSegments } from '../../kernel/percent-encoding.js';
import { asText, serializeInline } from './serialize-value.js';

/** What stands in for a value that a path cannot hold. */
const STAND_IN = '1';

/** Takes what is wrong with a value, by its key. */
export type Note = (key: string, problem: string) => void;

/** The path of a template; a fragment is left off, since it never goes on the wire. */
export function fillPath(template: string, values: ReadonlyMap<Parameter, unknown>, note: Note): string {
  const byName = new Map([...values.keys()].map((parameter) => [parameter.name, parameter]));
  const path = template.split('#')[0] ?? '';
  const placeholders = new Map(placeholdersOf(path, byName).map((one) => [one.text, one]));
  return path.replace(/\{([^{}]+)\}/g, (whole, text: string) => {
    const { name = '', isGreedy = false } = placeholders.get(text) ?? {};
    const parameter = byName.get(name);
    return parameter ? pathText(parameter, values.get(parameter), isGreedy, note) : whole;
  });
}

function pathText(parameter: Parameter, value: unknown, isGreedyPlace: boolean, note: Note): string {
  const write = isGreedyPlace ? encodeSegments : encode;
  const text =
    parameter.contentType === null
      ? serializeInline(parameter.name, value, parameter, write)
      : write(contentText(value, parameter.contentType));
  if (text !== '' && text !== '.' && text !== '..') return text;
  const why = text === '' ? 'is empty, and a path cannot have an empty part' : `${text} names another path`;
  note(`path.${parameter.name}`, `the value ${why}: ${STAND_IN} is sent`);
  return STAND_IN;
}

/** The value of a parameter that is a document of its own. */
export function contentText(value: unknown, contentType: string): string {
  return /json/i.test(contentType) ? writeExactly(value) : asText(value);
}
