import type { TraceArtifact } from '../kit/definition.ts';
import { FREB, MAX_FREB_BYTES, parseFreb } from './index.ts';

export const frebArtifact: TraceArtifact = { ...FREB, reads: 'trace', maxBytes: MAX_FREB_BYTES, headBytes: FREB.sniffBytes, looksLike: FREB.sniff, parse: parseFreb };
