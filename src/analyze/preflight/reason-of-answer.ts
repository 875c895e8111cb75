import { oneLine } from '../../kernel/text.js';
import { complaintInWords, complaintsIn, mainMessageOf, type Complaint } from './complaints.js';

/** Why a server refused a request, as far as it says. */
export interface AnswerReason {
  /** On one line, at most 200 characters; null when it says nothing. */
  readonly reason: string | null;
  /** What it complained of: `body.name`, `query.limit`. */
  readonly fields: readonly string[];
}

const LONGEST_REASON = 200;

/** Reads the error bodies of the usual frameworks, and text of any other kind. */
export function reasonOfAnswer(text: string): AnswerReason {
  const body = parsed(text);
  if (body === undefined) return { reason: shorten(firstLine(text)), fields: [] };
  if (typeof body === 'string') return { reason: shorten(body), fields: [] };
  const complaints = complaintsIn(body);
  if (complaints.length > 0) return fromComplaints(complaints);
  const main = mainMessageOf(body);
  const inWords = main === null ? null : complaintInWords(main);
  return inWords
    ? { reason: shorten(inWords.message), fields: fieldsOf([inWords]) }
    : { reason: shorten(main ?? ''), fields: [] };
}

function fromComplaints(complaints: readonly Complaint[]): AnswerReason {
  const said = complaints.map(({ field, message }) =>
    field === null || message.includes(field.replace(/^.*\./, '')) ? message : `${field}: ${message}`,
  );
  return { reason: shorten([...new Set(said)].join('; ')), fields: fieldsOf(complaints) };
}

function fieldsOf(complaints: readonly Complaint[]): string[] {
  const fields = complaints.map(({ field }) => field).filter((field) => field !== null);
  return [...new Set(fields)].map((field) => cut(oneLine(field)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a page or plain words, which are read as such
  }
}

function firstLine(text: string): string {
  const title = /<title[^>]*>([^<]{1,400})<\/title>/i.exec(text.slice(0, 10_000))?.[1];
  if (title !== undefined) return title;
  const lines = text.slice(0, 10_000).split('\n');
  return lines.map((line) => line.replace(/<[^>]*>/g, ' ').trim()).find((line) => line !== '') ?? '';
}

function shorten(text: string): string | null {
  const line = oneLine(text.slice(0, 20 * LONGEST_REASON))
    .replace(/\s+/g, ' ')
    .trim();
  return line === '' ? null : cut(line);
}

function cut(text: string): string {
  return text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON - 1)}…` : text;
}
