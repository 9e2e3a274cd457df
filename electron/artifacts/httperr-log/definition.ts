import type { LogArtifact } from '../kit/definition.ts';
import { httperrLog } from './index.ts';

export const httperrLogArtifact: LogArtifact = {
  ...httperrLog,
  reads: 'log',
  format: 'httperr',
  source: 'httperr',
  localTime: false,
  headBytes: httperrLog.sniffBytes,
  looksLike: httperrLog.sniff,
};
