/**
 * What the headers of a 429 say of the server's limit, in words; null when they say nothing. `RateLimit` and
 * `RateLimit-Policy` as in the IETF's drafts 7 and 8 of "RateLimit header fields for HTTP", `RateLimit-Limit` as in the
 * earlier ones, `X-RateLimit-…` as usage has it; `Retry-After` is RFC 9110, 10.2.3.
 */
export function limitIn(header: (name: string) => string | null): string | null {
  const policy = header('ratelimit-policy') ?? '';
  const joined = `${header('ratelimit') ?? ''},${policy}`;
  const limit =
    /\blimit=(\d+)/.exec(joined)?.[1] ??
    /\bq=(\d+)/.exec(joined)?.[1] ??
    /^\s*(\d+)/.exec(policy)?.[1] ??
    /^\s*(\d+)/.exec(header('ratelimit-limit') ?? header('x-ratelimit-limit') ?? '')?.[1];
  const window = /\bw=(\d+)/.exec(policy)?.[1];
  const wait = /^\s*(\d+)\s*$/.exec(header('retry-after') ?? '')?.[1];
  const parts = [
    ...(limit === undefined ? [] : [`${limit} requests${window === undefined ? '' : ` in ${window} s`}`]),
    ...(wait === undefined ? [] : [`it asks to wait ${wait} s`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}
