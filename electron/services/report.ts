import { RequestError } from '../../shared/base/result.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

const todo = (): never => {
  throw new RequestError('unavailable', 'Not built yet.');
};

export function reportService(_workspace: Workspace): HandlersOf<'report'> {
  return {
    'report.preview': () => todo(),
    'report.write': () => todo(),
    'report.export': () => todo(),
    'report.sample': () => todo(),
  };
}
