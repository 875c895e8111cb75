/** Names as they compare: without case and punctuation. */
export function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** English plurals as paths have them: `categories`, `boxes`, `items`. */
export function singular(noun: string): string {
  const word = bare(noun);
  if (/ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|x|ch|sh|zz)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

/** What a parameter identifies, and how: `user_uuid` is the `uuid` of a `user`, `id` that of what it stands behind. */
export function splitIdName(name: string): { readonly noun: string; readonly attribute: string } {
  const word = bare(name);
  const [, noun = '', attribute = ''] = /^(.*?)(id|uuid|guid|slug|key|code|name|number)$/.exec(word) ?? [];
  return attribute === '' ? { noun: word, attribute: '' } : { noun, attribute };
}

/** The segments of a path as words. */
export function wordsOf(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map(wordOf);
}

/** Small letters and hyphens: `signIn`, `sign_in` and `sign-in.json` are one word. */
export function wordOf(text: string): string {
  return text
    .replace(/\.json$/, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[_.:]+/g, '-')
    .toLowerCase();
}
