import { unreachable } from '../../kernel/errors.js';
import type { BodyValue, WrittenBody } from './body-value.js';
import { concreteType, formatOf } from './media-type.js';
import { sampleFile } from './sample-file.js';
import { asText } from './serialize-value.js';
import { writeMultipart } from './write-multipart.js';
import { writeUrlencoded } from './write-urlencoded.js';
import { writeXml } from './write-xml.js';

/** Text that the user gave as a whole body goes as it is; all else is written as the media type wants it. */
export function writeBody(wanted: BodyValue): WrittenBody {
  const { body, value } = wanted;
  const contentType = concreteType(body.contentType);
  if (typeof value === 'string' && wanted.isGiven('body'))
    return { contentType, content: value, problem: null };
  const format = formatOf(contentType);
  switch (format) {
    case 'json':
      return { contentType, content: JSON.stringify(value ?? null), problem: null };
    case 'json-lines':
      return { contentType, content: jsonLines(value), problem: null };
    case 'text':
      return { contentType, content: asText(value), problem: null };
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

function jsonLines(value: unknown): string {
  const lines = Array.isArray(value) ? (value as unknown[]) : [value];
  return lines.map((line) => `${JSON.stringify(line ?? null)}\n`).join('');
}

function writeBytes(
  { value, isGiven }: BodyValue,
  contentType: string,
): Pick<WrittenBody, 'content' | 'problem'> {
  if (isGiven('body')) return { content: asText(value), problem: null };
  if (typeof value === 'object' && value !== null) {
    return { content: JSON.stringify(value), problem: `${contentType} cannot be written: JSON is sent` };
  }
  return { content: sampleFile(contentType).content, problem: null };
}
