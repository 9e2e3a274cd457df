import type { InventoryEntry } from '../../../electron/evidence/source.ts';

/** Inventory entries for pure tests: a path is a file, with `/` at its end a folder, with `@` at its end a link. */
export function entriesOf(...paths: string[]): InventoryEntry[] {
  return paths.map((path) => {
    const type = path.endsWith('/') ? 'folder' : path.endsWith('@') ? 'link' : 'file';
    const evidencePath = type === 'file' ? path : path.slice(0, -1);
    return { evidencePath, type, size: 1, modified: null, created: null, problem: null };
  });
}

export const AHC = 'Windows/System32/inetsrv/config/applicationHost.config';
