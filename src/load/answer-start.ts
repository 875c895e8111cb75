import type { AnswerStart } from '../model/generation/failed-answer.js';
import { headerOf } from '../model/requests/fetch.js';
import { maskSecrets } from '../model/requests/mask-secrets.js';
import type { RequestBlueprint } from '../model/requests/request.js';
import type { KeptAnswer } from './transport/kept-answer.js';

/** So many characters: an error as JSON can be read only whole. */
const MOST_CHARACTERS = 16 * 1024;
/** So much is read for it: characters may be of several bytes. */
const MOST_READ_BYTES = 4 * MOST_CHARACTERS;
/** Below, an answer may hold secrets of its own, as that to a login does. */
const FIRST_REFUSED_STATUS = 400;

/** How an answer begins, for people, without the secrets of its request. */
export function answerStart(kept: KeptAnswer, request: RequestBlueprint): AnswerStart {
  const contentType = headerOf(kept, 'content-type');
  const body = kept.keepsBody ? kept.body : undefined;
  const read = body && textOf(body.subarray(0, MOST_READ_BYTES), contentType ?? '');
  const text = typeof read === 'string' ? withoutSecrets(read, kept.status, request) : null;
  const isCut = kept.isCut || (body?.length ?? 0) > MOST_READ_BYTES || (text?.length ?? 0) > MOST_CHARACTERS;
  return {
    contentType: contentType === null ? null : maskSecrets(contentType, request),
    text: text?.slice(0, MOST_CHARACTERS) ?? null,
    bodyBytes: kept.bodyBytes,
    isCut,
  };
}

/** Null where it would take too long to know them. */
function withoutSecrets(text: string, status: number, request: RequestBlueprint): string | null {
  const masked = maskSecrets(text, request);
  if (status >= FIRST_REFUSED_STATUS) return masked;
  if (masked.length > MOST_CHARACTERS) return null;
  return maskSecrets(masked, { method: '', path: '', headers: [], body: masked });
}

/** Null when it is none. What is cut in the middle of a character is left out. */
function textOf(body: Buffer, contentType: string): string | null {
  const [, charset] = /\bcharset="?([^\s;"]+)/i.exec(contentType) ?? [];
  const text = decoded(body, charset ?? 'utf-8');
  // Older servers write pages so, and say nothing.
  const isOldPage = text === null && charset === undefined && /^text\//i.test(contentType);
  const result = isOldPage ? decoded(body, 'latin1') : text;
  return result === null || result.includes('\0') ? null : result;
}

function decoded(body: Buffer, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body, { stream: true });
  } catch {
    return null; // bytes that are no text of this encoding, or an encoding that nobody knows
  }
}
