import zlib from 'node:zlib';

type Decode = (body: Buffer, options: { maxOutputLength: number }) => Buffer;

const DECODERS: Readonly<Record<string, Decode | undefined>> = {
  identity: (body) => body,
  gzip: zlib.gunzipSync,
  'x-gzip': zlib.gunzipSync,
  br: zlib.brotliDecompressSync,
  // Some servers leave out the frame that RFC 9110, 8.4.1.2 asks for; it begins with 8 in the low half of a byte.
  deflate: (body, options) =>
    ((body[0] as number) & 0x0f) === 8 ? zlib.inflateSync(body, options) : zlib.inflateRawSync(body, options),
  // Not in every version of Node that bench runs on.
  zstd: (zlib as { zstdDecompressSync?: Decode }).zstdDecompressSync,
};

/**
 * A body without its content encodings. Undefined when one of them is not known here, when the body is not
 * encoded so, or when it would be larger than `mostBytes`.
 */
export function decodeBody(body: Buffer, contentEncoding: string, mostBytes: number): Buffer | undefined {
  const encodings = contentEncoding
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');
  let decoded = body;
  // The last one was applied last: RFC 9110, 8.4.
  for (const encoding of encodings.reverse()) {
    // An answer to HEAD names the encoding of a body that does not come.
    if (decoded.length === 0) return decoded;
    const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
    if (decode === undefined) return undefined;
    try {
      decoded = decode(decoded, { maxOutputLength: mostBytes });
    } catch {
      return undefined; // it is no such encoding, or too large: which is what the callers ask
    }
  }
  return decoded;
}
