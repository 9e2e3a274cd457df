import type { CodeListArtifact } from '../kit/definition.ts';
import { locateCompiled, MAX_COMPILED_BYTES, parseCompiled, PRECOMPILED } from './index.ts';

export const precompiledArtifact: CodeListArtifact = {
  ...PRECOMPILED,
  reads: 'code-list',
  section: 'compiled',
  maxBytes: MAX_COMPILED_BYTES,
  locate: locateCompiled,
  parse: parseCompiled,
};
