/*
 * Reads a multipart body by RFC 7578 and tells which of its parts are files. Strict, since a server is: throws
 * where the framing is not as it must be.
 */
import { follow, isRecord, listOf, propertiesOf } from './document.js';

/** @typedef {import('./document.js').Node} Node */

/**
 * @typedef {object} FormPart
 * @property {string} name
 * @property {string} text bytes as Latin-1 where they are no UTF-8
 * @property {string | null} fileName null = the part says none
 */

/** @param {Uint8Array} bytes @param {string} contentType @returns {FormPart[]} */
export function readParts(bytes, contentType) {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (!boundary) throw new Error('the content type names no boundary');
  const mark = `\r\n--${boundary[1] ?? boundary[2] ?? ''}`;
  const text = `\r\n${Buffer.from(bytes).toString('latin1')}`;
  const [before, ...parts] = text.split(mark);
  if (before !== '' || !/^--(?:\r\n)?$/.test(parts.at(-1) ?? ''))
    throw new Error('it does not begin and end with its boundary');
  return parts.slice(0, -1).map(readPart);
}

/** @param {string} part @returns {FormPart} */
function readPart(part) {
  const end = part.indexOf('\r\n\r\n');
  if (!part.startsWith('\r\n') || end < 0) throw new Error('a part has no head');
  const said = /^content-disposition: *form-data;(.*)$/im.exec(part.slice(2, end))?.[1] ?? '';
  const name = /(?:^|;) *name="([^"]*)"/i.exec(said);
  if (!name) throw new Error('a part has no name');
  const fileName = /; *filename="([^"]*)"/i.exec(said);
  return {
    name: fromLatin1(name[1] ?? ''),
    text: fromLatin1(part.slice(end + 4)),
    fileName: fileName ? fromLatin1(fileName[1] ?? '') : null,
  };
}

/** @param {string} text */
function fromLatin1(text) {
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}

/**
 * What is wrong with the file names: a server looks for a file in the parts that have one, and for text in the others.
 * Null when nothing is.
 * @param {Node} document @param {unknown} schema @param {Node} encoding @param {readonly FormPart[]} parts @returns {string | null}
 */
export function wrongFileName(document, schema, encoding, parts) {
  const properties = propertiesOf(document, schema);
  for (const { name, fileName } of parts) {
    if (!properties.has(name)) continue;
    const kind = kindOf(document, properties.get(name), encoding[name]);
    if (kind === 'file' && (fileName === null || fileName === '')) return `the file ${name} has no file name`;
    if (kind === 'text' && fileName !== null) return `${name} is sent as the file ${fileName}`;
  }
  return null;
}

/** The files that a form without parts cannot carry. @param {Node} document @param {unknown} schema @param {ReadonlySet<string>} names */
export function filesAmong(document, schema, names) {
  const properties = [...propertiesOf(document, schema)];
  return properties
    .filter(([name, property]) => names.has(name) && kindOf(document, property, undefined) === 'file')
    .map(([name]) => name);
}

/** Files, texts, and what may be either. @param {Node} document @param {unknown} property @param {unknown} encoding @returns {'file' | 'text' | 'either'} */
function kindOf(document, property, encoding) {
  const field = follow(document, property);
  const node = field?.['items'] === undefined ? field : follow(document, field['items']);
  if (!node) return 'either';
  if (node['type'] === 'file' || (node['format'] === 'binary' && isText(node['type']))) return 'file';
  // Servers may read what has a type of its own as either.
  if (isRecord(encoding) && encoding['contentType'] !== undefined) return 'either';
  const isPlain = ['string', 'integer', 'number', 'boolean'].some((type) => node['type'] === type);
  return isPlain && node['contentMediaType'] === undefined ? 'text' : 'either';
}

/** @param {unknown} type */
function isText(type) {
  return type === undefined || type === 'string' || listOf(type).includes('string');
}
