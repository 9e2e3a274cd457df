import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * The renderer's bundle. It is served under `default-src 'none'; script-src 'self'; style-src 'self' ...` by both hosts,
 * so nothing may be inlined and nothing may be fetched from anywhere else.
 */
export const rendererConfig = (outDir) => defineConfig({
  configFile: false,
  logLevel: 'warn',
  root: path.join(root, 'renderer'),
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir,
    emptyOutDir: true,
    sourcemap: true,
    target: 'chrome130',
    // A data: URL would need a wider policy than 'self' for fonts and styles.
    assetsInlineLimit: 0,
    // The polyfill is an inline-like fetch() of every chunk; Chromium has modulepreload itself.
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    chunkSizeWarningLimit: 1500,
  },
});

// oxlint-disable-next-line import/no-default-export -- Vite reads the default export
export default rendererConfig(path.join(root, 'dist/renderer'));
