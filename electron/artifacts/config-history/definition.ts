import type { HistoryArtifact } from '../kit/definition.ts';
import { CONFIG_HISTORY, copyMoment, copyOf, locateCopy, outOfOrder } from './index.ts';

export const configHistoryArtifact: HistoryArtifact = {
  ...CONFIG_HISTORY,
  reads: 'history',
  locate: locateCopy,
  copyOf,
  momentOf: copyMoment,
  outOfOrder,
};
