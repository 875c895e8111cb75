/** What stands for `{name}` in a command or a variable of a scenario. */
export type Placeholders = Readonly<
  Record<'host' | 'port' | 'workers' | 'scratch' | 'cache' | 'node', string>
>;

/** Replaces known placeholders; other braces stay, they may be meant for the program. */
export function fillPlaceholders(text: string, placeholders: Placeholders): string {
  return text.replace(
    /\{(host|port|workers|scratch|cache|node)\}/g,
    (_, name: keyof Placeholders) => placeholders[name],
  );
}
