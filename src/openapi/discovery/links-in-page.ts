/** What a documentation page says of its document. */
export interface PageLinks {
  /** Addresses as they stand in the page, the likeliest first. */
  readonly documents: readonly string[];
  /** Scripts of the page that say where the document is. */
  readonly scripts: readonly string[];
}

const MOST_LINKS = 10;
/** Pages and scripts of documentation are small until their libraries are in one file with them. */
const LOOKED_AT = 2_000_000;

/** `url: "/openapi.json"` of Swagger UI, `spec-url` of Redoc, `data-url` of Scalar, `apiDescriptionUrl` of Stoplight. */
const NAMED =
  /(?:^|[\s{,"'(<])(?:spec-?url|data-url|apiDescriptionUrl|openapi-?url|swagger-?url|url)["']?\s*[:=]\s*\\?["'`]([^"'`\s<>\\]{1,500})/gi;
const REDOC_INIT = /Redoc\.init\(\s*["'`]([^"'`\s]{1,500})["'`]/g;
const SERVICE_DESC = /<link\b[^>]*\brel\s*=\s*["']?service-desc\b[^>]*>/gi;
const HREF = /\b(?:href|src)\s*=\s*["']([^"'<>\s]{1,500})["']/i;
const ANCHOR = /<a\b[^>]*\bhref\s*=\s*["']([^"'<>\s]{1,500})["']/gi;
const SCRIPT = /<script\b[^>]*\bsrc\s*=\s*["']([^"'<>\s]{1,500})["']/gi;

/** Reads a page, or a script of one. */
export function linksInPage(text: string): PageLinks {
  const page = text.slice(0, LOOKED_AT).replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const named = all(page, NAMED).concat(all(page, REDOC_INIT));
  const described = [...page.matchAll(SERVICE_DESC)].map(([tag]) => HREF.exec(tag)?.[1] ?? '');
  const anchors = all(page, ANCHOR).filter(isFile);
  return {
    documents: unique([...described, ...named.filter(isDocumentLike), ...anchors]),
    scripts: unique(
      all(page, SCRIPT).filter((link) => /(initializer|init|index|config)[^/]*\.js/i.test(link)),
    ),
  };
}

/** The targets of `Link: </openapi.json>; rel="service-desc"` (RFC 8631). */
export function linksInHeader(value: string | null): string[] {
  const links = [...(value ?? '').matchAll(/<([^>]{1,500})>([^,]*)/g)];
  return links
    .filter(([, , rest]) => /\brel\s*=\s*"?[^";]*\bservice-desc\b/i.test(rest ?? ''))
    .map(([, link]) => link ?? '');
}

/** Whether a page asks people to sign in. */
export function isLoginPage(text: string): boolean {
  return /<input\b[^>]*\btype\s*=\s*["']?password\b/i.test(text.slice(0, LOOKED_AT));
}

function all(page: string, pattern: RegExp): string[] {
  return [...page.matchAll(pattern)].map(([, link]) => link ?? '');
}

/** Not an image, a style, a script or a page. */
function isDocumentLike(link: string): boolean {
  return (
    /^(https?:\/\/|\.{0,2}\/|[\w-])/.test(link) && !/\.(js|css|png|svg|ico|html?|map)([?#]|$)/i.test(link)
  );
}

function isFile(link: string): boolean {
  return /\.(json|ya?ml)([?#]|$)|(openapi|api-docs)\/?$/i.test(link);
}

function unique(links: readonly string[]): string[] {
  return [...new Set(links.filter((link) => link !== ''))].slice(0, MOST_LINKS);
}
