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

/**
 * The same among the folders of a folder: each may import those before it that it names. @type {Record<string, Record<string, string[]>>}
 */
const inside = {
  model: {
    loads: [],
    requests: [],
    generation: ['loads', 'requests'],
    results: ['loads', 'requests'],
    figures: ['loads', 'results'],
    objectives: ['loads', 'results', 'figures'],
    report: ['loads', 'results', 'figures'],
    live: ['loads', 'generation', 'results'],
    config: ['loads', 'requests', 'generation', 'results', 'report'],
  },
  app: {
    outputs: [],
    target: [],
    document: ['target'],
    requests: ['target', 'document'],
    access: ['target', 'document', 'requests'],
    preflight: ['target', 'document', 'requests', 'access'],
    run: ['target', 'document', 'requests', 'access', 'preflight'],
    inspect: ['target', 'document', 'requests', 'access', 'preflight', 'run'],
    doctor: ['target', 'run'],
    ab: ['target', 'run', 'inspect'],
    calibrate: ['outputs', 'run'],
  },
};

/** Functions that a folder may call in one that is closed to it otherwise. @type {Record<string, string[]>} */
const doors = {
  cli: ['target/processes/sweeper', 'observe/describe-machine', 'store/scenario-file'],
};

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
  '@redis/client': ['observe'],
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
  to: {
    path: '^src/',
    pathNot: [
      folders([folder, ...allowed]),
      ...(doors[folder] ?? []).map((door) => `^src/${quote(door)}\\.ts$`),
    ],
  },
}));

const innerRules = Object.entries(inside).flatMap(([folder, inner]) => [
  ...Object.entries(inner).map(([name, allowed]) => ({
    name: `folder-${folder}-${name}`,
    comment: `src/${folder}/${name} may import of src/${folder} only: ${allowed.join(', ') || 'nothing'}.`,
    severity: 'error',
    from: { path: folders([`${folder}/${name}`]) },
    to: {
      path: folders([folder]),
      pathNot: folders([name, ...allowed].map((one) => `${folder}/${one}`)),
    },
  })),
  {
    name: `folder-${folder}-is-divided`,
    comment: `A file of src/${folder} belongs in one of its folders, and a new one needs a line in inside.`,
    severity: 'error',
    from: {},
    to: {
      path: folders([folder]),
      pathNot: folders(Object.keys(inner).map((name) => `${folder}/${name}`)),
    },
  },
]);

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
    ...innerRules,
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

      severity: 'error',
      from: { path: '^(?:src|bin)/' },
      to: { couldNotResolve: true },
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
