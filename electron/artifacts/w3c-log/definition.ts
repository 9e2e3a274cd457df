import type { LogArtifact } from '../kit/definition.ts';
import { w3cLines } from '../kit/w3c-lines.ts';
import { w3cLog } from './index.ts';

export const w3cLogArtifact: LogArtifact = {
  ...w3cLog,
  reads: 'log',
  format: 'w3c',
  source: 'iis-log',
  localTime: false,
  headBytes: w3cLog.sniffBytes,
  looksLike: w3cLog.sniff,
  lines: w3cLines,
};
