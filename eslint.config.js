import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** What the folders of src/ must not import. Dependencies point one way only. */
const forbidden = {
  core: [
    'electron',
    'electron/*',
    'node:*',
    '**/main/**',
    '**/renderer/**',
    '**/shared/**',
    '**/demo/**',
    '**/preload/**',
  ],
  shared: [
    'electron',
    'electron/*',
    'node:*',
    '**/main/**',
    '**/renderer/**',
    '**/demo/**',
    '**/preload/**',
  ],
  preload: ['node:*', '**/main/**', '**/renderer/**', '**/core/**', '**/demo/**'],
  renderer: ['electron', 'electron/*', 'node:*', '**/main/**', '**/demo/**', '**/preload/**'],
  main: ['**/renderer/**', '**/preload/**'],
  demo: [
    'electron',
    'electron/*',
    '**/main/**',
    '**/renderer/**',
    '**/shared/**',
    '**/preload/**',
    '**/core/*',
    '!**/core/api',
  ],
};

export default ts.config(
  {
    ignores: [
      'out/',
      'dist/',
      'test-results/',
      'artifacts/',
      'coverage/',
      '.stryker-tmp/',
      'reports/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.node, ...globals.browser },
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreVoidReturningFunctions: true, ignoreArrowShorthand: true },
      ],
    },
  },
  { files: ['**/*.{js,mjs}'], ...ts.configs.disableTypeChecked },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  ...Object.entries(forbidden).map(([folder, group]) => ({
    files: [`src/${folder}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group,
              message: `src/${folder} must not import this. See docs/architecture.md.`,
            },
          ],
        },
      ],
    },
  })),
);
