import type { LogArtifact } from '../kit/definition.ts';
import { assumedOrder } from './dates.ts';
import { iisLog } from './index.ts';

export const iisLogArtifact: LogArtifact = {
  ...iisLog,
  reads: 'log',
  format: 'iis',
  source: 'iis-log',
  localTime: true,
  headBytes: iisLog.sniffBytes,
  looksLike: iisLog.sniff,
  assumed: (state) => assumedOrder(state.dates),
};
