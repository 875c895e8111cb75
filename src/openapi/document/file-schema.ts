import type { Schema } from './schema-at.js';

/** Whether a schema describes the bytes of a file: `binary`, or a content that is not written as text. */
export function isFileSchema({ type, format, contentMediaType, contentEncoding }: Schema): boolean {
  const isText = type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string'));
  if (!isText || contentEncoding !== undefined) return false;
  return (
    format === 'binary' || (typeof contentMediaType === 'string' && !/json|^text\//i.test(contentMediaType))
  );
}

const ABOUT_THE_READER =
  /^(title|description|summary|deprecated|externalDocs|readOnly|writeOnly|nullable|\$comment|x-.*)$/;

/** Whether a schema says nothing of the value: what 3.1 writes for a file whose media type says all. */
export function isOpenSchema(schema: Schema): boolean {
  return Object.keys(schema).every((word) => ABOUT_THE_READER.test(word));
}
