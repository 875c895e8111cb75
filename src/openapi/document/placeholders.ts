/** A placeholder in the template of a path. */
export interface Placeholder {
  /** What stands between the braces. */
  readonly text: string;
  /** Of the parameter that fills it. */
  readonly name: string;
  /** Whether its value may hold slashes: `{path:path}`, `{proxy+}`, `{+path}` and `{path*}`. */
  readonly isGreedy: boolean;
}

/** The placeholders of a template in their order. Marks are no part of a name, unless a parameter is called so. */
export function placeholdersOf(
  template: string,
  known: { has(name: string): boolean } = new Set<string>(),
): Placeholder[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map(([, text = '']) => {
    const bare = text.replace(/^[+*]|[+*]$|:.*$/g, '');
    const isMarked = bare !== '' && !known.has(text);
    return { text, name: isMarked ? bare : text, isGreedy: /^[+*]|[+*]$|:path$/.test(text) };
  });
}

/** Only their names. */
export function placeholderNames(template: string): string[] {
  return placeholdersOf(template).map(({ name }) => name);
}
