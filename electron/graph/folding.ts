import type { Drawing } from './drawing.ts';

/** A group that is opened shows at most this many members, or groups of as many. */
const CHUNK = 60;
/** And no more groups than this: beyond, the groups hold more. */
const MOST_CHUNKS = 60;

export interface Folded<T> {
  readonly id: string;
  readonly members: readonly T[];
  /** Members that are drawn at once; fewer where each brings nodes of its own. */
  readonly chunk?: number;
  readonly nameOf: (member: T) => string;
  /** Draws one member. */
  readonly one: (member: T) => void;
  /** Draws one group that stands for members; `part` names the range that it covers, or is null for all. */
  readonly group: (id: string, members: readonly T[], part: string | null) => void;
}

/**
 * Draws members as one group, or where the group is open as members; many of them as groups of a readable size first.
 * The id of a part says where it begins and how many it holds, so that it is the same for the same evidence.
 */
export function drawFolded<T>(drawing: Drawing, expand: ReadonlySet<string>, most: number, { id, members, chunk = CHUNK, nameOf, one, group }: Folded<T>): void {
  if (members.length === 0) return;
  if (!expand.has(id)) return group(id, members, null);
  const each = (list: readonly T[]): void => {
    for (const member of list) {
      if (drawing.size > most) return;
      one(member);
    }
  };
  if (members.length <= chunk) return each(members);
  const size = Math.max(chunk, Math.ceil(members.length / MOST_CHUNKS));
  for (let at = 0; at < members.length; at += size) {
    const part = members.slice(at, at + size);
    const partId = `${id}#${at}+${part.length}`;
    const [first, last] = [part[0], part.at(-1)];
    if (expand.has(partId)) each(part);
    else if (first !== undefined && last !== undefined) group(partId, part, `${nameOf(first)} to ${nameOf(last)}`);
  }
}
