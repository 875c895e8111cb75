import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Invariant 2 of docs/architecture.md: nothing but the clock and the pacers reads a clock or sets a timer.

const timerMessage = 'Timers belong to src/kernel/clock.ts and src/load/pacers.';
const clockMessage =
  'Clocks are read in src/kernel/clock.ts and src/load/pacers only; take time as a parameter.';
const processMessage = 'Only src/cli reads arguments, prints or exits.';

const timers = [
  {
    selector: ':matches(ImportDeclaration, ImportExpression)[source.value=/^(node:)?timers(\\u002F|$)/]',
    message: timerMessage,
  },
  { selector: 'MemberExpression[object.name="AbortSignal"][property.name="timeout"]', message: timerMessage },
];
const clocks = [
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: clockMessage },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clockMessage },
  { selector: 'CallExpression[callee.name="Date"]', message: clockMessage },
  {
    selector: 'MemberExpression[object.name="performance"][property.name=/^(now|timeOrigin)$/]',
    message: clockMessage,
  },
  {
    selector: 'MemberExpression[object.name="process"][property.name=/^(hrtime|uptime)$/]',
    message: clockMessage,
  },
  { selector: processParts('hrtime|uptime'), message: clockMessage },
];
const printing = processRule('exitCode|stdout|stderr|argv');
const exiting = processRule('exit');

/** The path of a file's URL is percent-encoded: where a folder's name has a space, nothing is found there. */
const filePaths = [
  'MemberExpression[property.name="pathname"]:not([object.name=/^(url|location)$/]):not([object.type="NewExpression"])',
  'MemberExpression[property.name="pathname"] > NewExpression:has(MetaProperty)',
  'VariableDeclarator:has(> ObjectPattern > Property[key.name="pathname"]) > NewExpression:has(MetaProperty)',
].map((selector) => ({ selector, message: 'The path of a file is fileURLToPath(url), from node:url.' }));

/** `process.exit`, `process['exit']`, `const { exit } = process` and `import { exit } from 'node:process'`. @param {string} names */
function processRule(names) {
  return [
    {
      selector: `MemberExpression[object.name="process"]:matches([property.name=/^(${names})$/], [property.value=/^(${names})$/])`,
      message: processMessage,
    },
    { selector: processParts(names), message: processMessage },
  ];
}

/** @param {string} names */
function processParts(names) {
  return `:matches(VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name=/^(${names})$/], ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name=/^(${names})$/])`;
}

/**
 * @param {{ selector: string, message: string }[][]} groups
 * @returns {import('eslint').Linter.RulesRecord}
 */
function restrictedSyntax(...groups) {
  return { 'no-restricted-syntax': ['error', ...filePaths, ...groups.flat()] };
}

const timerGlobals = ['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
  name,
  message: timerMessage,
}));

const networkGlobals = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'].map((name) => ({
  name,
  message: 'Requests take the way of the load: src/load/transport/fetch-through.ts.',
}));

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.tmp/', '**/.venv/', 'docs/']),
  {
    files: ['**/*.{js,cjs,ts}'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    linterOptions: {
      noInlineConfig: true, // a rule that can be switched off in a comment does not hold
    },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...restrictedSyntax(),
      eqeqeq: 'error',
      'no-console': 'error',
      'no-undef': 'off', // TypeScript's work
      'no-restricted-globals': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { requireDefaultForNonUnion: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off', // an async method may satisfy an interface without waiting
    },
  },
  {
    files: ['src/**'],
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-restricted-globals': [
        'error',
        { globals: [...timerGlobals, ...networkGlobals], checkGlobalObject: true },
      ],
      ...restrictedSyntax(timers, clocks, printing, exiting),
    },
  },
  {
    files: ['src/cli/**'],
    rules: { 'no-console': 'off', ...restrictedSyntax(timers, clocks) },
  },
  {
    files: ['src/entry/**'],
    rules: restrictedSyntax(timers, clocks, printing),
  },
  {
    files: ['src/kernel/clock.ts', 'src/load/pacers/**'],
    rules: {
      'no-restricted-globals': ['error', { globals: networkGlobals, checkGlobalObject: true }],
      ...restrictedSyntax(printing, exiting),
    },
  },
  {
    files: ['test/**', 'benchmarks/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off', // a wrong guess fails the test, as it should
      '@typescript-eslint/no-unsafe-assignment': 'off', // expect.any() and its like are typed any
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
  },
);
