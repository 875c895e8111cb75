import { systemClock as clock, timeLimit } from '../../kernel/clock.js';
import { reasonOf, UserError } from '../../kernel/errors.js';
import { plural } from '../../kernel/format.js';
import { headerOf } from '../../model/requests/fetch.js';
import { isLoginPage, linksInHeader, linksInPage } from '../../openapi/discovery/links-in-page.js';
import { USUAL_PAGES, USUAL_PLACES } from '../../openapi/discovery/usual-places.js';
import type { OpenApiDocument } from '../../openapi/document/open-api-document.js';
import { documentIn, parseDocumentText } from '../../openapi/document/load-document.js';
import type { DocumentFetch } from './fetch-document.js';

export interface FoundDocument {
  readonly url: string;
  readonly document: OpenApiDocument;
  /** Where others are that describe other paths. */
  readonly others: readonly string[];
}

const ONE_LIMIT_MS = 10_000;
const TOTAL_LIMIT_MS = 30_000;
const DEEPEST = 3;
const NAME_IT = 'Name its path on the server, its URL or its file with --spec.';

/** Looks for the document of a server where frameworks serve it, then on the pages that show it to people. */
export async function findDocument(
  { origin, basePath = '' }: { readonly origin: string; readonly basePath?: string },
  fetch: DocumentFetch,
  signal: AbortSignal,
): Promise<FoundDocument> {
  const search = new Search(origin, fetch, signal);
  const below = (paths: readonly string[]): readonly string[] =>
    basePath === '' ? paths : paths.flatMap((path) => [basePath + path, path]);
  const places = below(USUAL_PLACES);
  for (const [at, path] of places.entries()) {
    const found = await search.documentAt(origin + path);
    if (found)
      return { ...found, others: at === 0 ? [] : await search.othersThan(found, places.slice(at + 1)) };
  }
  for (const path of below(USUAL_PAGES)) {
    const found = await search.documentNamedAt(origin + path);
    if (found) return { ...found, others: [] };
  }
  throw search.notFound();
}

type Found = Pick<FoundDocument, 'url' | 'document'>;

/** What one address answered. */
interface Read extends Partial<Found> {
  /** Of a page: the links to follow. */
  readonly links: readonly string[];
}

const NOTHING: Read = { links: [] };

class Search {
  private readonly endUs = clock.nowUs() + TOTAL_LIMIT_MS * 1000;
  private readonly asked = new Map<string, Read>();
  private readonly locked: string[] = [];
  private readonly logins: string[] = [];
  /** Why what was found first is no document. */
  private refusal: string | undefined;
  private isOver = false;

  constructor(
    private readonly origin: string,
    private readonly fetch: DocumentFetch,
    private readonly signal: AbortSignal,
  ) {}

  async documentAt(url: string): Promise<Found | undefined> {
    const { url: at, document } = await this.read(url);
    return at !== undefined && document ? { url: at, document } : undefined;
  }

  /** There, or where that page leads. */
  async documentNamedAt(url: string, depth = 0): Promise<Found | undefined> {
    const found = await this.documentAt(url);
    if (found || depth >= DEEPEST) return found;
    const { links } = await this.read(url);
    for (const link of links) {
      const named = await this.documentNamedAt(link, depth + 1);
      if (named) return named;
    }
    return undefined;
  }

  async othersThan({ document }: Found, places: readonly string[]): Promise<string[]> {
    const known = [pathsOf(document)];
    const others: string[] = [];
    for (const path of places) {
      const other = await this.documentAt(this.origin + path);
      if (!other || known.includes(pathsOf(other.document))) continue;
      known.push(pathsOf(other.document));
      others.push(path);
    }
    return others;
  }

  notFound(): UserError {
    const { origin, asked, locked, logins } = this;
    const refusal = this.refusal === undefined ? '' : ` ${this.refusal}`;
    const why = this.isOver
      ? `${plural(asked.size, 'place')} took ${TOTAL_LIMIT_MS / 1000} s, and the search ended there`
      : `it is at none of ${asked.size} usual places`;
    const [lock] = locked;
    const [login] = logins;
    if (lock !== undefined) {
      return new UserError(
        'run',
        `No OpenAPI document was found at ${origin}: ${why}, but ${lock} asks for credentials.`,
        `If it is there, send what it asks for with --header 'Authorization: Bearer …', or with auth: in a scenario file. Else name its path, URL or file with --spec.`,
      );
    }
    if (login !== undefined) {
      return new UserError(
        'run',
        `No OpenAPI document was found at ${origin}: ${why}, and ${login} is a login page.`,
        `Sign in with a browser and send its cookie: --header 'Cookie: …'. Or save the document there, and name the file with --spec.`,
      );
    }
    return new UserError('run', `No OpenAPI document was found at ${origin}: ${why}.${refusal}`, NAME_IT);
  }

  private async read(url: string): Promise<Read> {
    const before = this.asked.get(url);
    if (before) return before;
    if (clock.nowUs() > this.endUs) {
      this.isOver = true;
      return NOTHING;
    }
    const read = await this.ask(url);
    this.asked.set(url, read);
    return read;
  }

  private async ask(url: string): Promise<Read> {
    const answer = await this.answerOf(url);
    if (!answer) return NOTHING;
    if (answer.status === 401 || answer.status === 403) this.locked.push(new URL(url).pathname);
    if (answer.status < 200 || answer.status > 299 || answer.body === null) return NOTHING;
    const text = answer.body.toString('utf8');
    const described = linksInHeader(headerOf(answer, 'link'));
    if (/^\s*</.test(text)) {
      await this.documentIn(text, url);
      return this.page(answer.place, text, described);
    }
    const document = await this.documentIn(text, url);
    if (document) return { url, document, links: [] };
    const { documents } = linksInPage(text);
    return { links: resolved([...described, ...documents], answer.place) };
  }

  private page(place: string, text: string, described: readonly string[]): Read {
    if (isLoginPage(text)) this.logins.push(new URL(place).pathname);
    const { documents, scripts } = linksInPage(text);
    return { links: resolved([...described, ...documents, ...scripts], place) };
  }

  /** Most answers are none: a page, an error of the API, or something else that it tells. */
  private async documentIn(text: string, url: string): Promise<OpenApiDocument | undefined> {
    try {
      return documentIn((await parseDocumentText(text, url)).value, url);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.refusal ??= error.message;
      return undefined;
    }
  }

  /** Undefined when it takes too long; a server that does not answer at all is not searched further. */
  private async answerOf(url: string): Promise<Awaited<ReturnType<DocumentFetch>> | undefined> {
    try {
      return await this.fetch(url, { signal: timeLimit(ONE_LIMIT_MS, this.signal) });
    } catch (error) {
      this.signal.throwIfAborted();
      if (error instanceof UserError || isTimeout(error)) return undefined;
      throw new UserError(
        'run',
        `The search for the OpenAPI document ended at ${url}: ${reasonOf(error)}.`,
        NAME_IT,
      );
    }
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

/** A page may name documents of other servers; those are not this one's. */
function resolved(links: readonly string[], place: string): string[] {
  const base = new URL(place);
  return links.flatMap((link) => {
    if (!URL.canParse(link, base.href)) return [];
    const url = new URL(link, base.href);
    url.hash = '';
    return url.origin === base.origin ? [url.href] : [];
  });
}

function pathsOf({ paths }: OpenApiDocument): string {
  return Object.keys(paths as object)
    .sort()
    .join('\n');
}
