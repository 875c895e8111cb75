import { Buffer } from 'node:buffer';
import { writeExactly } from '../../kernel/exact-json.js';
import { seedFor } from '../../kernel/random.js';
import { isObject } from '../../kernel/is-object.js';
import { isOpenSchema } from '../document/file-schema.js';
import type { Schema } from '../document/schema-at.js';
import { fieldsAt, likelySchema, typeIncludes } from './fields-at.js';
import { concreteType, formatOf } from './media-type.js';
import { fileTypeByName, sampleFile } from './sample-file.js';
import { asText, plainPairs } from './serialize-value.js';
import type { BodyValue, WrittenBody } from './body-value.js';
import { encodingOf } from './write-urlencoded.js';

interface Part {
  readonly name: string;
  /** Of files only. */
  readonly fileName: string | null;
  /** Null = plain text, without a header that says so. */
  readonly contentType: string | null;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** RFC 7578: one part for each field, each file and each element of a list. */
export function writeMultipart(wanted: BodyValue, contentType: string): WrittenBody {
  const essence = (contentType.split(';')[0] ?? '').trim();
  const parts = isObject(wanted.value) ? partsOf(wanted, wanted.value) : [];
  const boundary = boundaryFor(parts);
  const problem = isObject(wanted.value) ? null : 'a form needs an object, and the value is none';
  return {
    contentType: `${essence}; boundary=${boundary}`,
    content: joinParts(parts, boundary),
    problem: essence.toLowerCase() === 'multipart/form-data' ? problem : `${essence} is written as form data`,
  };
}

/** Of a field that the document does not name. Unlike the schema that says nothing of a named one, this is no file. */
const UNKNOWN: Schema = { examples: [] };

function partsOf(wanted: BodyValue, value: Readonly<Record<string, unknown>>): Part[] {
  const { properties } = fieldsAt(wanted.document, wanted.body.schema);
  const fields = Object.entries(value).filter(([, field]) => field !== null && field !== undefined);
  return fields.flatMap(([name, field]) => {
    const schema = likelySchema(wanted.document, properties.get(name) ?? UNKNOWN);
    const isList = Array.isArray(field) && !typeIncludes(schema, 'string');
    const { serialization = null, contentType = null } = encodingOf(wanted.body, name) ?? {};
    const inner = isList ? likelySchema(wanted.document, schema['items'] ?? UNKNOWN) : schema;
    // Of a file there is no style: Swagger 2.0 says one of every field.
    if (serialization && fileTypeOf(inner, contentType, name) === null) {
      return plainPairs(name, field, serialization).map(([partName, content]) => {
        return { name: partName, fileName: null, contentType: null, content };
      });
    }
    return isList
      ? field.map((one) => partOf(wanted, name, one, inner))
      : [partOf(wanted, name, field, inner)];
  });
}

function partOf(wanted: BodyValue, name: string, value: unknown, schema: Schema): Part {
  const said = encodingOf(wanted.body, name)?.contentType ?? null;
  const fileType = fileTypeOf(schema, said, name);
  if (fileType !== null) {
    const { extension, content } = sampleFile(fileType);
    const isGiven = wanted.isGiven('body') || wanted.isGiven(`body.${name}`);
    return {
      name,
      fileName: `${name.replace(/[^\w-]+/g, '_')}.${extension}`,
      contentType: fileType,
      content: isGiven ? asText(value) : content,
    };
  }
  const isText = typeof value !== 'object' && (said === null || !/json/i.test(said));
  return {
    name,
    fileName: null,
    contentType: said === null ? (isText ? null : 'application/json') : concreteType(said),
    content: isText ? asText(value) : writeExactly(value),
  };
}

/** The media type of a field that is a file; null when it is none. */
function fileTypeOf(schema: Schema, said: string | null, name: string): string | null {
  const { format, contentMediaType: media, contentEncoding } = schema;
  const isString = typeIncludes(schema, 'string') || schema['type'] === undefined;
  const type = said === null ? null : concreteType(said);
  const isSaid = type !== null && isString && (formatOf(type) === 'bytes' || format === 'binary');
  if (isSaid) return type;
  // OpenAPI 3.1 describes a file by saying nothing of its value.
  if (isOpenSchema(schema)) return type ?? fileTypeByName(name);
  const isMedia = typeof media === 'string' && contentEncoding === undefined && formatOf(media) === 'bytes';
  // Just “bytes” is what frameworks say of any file, whatever is wanted.
  if (isMedia && media !== 'application/octet-stream') return concreteType(media);
  return isMedia || (format === 'binary' && isString) ? fileTypeByName(name) : null;
}

/** In none of the parts, and the same for the same parts, whatever serial numbers they hold. */
function boundaryFor(parts: readonly Part[]): string {
  const texts = parts.map(({ content }) =>
    typeof content === 'string' ? content : Buffer.from(content).toString('latin1'),
  );
  const seed = texts.join().replace(/\d/g, '0');
  for (let attempt = 0; ; attempt += 1) {
    const boundary = `openapi-bench-${seedFor(attempt, seed).toString(16).padStart(8, '0')}`;
    if (!texts.some((text) => text.includes(boundary))) return boundary;
  }
}

function joinParts(parts: readonly Part[], boundary: string): Uint8Array<ArrayBuffer> {
  const chunks = parts.flatMap(({ name, fileName, contentType, content }) => {
    const file = fileName === null ? '' : `; filename="${quoted(fileName)}"`;
    const type = contentType === null ? '' : `\r\nContent-Type: ${contentType}`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}${type}\r\n\r\n`;
    return [Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')];
  });
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
}

/** As browsers write names: what would end them is percent-encoded. */
function quoted(name: string): string {
  return name.replace(/["\r\n]/g, encodeURIComponent);
}
