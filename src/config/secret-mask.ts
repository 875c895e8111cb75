import { REDACTED } from '../kernel/redact-text.js';

/** Shorter ones are taken for a secret only where they stand alone: `ab` is a part of many words. */
const SHORT = 6;
const DEEPEST = 16;

/** Takes known secrets out of texts of foreign origin: a server's answers and log, messages of libraries. */
export class SecretMask {
  private readonly secrets = new Set<string>();
  private pattern: RegExp | undefined;

  constructor(secrets: readonly string[] = []) {
    this.add(...secrets);
  }

  /** Also tokens that are known only once the server has given them. */
  add(...secrets: readonly string[]): void {
    for (const secret of secrets) if (secret.trim() !== '') this.secrets.add(secret);
    this.pattern = undefined;
  }

  text(text: string): string {
    if (this.secrets.size === 0) return text;
    this.pattern ??= patternOf([...this.secrets]);
    return text.replace(this.pattern, REDACTED);
  }

  /** Every text inside a value that can be stored. */
  inside(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((inner) => this.inside(inner));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.inside(inner)]));
  }

  /** The same error, its causes included, with all its words masked. */
  error<T>(error: T, depth = 0): T {
    if (!(error instanceof Error) || depth > DEEPEST) return error;
    const words = ['message', 'stack', 'hint', 'command', 'shortMessage'] as const;
    for (const word of words) {
      const said: unknown = Reflect.get(error, word);
      if (typeof said === 'string')
        Object.defineProperty(error, word, { value: this.text(said), configurable: true, writable: true });
    }
    this.error(error.cause, depth + 1);
    if (error instanceof AggregateError) for (const inner of error.errors) this.error(inner, depth + 1);
    return error;
  }
}

/** The longest first, so that no secret is left in part because another is its beginning. */
function patternOf(secrets: readonly string[]): RegExp {
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const isLong = (form: string): boolean => form.length >= SHORT;
  const long = forms.filter(isLong).map(quoted);
  const short = forms.filter((form) => !isLong(form)).map(quoted);
  // One look at what stands around for all short ones: these classes take long to compile.
  const alone = short.length > 0 ? [`(?<![\\p{L}\\p{N}])(?:${short.join('|')})(?![\\p{L}\\p{N}])`] : [];
  return new RegExp([...long, ...alone].join('|'), 'gu');
}

/** As a secret stands in paths, forms, JSON, pages, and basic authentication. */
function formsOf(secret: string): string[] {
  const percent = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\ufffd'));
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  return [
    secret,
    percent,
    percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    secret.replace(/[<>&"']/g, (character) => HTML[character] ?? character),
    secret.replaceAll("'", "\\'"),
    base64,
    base64.replace(/=+$/, ''),
    encodeURIComponent(base64),
  ];
}

const HTML: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#x27;',
};

function quoted(form: string): string {
  return form.replace(/[\\^$.|?*+()[\]{}/]/g, '\\$&');
}
