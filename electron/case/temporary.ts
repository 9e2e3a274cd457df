import path from 'node:path';
import { makeOwnFolder } from './own-folder.ts';

/** A case file that lives until it is closed or saved under a name. */
export async function temporaryCase(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const folder = await makeOwnFolder('case');
  return { path: path.join(folder.path, 'unsaved.iiscase'), remove: () => folder.remove() };
}
