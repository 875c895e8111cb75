import type { RequestBlueprint } from '../model/requests/request.js';

/** The body as people may see it: of bytes only how many and of what. */
export function shownBody({ body, headers }: Pick<RequestBlueprint, 'body' | 'headers'>): string | null {
  if (typeof body === 'string' || body === null) return body;
  const at = headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === 'content-type');
  const type = (headers[at + 1] ?? '').split(';')[0] ?? '';
  return `<${bytesInWords(body.byteLength)} ${type}>`;
}

function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
