import type { LogArtifact } from '../kit/definition.ts';
import { w3cLines } from '../kit/w3c-lines.ts';
import { ftpLog } from './index.ts';

export const ftpLogArtifact: LogArtifact = {
  ...ftpLog,
  reads: 'log',
  format: 'w3c',
  source: 'ftp-log',
  localTime: false,
  headBytes: ftpLog.sniffBytes,
  looksLike: ftpLog.sniff,
  lines: w3cLines,
};
