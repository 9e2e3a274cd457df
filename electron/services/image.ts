import { imageStrings } from '../jobs/images/image-strings.ts';
import { getImage, listImages } from '../jobs/images/list-images.ts';
import { sameImages } from '../jobs/images/same-images.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

export function imageService(workspace: Workspace): HandlersOf<'image'> {
  return {
    'image.list': async () => ({ images: await listImages(workspace.opened.file) }),
    'image.get': ({ sha256 }) => getImage(workspace.opened.file, sha256),
    'image.same': ({ by, value }) => sameImages(workspace.opened.file, by, value),
    'image.strings': (ask) => imageStrings(workspace.opened, ask),
  };
}
