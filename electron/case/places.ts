import { readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { foldCase } from '../../shared/base/compare.ts';
import { RequestError } from '../../shared/base/result.ts';

/** Links that are followed one after the other before a path counts as a loop; the system's own limit is 40. */
const MAX_LINKS = 40;

/**
 * The path with every link of its existing part resolved, so that no alias leads around a check. A link to what does
 * not exist yet is followed too: opening it for writing would make the file where it points.
 */
export function resolvedPath(file: string, links = 0): string {
  const absolute = path.resolve(file);
  try {
    return realpathSync.native(absolute);
  } catch {
    const parent = path.dirname(absolute);
    if (parent === absolute) return absolute;
    const place = path.join(resolvedPath(parent, links), path.basename(absolute));
    const target = links < MAX_LINKS ? linkTarget(place) : null;
    return target === null ? place : resolvedPath(path.resolve(path.dirname(place), target), links + 1);
  }
}

function linkTarget(place: string): string | null {
  try {
    return readlinkSync(place);
  } catch {
    return null;
  }
}

/**
 * Nothing is ever written into evidence.
 * @throws RequestError when `file`, or what its links lead to, lies in one of `roots` or is one of them.
 */
export function refuseInside(file: string, roots: readonly string[]): void {
  const target = resolvedPath(file);
  for (const root of roots) {
    if (isInside(target, resolvedPath(root)) || isInside(path.resolve(file), path.resolve(root))) {
      throw new RequestError('conflict', `${file} lies inside the evidence ${root}; choose a place outside it.`);
    }
  }
}

/** Names are folded on every system: a place refused for its spelling costs nothing, a write into evidence does. */
function isInside(file: string, root: string): boolean {
  const relative = path.relative(foldCase(root), foldCase(file));
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}
