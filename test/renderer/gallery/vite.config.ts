import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** Serves the component gallery: `npm run gallery`. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../../..'),
  plugins: [svelte()],
  // Separate from the cache of other runs.
  cacheDir: resolve(import.meta.dirname, '../../../node_modules/.vite-gallery'),
  server: { port: 5199, host: '127.0.0.1', open: '/test/renderer/gallery/index.html' },
});
