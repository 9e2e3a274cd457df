import type { CodeListArtifact } from '../kit/definition.ts';
import { GLOBAL_ASAX, locateGlobalAsax, MAX_ASAX_BYTES, parseGlobalAsax } from './index.ts';

export const globalAsaxArtifact: CodeListArtifact = {
  ...GLOBAL_ASAX,
  reads: 'code-list',
  section: 'global.asax',
  maxBytes: MAX_ASAX_BYTES,
  locate: locateGlobalAsax,
  parse: parseGlobalAsax,
};
