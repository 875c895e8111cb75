import { unreachable } from '../../kernel/errors.js';
import { writeExactly } from '../../kernel/exact-json.js';
import type { BodyValue, WrittenBody } from './body-value.js';
import { isOpenSchema } from '../document/file-schema.js';
import { isObject } from '../../kernel/is-object.js';
import { schemaAt } from '../document/schema-at.js';
import { concreteType, formatOf } from './media-type.js';
import { sampleFile } from './sample-file.js';
import { asText } from './serialize-value.js';
import { writeMultipart } from './write-multipart.js';
import { writeUrlencoded } from './write-urlencoded.js';
import { writeXml } from './write-xml.js';

/** Text or bytes that the user gave as a whole body go as they are; all else is written as the media type wants it. */
export function writeBody(wanted: BodyValue): WrittenBody {
  const { body, value } = wanted;
  const contentType = concreteType(body.contentType);
  if ((typeof value === 'string' || value instanceof Uint8Array) && wanted.isGiven('body'))
    return {
      contentType,
      content: typeof value === 'string' ? value : Uint8Array.from(value),
      problem: null,
    };
  const format = formatOf(contentType);
  switch (format) {
    case 'json':
      return { contentType, content: writeExactly(value), problem: null };
    case 'json-lines':
      return { contentType, content: jsonLines(value, contentType), problem: null };
    case 'text':
      return {
        contentType,
        content: isUndescribed(wanted) ? sampleFile(contentType).content : asText(value),
        problem: null,
      };
    case 'urlencoded':
      return { contentType, ...writeUrlencoded(wanted) };
    case 'multipart':
      return writeMultipart(wanted, contentType);
    case 'xml':
      return { contentType, ...writeXml(wanted) };
    case 'bytes':
      return { contentType, ...writeBytes(wanted, contentType) };
    default:
      return unreachable(format);
  }
}

function jsonLines(value: unknown, contentType: string): string {
  const lines = Array.isArray(value) ? (value as unknown[]) : [value];
  // RFC 7464 puts a record separator before each.
  const mark = /json-seq/i.test(contentType) ? '\u001e' : '';
  return lines.map((line) => `${mark}${writeExactly(line)}\n`).join('');
}

function writeBytes(wanted: BodyValue, contentType: string): Pick<WrittenBody, 'content' | 'problem'> {
  const { value, isGiven } = wanted;
  if (isGiven('body')) return { content: asText(value), problem: null };
  if (typeof value === 'object' && value !== null && !isUndescribed(wanted)) {
    return { content: writeExactly(value), problem: `${contentType} cannot be written: JSON is sent` };
  }
  return { content: sampleFile(contentType).content, problem: null };
}

/** What is sent where a schema says nothing: OpenAPI 3.1 describes what is no JSON by its media type alone. */
function isUndescribed({ document, body, value, isGiven }: BodyValue): boolean {
  const isNothing = isObject(value) && Object.keys(value).length === 0;
  return isNothing && !isGiven('body') && isOpenSchema(schemaAt(document, body.schema) ?? {});
}
