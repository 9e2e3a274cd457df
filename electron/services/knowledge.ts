import { RequestError } from '../../shared/base/result.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

const todo = (): never => {
  throw new RequestError('unavailable', 'Not built yet.');
};

export function knowledgeService(_workspace: Workspace): HandlersOf<'knowledge'> {
  return {
    'knowledge.get': () => todo(),
  };
}
