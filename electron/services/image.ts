import { RequestError } from '../../shared/base/result.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

export function imageService(_workspace: Workspace): HandlersOf<'image'> {
  const missing = (): never => {
    throw new RequestError('unavailable', 'Program files cannot be listed yet.');
  };
  return { 'image.list': missing, 'image.get': missing, 'image.same': missing, 'image.strings': missing };
}
