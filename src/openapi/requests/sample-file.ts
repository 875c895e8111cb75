import { Buffer } from 'node:buffer';

/** A small file that is what its type says. */
export interface SampleFile {
  readonly contentType: string;
  readonly extension: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** One red pixel. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;
/** One grey pixel: every table has one entry. */
const JPEG = [
  'ffd8ffe000104a46494600010100000100010000ffdb004300',
  '01'.repeat(64),
  'ffc0000b080001000101011100',
  `ffc400140001${'00'.repeat(16)}`,
  `ffc400141001${'00'.repeat(16)}`,
  'ffda0008010100003f003fffd9',
].join('');
/** No samples, at 8 kHz. */
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';
/** What tells the type, and no frames. */
const MP4 = 'AAAAGGZ0eXBpc29tAAACAGlzb21tcDQx';
/** `example`, compressed. */
const GZIP = 'H4sIAAAAAAAAA0utSMwtyEnlAgDdZAlSCAAAAA==';
/** An archive without entries: the end of its directory alone. */
const ZIP = 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==';

const base64 = (text: string): Uint8Array<ArrayBuffer> => Buffer.from(text, 'base64');
const utf8 = (text: string): Uint8Array<ArrayBuffer> => Buffer.from(text, 'utf8');

const SAMPLES: ReadonlyMap<string, readonly [extension: string, content: Uint8Array<ArrayBuffer>]> = new Map([
  ['image/png', ['png', base64(PNG)]],
  ['image/gif', ['gif', base64(GIF)]],
  ['image/svg+xml', ['svg', utf8('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')]],
  ['image/jpeg', ['jpg', Buffer.from(JPEG, 'hex')]],
  ['audio/wav', ['wav', base64(WAV)]],
  ['video/mp4', ['mp4', base64(MP4)]],
  ['application/gzip', ['gz', base64(GZIP)]],
  // Two empty blocks end an archive.
  ['application/x-tar', ['tar', Buffer.alloc(1024)]],
  ['application/pdf', ['pdf', utf8(PDF)]],
  ['application/zip', ['zip', base64(ZIP)]],
  ['application/json', ['json', utf8('{}')]],
  ['application/xml', ['xml', utf8('<root/>')]],
  ['text/xml', ['xml', utf8('<root/>')]],
  ['text/csv', ['csv', utf8('name,value\nexample,1\n')]],
  ['text/html', ['html', utf8('<!doctype html><title>example</title>')]],
  ['text/plain', ['txt', utf8('example\n')]],
  ['application/octet-stream', ['bin', utf8('example\n')]],
]);

/** By words in the names of fields, where the document gives no type. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/jpe?g/i, 'image/jpeg'],
  [/image|photo|picture|avatar|logo|icon|thumbnail|banner|png/i, 'image/png'],
  [/audio|sound|voice/i, 'audio/wav'],
  [/video|movie/i, 'video/mp4'],
  [/pdf/i, 'application/pdf'],
  [/csv/i, 'text/csv'],
  [/json/i, 'application/json'],
  [/xml/i, 'application/xml'],
  [/zip|archive/i, 'application/zip'],
];

/** The file to send for a type; types that bench knows no content of get a few bytes. */
export function sampleFile(contentType: string): SampleFile {
  const essence = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const [extension, content] = SAMPLES.get(essence) ?? ['bin', utf8('example\n')];
  return { contentType, extension, content };
}

/** The type of a file that a field is for, by its name. */
export function fileTypeByName(name: string): string {
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'text/plain';
}
