import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** Serves the window in made-up situations: `npx vite -c test/renderer/gallery/vite.config.ts`. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../../..'),
  plugins: [svelte()],
  // Kept apart, so that it never gets in the way of another run.
  cacheDir: resolve(import.meta.dirname, '../../../node_modules/.vite-gallery'),
  server: { port: 5199, strictPort: false, host: '127.0.0.1' },
});
