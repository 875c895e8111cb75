// The table "Who may import whom" and invariants 1 and 3 of docs/architecture.md, as rules.

const workFolders = [
  'config',
  'openapi',
  'target',
  'load',
  'measure',
  'observe',
  'store',
  'analyze',
  'report',
  'agents',
];
const base = ['kernel', 'model'];

/** Folder of src/ → the other folders it may import. @type {Record<string, string[]>} */
const mayImport = {
  kernel: [],
  model: ['kernel'],
  ...Object.fromEntries(workFolders.map((folder) => [folder, base])),
  page: base,
  entry: [...base, ...workFolders],
  app: [...base, ...workFolders, 'entry'],
  cli: [...base, 'config', 'report', 'app'],
};
const knownFolders = Object.keys(mayImport);

/** Package → the folders of src/ that alone may import it. A package not named here stays out of src/. */
const packageHomes = {
  zod: ['model', 'config', 'store'],
  yaml: ['config'],
  'js-yaml': ['openapi/document'],
  'csv-parse': ['openapi/requests'],
  'shell-quote': ['config'],
  'fastest-levenshtein': ['kernel'],
  execa: ['target'],
  undici: ['load/transport'],
  'hdr-histogram-js': ['measure'],
  ajv: ['openapi/values'],
  'ajv-formats': ['openapi/values'],
  '@eslint-community/regexpp': ['openapi/values'],
  re2js: ['openapi/values'],
  pidusage: ['observe'],
  koffi: ['target/processes'],
  pg: ['observe'],
  redis: ['observe'],
  chalk: ['report/terminal', 'cli'],
  'cli-table3': ['report/terminal'],
  'string-width': ['report/terminal'],
  commander: ['cli'],
  uplot: ['page'],
  'csv-stringify': ['report/formats'],
};

/** Module of Node's own → the folders of src/ that alone may import it. */
const builtinHomes = {
  worker_threads: ['entry', 'load/pacers'],
  vm: ['openapi/values'],
  http: ['app'],
  child_process: ['target', 'entry', 'observe', 'load/generators'],
};

/** Without these, the same record gives the same bytes (as far as imports can tell). */
const impureBuiltins = [
  'child_process',
  'cluster',
  'console',
  'dns',
  'fs',
  'http',
  'http2',
  'https',
  'net',
  'os',
  'perf_hooks',
  'process',
  'readline',
  'timers',
  'tty',
  'worker_threads',
];
/** What `load/` would need for files or for printing. */
const filesAndPrinting = ['console', 'fs', 'process', 'readline', 'tty'];

/** @param {string} text */
const quote = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** @param {readonly string[]} names */
const anyOf = (names) => `(?:${names.map(quote).join('|')})`;
/** @param {readonly string[]} names */
const folders = (names) => `^src/${anyOf(names)}/`;
/** @param {readonly string[]} names */
const builtin = (names) => `^(?:node:)?${anyOf(names)}(?:/|$)`;
/** @param {readonly string[]} names */
const packages = (names) => `(?:^|node_modules/)(?:@types/)?${anyOf(names)}(?:/|$)`;

const folderRules = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `folder-${folder}`,
  comment: `src/${folder} may import only: ${allowed.join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: folders([folder]) },
  to: { path: '^src/', pathNot: folders([folder, ...allowed]) },
}));

const packageRules = Object.entries(packageHomes).map(([name, homes]) => ({
  name: `package-${name}`,
  comment: `${name} is for src/${homes.join(' and src/')} alone.`,
  severity: 'error',
  from: { path: '^src/', pathNot: folders(homes) },
  to: { path: packages([name]) },
}));

const builtinRules = Object.entries(builtinHomes).map(([name, homes]) => ({
  name: `builtin-${name}`,
  comment: `node:${name} is for src/${homes.join(' and src/')} alone.`,
  severity: 'error',
  from: { path: '^src/', pathNot: folders(homes) },
  to: { path: builtin([name]) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...folderRules,
    ...packageRules,
    ...builtinRules,
    {
      name: 'unknown-package',
      comment: 'src/ uses no package without a line in packageHomes.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        pathNot: ['^src/', packages(Object.keys(packageHomes))],
        dependencyTypesNot: ['core', 'local', 'localmodule'],
      },
    },
    {
      name: 'unknown-folder',
      comment: 'A new folder of src/ needs a line in mayImport.',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: folders(knownFolders) },
    },
    {
      name: 'unknown-folder-imports',
      comment: 'A new folder of src/, or a file outside all folders, needs a line in mayImport.',
      severity: 'error',
      from: { path: '^src/', pathNot: folders(knownFolders) },
      to: {},
    },
    {
      name: 'src-stays-in-src',
      comment: 'src/ imports nothing of test/, bin/, benchmarks/, scenarios/ or dist/.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(?:test|bin|benchmarks|scenarios|dist|docs|package\\.json)(?:/|$)' },
    },
    {
      name: 'bin-imports-only-the-cli',
      severity: 'error',
      from: { path: '^bin/' },
      // node:v8 for the flags that must be set before anything else runs.
      to: { pathNot: '^(dist/cli/|(node:)?v8$)' },
    },
    {
      name: 'load-knows-no-files-and-no-printing',
      comment: 'Invariant 1.',
      severity: 'error',
      from: { path: folders(['load']) },
      to: { path: builtin(filesAndPrinting) },
    },
    {
      name: 'analyze-and-report-are-pure',
      comment: 'Invariant 3: same record, same bytes.',
      severity: 'error',
      from: { path: folders(['analyze', 'report']) },
      to: { path: [builtin(impureBuiltins), '^src/kernel/clock\\.ts$'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Neither imports nor is imported: most likely forgotten.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'pg and redis are optional and may be absent.',
      severity: 'error',
      from: { path: '^(?:src|bin)/' },
      to: { couldNotResolve: true, pathNot: '^(?:pg|redis)$' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    tsPreCompilationDeps: true, // type-only imports count
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
