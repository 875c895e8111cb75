import type { RunConfig } from '../../model/config/run-config.js';
import type { Api } from './read-api.js';
import type { Observer } from '../../model/live/run-events.js';

/** One line about what a path in `--url` has become: those who know other tools mean one endpoint by it. */
export function noteBasePath(
  { operations }: Pick<Api, 'operations'>,
  { basePath, basePathOverride, target }: Pick<RunConfig, 'basePath' | 'basePathOverride' | 'target'>,
  observe: Observer,
): void {
  if (basePath === '' || basePathOverride !== null) return;
  const bases = [...new Set(operations.map(({ path, template }) => path.slice(0, -template.length)))];
  const own = bases.filter((base) => base !== basePath);
  const said =
    own.length === 0
      ? `Base path: ${basePath}, from the URL, before every path.`
      : `Base path: ${own.join(', ')}, as the document says; the ${basePath} of the URL is in it.`;
  const meant = operations.find(({ template }) => template === basePath);
  const alone =
    meant && target.kind === 'url'
      ? ` To load ${meant.template} alone: --url ${target.url} --include '${meant.method} ${meant.template}'`
      : '';
  observe({ kind: 'notice', message: said + alone });
}
