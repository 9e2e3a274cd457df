import type { Node } from './use-graph.ts';

type Kind = Node['kind'];

const PLURALS: Readonly<Record<Kind, readonly [string, string]>> = {
  server: ['server', 'servers'], site: ['site', 'sites'], pool: ['application pool', 'application pools'], application: ['application', 'applications'],
  registration: ['registration', 'registrations'], component: ['component', 'components'], file: ['file', 'files'], 'entry-point': ['entry point', 'entry points'],
  import: ['import', 'imports'], group: ['group', 'groups'],
};

export const kindWords = (kind: Kind): string => PLURALS[kind][1];

/** `2 sites, 1 application and 4 files`. */
export function countWords(counts: readonly { readonly kind: Kind; readonly count: number }[]): string {
  const parts = counts.map(({ kind, count }) => `${count} ${PLURALS[kind][count === 1 ? 0 : 1]}`);
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
