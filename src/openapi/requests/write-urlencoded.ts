import { writeExactly } from '../../kernel/exact-json.js';
import type { PartEncoding } from '../document/described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import { contentText } from './fill-path.js';
import { encode, encodeUnreserved } from '../../kernel/percent-encoding.js';
import { asText, serializePairs } from './serialize-value.js';
import type { BodyValue, WrittenBody } from './body-value.js';

const REPEATED = { style: 'form', explode: true } as const;

/** Lists repeat their name, objects are JSON, unless the document says how. */
export function writeUrlencoded({ body, value }: BodyValue): Pick<WrittenBody, 'content' | 'problem'> {
  if (!isObject(value)) {
    return { content: encode(asText(value)), problem: 'a form needs an object, and the value is none' };
  }
  const fields = Object.entries(value).filter(([, field]) => field !== null && field !== undefined);
  return {
    content: fields.flatMap(([name, field]) => pairsOf(name, field, encodingOf(body, name))).join('&'),
    problem: null,
  };
}

/** What the document says of the field, if anything. */
export function encodingOf({ encoding }: BodyValue['body'], name: string): PartEncoding | undefined {
  return Object.hasOwn(encoding, name) ? encoding[name] : undefined;
}

function pairsOf(name: string, field: unknown, encoding: PartEncoding | undefined): string[] {
  const { serialization = null, contentType = null } = encoding ?? {};
  if (serialization) {
    return serializePairs(
      name,
      field,
      serialization,
      serialization.allowReserved ? encodeUnreserved : encode,
    );
  }
  if (contentType !== null) return [`${encode(name)}=${encode(contentText(field, contentType))}`];
  return serializePairs(name, isObject(field) ? writeExactly(field) : field, REPEATED, encode);
}
