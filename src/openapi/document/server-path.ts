import { asArray, isObject } from './open-api-document.js';

/**
 * The path of the first server that the innermost of these speaks of, or Swagger 2.0's basePath; without a
 * slash at its end. A server's host never decides where load goes.
 */
export function serverPath(...fromInside: readonly Readonly<Record<string, unknown>>[]): string {
  const speaker = fromInside.find(({ servers }) => asArray(servers).length > 0);
  if (!speaker) return pathOf(fromInside.at(-1)?.['basePath']);
  const server = asArray(speaker['servers'])[0];
  if (!isObject(server) || typeof server['url'] !== 'string') return '';
  return pathOf(withDefaults(server['url'], server['variables']));
}

/** The base path that the user wants, or the document's own where that begins with it. */
export function within(wanted: string, own: string): string {
  return wanted === '' || own === wanted || own.startsWith(`${wanted}/`) ? own : wanted;
}

function pathOf(url: unknown): string {
  if (typeof url !== 'string') return '';
  try {
    return new URL(url, 'http://target').pathname.replace(/\/+$/, '');
  } catch {
    return '';
  }
}

function withDefaults(url: string, variables: unknown): string {
  return url.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    const preset = isObject(variable) ? variable['default'] : undefined;
    return typeof preset === 'string' || typeof preset === 'number' ? String(preset) : name;
  });
}
