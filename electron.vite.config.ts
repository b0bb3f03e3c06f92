import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import type { CompileOptions } from 'svelte/compiler';
import type { MetadataJson } from 'libphonenumber-js/core';
import { normalizePath, type Plugin } from 'vite';
import { firstPaintChunk } from './scripts/lean/first-paint.mjs';
import { leanMetadata } from './scripts/lean/phone-metadata.mjs';
import { leanSvelte } from './scripts/lean/svelte.mjs';
import { leanUpdater } from './scripts/lean/updater.mjs';
import { shippedLicences } from './scripts/licences/plugin.mjs';

/** What the built window may load. The hot reload of development needs more. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' ringside: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const contentPolicy: Plugin = {
  name: 'content-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
      injectTo: 'head-prepend',
    },
  ],
};

/**
 * What main's dependencies bring along and main never calls: electron-store checks its file against
 * a JSON schema, moves it from version to version and watches it only where it is asked to, and it
 * is not. Without them main is a third smaller and starts 10 ms of processor time sooner. Nor does
 * electron-log send anything to a server, for which it would load a whole network stack (15 ms).
 */
const neverCalled = ['ajv/dist/2020.js', 'ajv-formats', 'semver', 'debounce-fn'];

/**
 * Parts of Node that electron-store uses to encrypt, and to see whether its defaults add anything:
 * it is given neither key nor defaults, and loading them takes 9 ms of processor time.
 */
const withoutEncryption = (code: string): string =>
  code
    .replace("import crypto from 'node:crypto';", 'const crypto = undefined;')
    .replace("import assert from 'node:assert';", 'const assert = { deepEqual() {} };');

const leanMain: Plugin = {
  name: 'lean-main',
  enforce: 'pre',
  resolveId: (id) => (neverCalled.includes(id) ? `\0never-called:${id}` : undefined),
  load: (id) => {
    if (id.startsWith('\0never-called:')) {
      return 'export default undefined; export const Ajv2020 = undefined;';
    }
    return /electron-log[\\/]src[\\/]node[\\/]transports[\\/]remote\.js$/.test(id)
      ? 'module.exports = () => Object.assign(() => undefined, { level: false });'
      : undefined;
  },
  transform(code, id) {
    if (/[\\/]node_modules[\\/]conf[\\/]/.test(id)) return withoutEncryption(code);
    if (!/libphonenumber-js[\\/]metadata\.min\.json\.js$/.test(id)) return undefined;
    const json = code.slice(code.indexOf('{'), code.lastIndexOf('}') + 1);
    const lean = leanMetadata(JSON.parse(json) as MetadataJson);
    // As JSON it is read in a fifth of the time; raw it need not be escaped a second time.
    return `export default JSON.parse(String.raw\`${JSON.stringify(lean)}\`)`;
  },
};

/** Styles of a component by the class that stands for them. */
const classes = new Map<string, string>();

/**
 * The class by which the styles of a component find its elements. It stands in what ships hundreds
 * of times, and Svelte’s own is three times as long.
 */
const shortClass: NonNullable<CompileOptions['cssHash']> = ({ hash, css }) => {
  const name = `s${hash(css).slice(-4)}`;
  if ((classes.get(name) ?? css) !== css) throw new Error(`two components share the class ${name}`);
  classes.set(name, css);
  return name;
};

/** The renderer is built last, and takes the list along. */
const licences = shippedLicences();

const from = (path: string): string => resolve(import.meta.dirname, path);

const onePaint = firstPaintChunk(
  normalizePath(from('src/renderer/main.ts')),
  normalizePath(from('src/renderer/ringtone.ts')),
);

// The development runtime may be older than the pinned Electron, so what is built fits both.
const node = 'node20.18';
const chrome = 'chrome130';

export default defineConfig({
  main: {
    plugins: [leanUpdater(from('scripts/lean')), leanMain, licences.collect],
    build: {
      target: node,
      minify: true,
      // Everything main needs is bundled: the package ships no node_modules.
      externalizeDeps: false,
      rolldownOptions: {
        // The D-Bus library needs these only for addresses that no session bus has.
        external: ['abstract-socket', 'event-stream', 'x11'],
        input: { index: from('src/main/index.ts'), 'demo-server': from('src/demo/command.ts') },
      },
    },
  },
  preload: {
    plugins: [licences.collect],
    build: {
      target: node,
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: from('src/preload/index.ts'),
        // A sandboxed preload is loaded as CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: from('src/renderer'),
    plugins: [
      leanSvelte(),
      svelte({ compilerOptions: { cssHash: shortClass } }),
      contentPolicy,
      licences.write,
    ],
    build: {
      target: chrome,
      minify: true,
      rolldownOptions: {
        input: [from('src/renderer/index.html'), from('src/renderer/ringtone.html')],
        output: {
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [{ name: onePaint, debugName: 'page' }],
          },
        },
      },
    },
  },
});
