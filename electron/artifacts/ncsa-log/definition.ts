import type { LogArtifact } from '../kit/definition.ts';
import { ncsaLog } from './index.ts';

export const ncsaLogArtifact: LogArtifact = {
  ...ncsaLog,
  reads: 'log',
  format: 'ncsa',
  source: 'iis-log',
  localTime: false,
  headBytes: ncsaLog.sniffBytes,
  looksLike: ncsaLog.sniff,
};
