import { RequestError } from '../../shared/base/result.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

const todo = (): never => {
  throw new RequestError('unavailable', 'Not built yet.');
};

export function storyService(_workspace: Workspace): HandlersOf<'story'> {
  return {
    'story.component': () => todo(),
    'story.shared': () => todo(),
    'story.stack': () => todo(),
  };
}
