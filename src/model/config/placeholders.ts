/** The placeholders that a scenario's commands and variables may contain. */
export const PLACEHOLDER_NAMES = ['host', 'port', 'workers', 'scratch', 'cache', 'node'] as const;

type PlaceholderName = (typeof PLACEHOLDER_NAMES)[number];
export type Placeholders = Readonly<Record<PlaceholderName, string>>;

/** Replaces known placeholders; other braces stay, because the program may want them. */
export function fillPlaceholders(text: string, placeholders: Placeholders): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    isPlaceholder(name) ? placeholders[name] : whole,
  );
}

/** The words in braces in a text, except shell variables: `${NAME}`. */
export function namesInBraces(text: string): string[] {
  return [...text.matchAll(/(?<!\$)\{([A-Za-z]\w*)\}/g)].map(([, name = '']) => name);
}

export function isPlaceholder(name: string): name is PlaceholderName {
  return (PLACEHOLDER_NAMES as readonly string[]).includes(name);
}
