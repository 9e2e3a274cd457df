import type { ImageArtifact } from '../kit/definition.ts';
import { examinePe, inspectPe, locatePe, PE, peEvents, sniffPe } from './index.ts';

/** Larger files are hashed, not read: no module that IIS loads is near this. */
const MAX_PE_BYTES = 256 * 1024 * 1024;

export const peArtifact: ImageArtifact = {
  ...PE,
  reads: 'image',
  maxBytes: MAX_PE_BYTES,
  locate: (path) => locatePe(path) === 'yes',
  looksLike: (head) => sniffPe(head) !== 'no',
  parse: examinePe,
  inspect: inspectPe,
  events: peEvents,
};
