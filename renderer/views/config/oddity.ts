import type { Output } from '../../../shared/contract/index.ts';
import type { EffectiveEntry } from '../../../shared/model/index.ts';

type Component = Pick<Output<'component.list'>['components'][number], 'name' | 'image' | 'type' | 'origin' | 'findings' | 'registrations'>;
type Entry = Pick<EffectiveEntry, 'name' | 'image' | 'type' | 'scriptProcessor' | 'from' | 'overrides' | 'state'>;

/** What is known of the component that a line registers, or that an entry of this name and content is. */
export type Registered = ReadonlyMap<string, Component>;

/** Lines of a copy are not those of the file in force: there the entry itself tells which component it is. */
const contentKey = (name: string | null, what: string | null | undefined): string => `content\n${name ?? ''}\n${what ?? ''}`;
const keyOf = (evidencePath: string, line: number): string => `${evidencePath}\n${line}`;

/** Components by the lines that register them, and by name and content. */
export function byLine(components: readonly Component[]): Registered {
  const lines = new Map<string, Component>();
  for (const c of components) {
    lines.set(contentKey(c.name, c.image ?? c.type), c);
    for (const r of c.registrations) lines.set(keyOf(r.evidencePath, r.line), c);
  }
  return lines;
}

export interface Oddity {
  /** 0 is oddest; 4 is as a default server has it. */
  readonly rank: 0 | 1 | 2 | 3 | 4;
  /** Why it is odd, or ''. */
  readonly words: string;
}

/** How much an entry differs from a default server. It is an order to look in, not a judgement. */
export function oddityOf(entry: Entry, registered: Registered): Oddity {
  const component = registered.get(keyOf(entry.from.evidencePath, entry.from.line)) ?? registered.get(contentKey(entry.name, entry.image ?? entry.type ?? entry.scriptProcessor));
  const findings = component?.findings.length ?? 0;
  if (findings > 0) return { rank: 0, words: findings === 1 ? '1 finding' : `${findings} findings` };
  if (component?.origin === 'unknown') return { rank: 1, words: 'in no list of known components' };
  if (entry.overrides.length > 0) return { rank: 2, words: 'replaces another line' };
  if (component?.origin === 'known-product') return { rank: 3, words: 'of a known product' };
  return { rank: 4, words: '' };
}

/** The oddest first; what is equally odd stays in the order in which IIS uses it. */
export function oddFirst<E extends Entry>(entries: readonly E[], registered: Registered): E[] {
  return entries.map((e, i) => ({ e, i, rank: oddityOf(e, registered).rank })).sort((a, b) => a.rank - b.rank || a.i - b.i).map(({ e }) => e);
}
