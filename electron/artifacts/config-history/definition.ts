import type { HistoryArtifact } from '../kit/definition.ts';
import { CONFIG_HISTORY, copyMoment, locateCopy, outOfOrder } from './index.ts';

export const configHistoryArtifact: HistoryArtifact = {
  ...CONFIG_HISTORY,
  reads: 'history',
  locate: locateCopy,
  momentOf: copyMoment,
  outOfOrder,
};
