import type { HostRoot, NestedTree } from '../../evidence/host-root.ts';
import { detectLayout } from '../../evidence/layout.ts';
import { pathInTree, treeAround } from '../../evidence/nested-trees.ts';
import type { InventoryEntry } from '../../evidence/source.ts';
import type { WindowsView } from '../../evidence/windows-view.ts';
import { windowsView } from '../../evidence/windows-view-of.ts';
import type { Layout } from '../../../shared/model/index.ts';
import { stableId } from '../stable-id.ts';

/** Server of files that belong to no host: loose DLLs, and web.config files that no site points at. */
export const NO_SERVER = 'loose';

/** One Windows host of the evidence. */
export interface Host {
  /** Id of the server that runs on it. */
  readonly id: string;
  /** Folder name that several hosts are told apart by; null for a host alone. */
  readonly name: string | null;
  readonly view: WindowsView;
}

export interface Hosts {
  readonly layout: Layout;
  readonly hosts: readonly Host[];
  /** The host that a file of the evidence lies on, or null. */
  hostOf(evidencePath: string): Host | null;
  /** The earlier state of a host's drive that a file lies in (shadow copy, copied tree), and its path there; or null. */
  earlierOf(evidencePath: string): EarlierFile | null;
}

/** A file as it was: in a volume shadow copy, or in a tree that was copied. */
export interface EarlierFile {
  readonly host: Host;
  readonly tree: NestedTree;
  /** Windows path that it had. */
  readonly path: string;
}

/** Tells the hosts of an inventory apart; a saved case gives its manifest instead of a live inventory. */
export function findHosts(entries: readonly InventoryEntry[]): Hosts {
  const { layout, hosts: roots } = detectLayout(entries);
  const hosts = roots.map((root) => hostAt(root, entries));
  const earlierOf = (evidencePath: string): EarlierFile | null => {
    for (const [i, root] of roots.entries()) {
      const tree = treeAround(root.trees, evidencePath);
      const host = hosts[i];
      if (tree === null || host === undefined) continue;
      const path = pathInTree(tree.drive, evidencePath);
      return path === null ? null : { host, tree, path };
    }
    return null;
  };
  return { layout, hosts, hostOf: (evidencePath) => hosts.find((h) => h.view.windowsPath(evidencePath) !== null) ?? null, earlierOf };
}

function hostAt(root: HostRoot, entries: readonly InventoryEntry[]): Host {
  const name = root.prefix === '' ? null : root.prefix.slice(root.prefix.lastIndexOf('/') + 1);
  return { id: stableId('s', root.id), name, view: windowsView(root, entries) };
}
