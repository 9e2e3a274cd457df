import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('.', import.meta.url).pathname,
    include: ['test/{unit,architecture,artifacts,conformance,contract,fuzz,eval}/**/*.test.{ts,tsx}'],
    globalSetup: ['test/helpers/before-all-tests.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make each other slower.
    maxWorkers: 2,
    reporters: ['default'],
  },
});
