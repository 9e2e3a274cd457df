import { RequestError } from '../../shared/base/result.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

export function requestService(_workspace: Workspace): HandlersOf<'request'> {
  return {
    'request.explain': () => {
      throw new RequestError('unavailable', 'Requests are not explained yet.');
    },
  };
}
