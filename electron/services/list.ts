import { RequestError } from '../../shared/base/result.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

const todo = (): never => {
  throw new RequestError('unavailable', 'Not built yet.');
};

export function listService(_workspace: Workspace): HandlersOf<'list'> {
  return {
    'list.list': () => todo(),
    'list.add': () => todo(),
    'list.remove': () => todo(),
    'list.hits': () => todo(),
    'list.makeKnownGood': () => todo(),
    'list.families': () => todo(),
  };
}
