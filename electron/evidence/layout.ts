import { compareText } from '../../shared/base/compare.ts';
import type { Layout } from '../../shared/model/index.ts';
import type { HostRoot } from './host-root.ts';
import { groupHosts } from './layout-hosts.ts';
import { findRoots, type Roots } from './layout-roots.ts';
import { findShadowTrees, inShadowTree, withNestedTrees, type ShadowTree } from './nested-trees.ts';
import type { InventoryEntry } from './source.ts';

export interface DetectedLayout {
  /** Of the first host; `loose` when there is none. */
  readonly layout: Layout;
  /** Sorted by prefix. */
  readonly hosts: readonly HostRoot[];
}

/**
 * Finds the Windows hosts in a list of names by what their folders look like; nothing is opened. Recognised: a plain
 * or mounted tree, KAPE and CyLR (`C/`), Velociraptor (`uploads/ACCESSOR/C%3A/`), dissect acquire (`fs/C:/`), FTK
 * Imager (`[root]/`), each with any folder in front (several hosts) and with several drives.
 */
export function detectLayout(entries: readonly InventoryEntry[]): DetectedLayout {
  const shadows = findShadowTrees(entries);
  const hosts = withNestedTrees(groupHosts(withoutShadows(findRoots(entries), shadows)), shadows).sort((a, b) => compareText(a.prefix, b.prefix));
  return { layout: hosts[0]?.layout ?? 'loose', hosts };
}

/** A shadow copy is no host of its own, unless nothing else of a host was collected. */
function withoutShadows(roots: Roots, shadows: readonly ShadowTree[]): Roots {
  if (shadows.length === 0) return roots;
  const outside = new Map([...roots.candidates].filter(([prefix]) => !inShadowTree(shadows, prefix)));
  if (![...outside.values()].some((root) => root.strength !== 'drive')) return roots;
  const inside = [...roots.candidates].filter(([prefix, root]) => root.strength === 'windows' && !outside.has(prefix)).map(([prefix]) => prefix);
  return { candidates: outside, shadowCopies: [...new Set([...roots.shadowCopies, ...inside])].sort() };
}
