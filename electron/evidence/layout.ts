import { compareText } from '../../shared/base/compare.ts';
import type { Layout } from '../../shared/model/index.ts';
import type { HostRoot } from './host-root.ts';
import { groupHosts } from './layout-hosts.ts';
import { findRoots } from './layout-roots.ts';
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
  const hosts = groupHosts(findRoots(entries)).sort((a, b) => compareText(a.prefix, b.prefix));
  return { layout: hosts[0]?.layout ?? 'loose', hosts };
}
