import type { LogArtifact } from '../kit/definition.ts';
import { iisLog } from './index.ts';

export const iisLogArtifact: LogArtifact = {
  ...iisLog,
  reads: 'log',
  format: 'iis',
  source: 'iis-log',
  localTime: true,
  headBytes: iisLog.sniffBytes,
  looksLike: iisLog.sniff,
};
