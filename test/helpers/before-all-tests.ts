import { touchSample } from '../../build/scripts/fixtures/make-sample.mjs';

/** Runs once, before any test: a fresh checkout has its own file times, and one test may not change them under another that reads. */
export function setup(): void {
  touchSample();
}
