/** Percent-encoded, whatever it holds; halves of characters, which have no encoding, are replaced. */
export function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** As `encode`, but slashes stay: for what takes the rest of a path. */
export function encodeSegments(text: string): string {
  return text.split('/').map(encode).join('/');
}

/** As `encode`, but reserved characters stay, save those that would end the value: `#`, `&`, `+`. */
export function encodeUnreserved(text: string): string {
  return encode(text).replace(/%(3A|2F|3F|5B|5D|40|24|2C|3B|3D)/g, (code) => decodeURIComponent(code));
}

/** What is not allowed on the wire is encoded, all else stays: for templates, which are encoded in part. */
export function encodeForbidden(path: string): string {
  return path.replace(/[^\x21\x22\x24-\x7e]+/gu, encode);
}
