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
  const text = textOf(kept, contentType ?? '');
  const masked = text && withoutSecrets(text, kept.status, request);
  return {
    contentType: contentType === null ? null : maskSecrets(contentType, request),
    text: masked?.slice(0, MOST_CHARACTERS) ?? null,
    bodyBytes: kept.bodyBytes,
    isCut: text?.isCut === true || (masked?.length ?? 0) > MOST_CHARACTERS,
  };
}

interface Text {
  readonly text: string;
  readonly isCut: boolean;
}

/** Null where nobody can know them. */
function withoutSecrets({ text, isCut }: Text, status: number, request: RequestBlueprint): string | null {
  const masked = maskSecrets(text, request);
  if (status >= FIRST_REFUSED_STATUS) return masked;
  if (isCut) return null;
  return maskSecrets(masked, { method: '', path: '', headers: [], body: masked });
}

/** Null when it is none, or was not kept. What is cut in the middle of a character is left out. */
function textOf(kept: KeptAnswer, contentType: string): Text | null {
  const body = kept.keepsBody ? kept.body : undefined;
  if (body === undefined) return null;
  const isCut = kept.isCut || body.length > MOST_READ_BYTES;
  const bytes = body.subarray(0, MOST_READ_BYTES);
  const [, charset] = /\bcharset="?([^\s;"]+)/i.exec(contentType) ?? [];
  // Older servers write pages in this one, and say nothing.
  const other = charset === undefined && /^text\//i.test(contentType) ? 'latin1' : undefined;
  const text = decoded(bytes, charset ?? 'utf-8', isCut) ?? (other ? decoded(bytes, other, isCut) : null);
  return text === null || text.includes('\0') ? null : { text, isCut };
}

function decoded(bytes: Buffer, charset: string, isCut: boolean): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return null; // bytes that are no text of this encoding, or an encoding that nobody knows
  }
}
