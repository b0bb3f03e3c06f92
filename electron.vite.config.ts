import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { listLicenses } from './scripts/lib/licenses.mjs';

/**
 * Electron 45 is Chromium 156 with Node 24. The variable is set for builds that run on another
 * Electron, which never ship.
 */
const [node = '', chrome = ''] = (
  process.env['RINGSIDE_BUILD_TARGETS'] || 'node24 chrome156'
).split(' ');

/** The renderer is built last. */
const licenses = listLicenses();

const resolvePath = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    plugins: [licenses.collect],
    build: {
      target: node,
      minify: true,
      // Everything is bundled. The package contains no node_modules.
      externalizeDeps: false,
      rolldownOptions: {
        // The D-Bus library needs them only for addresses that no session bus has.
        external: ['abstract-socket', 'event-stream', 'x11'],
        input: {
          index: resolvePath('src/main/index.ts'),
          'demo-server': resolvePath('src/demo/command.ts'),
        },
      },
    },
  },
  preload: {
    plugins: [licenses.collect],
    build: {
      target: node,
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: resolvePath('src/preload/index.ts'),
        // A sandboxed preload has to be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolvePath('src/renderer'),
    plugins: [svelte(), licenses.write],
    build: {
      target: chrome,
      minify: true,
      rolldownOptions: {
        input: [resolvePath('src/renderer/index.html'), resolvePath('src/renderer/ringtone.html')],
        output: {
          codeSplitting: {
            groups: [
              // Both pages need the settings.
              { name: 'settings', test: /src[\\/]core[\\/]settings/, priority: 1 },
              // Each file takes a while to load, so all that the window shows first is in one.
              { name: 'window', test: /src[\\/]renderer[\\/](?:App\.svelte|styles[\\/]\w+\.css)$/ },
            ],
          },
        },
      },
    },
  },
});
