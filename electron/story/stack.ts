import type { Component, Server, StackRow } from '../../shared/model/index.ts';
import { compareBy } from '../../shared/base/compare.ts';
import { canonicalImage, typeKey } from '../knowledge/index.ts';

/** What stacking needs of a component. */
export type Stackable = Pick<Component, 'id' | 'server' | 'kind' | 'name' | 'image' | 'type' | 'origin' | 'file' | 'registrations'>;

const ORIGIN_RANK = { unknown: 0, 'known-product': 1, stock: 2 } as const;

interface Stack { readonly row: StackRow; readonly hashes: Set<string>; readonly servers: Set<string>; rank: number }

/** What a component is told apart by on any host: its kind, its name and the code that it names. */
function keyOf({ kind, name, image, type, file }: Stackable): string {
  const code = image !== null ? canonicalImage(image) : type !== null ? typeKey(type) : canonicalImage(file?.path ?? '');
  return [kind, name ?? '', code].join('\0');
}

/**
 * Counts each component over the servers of a case. Those that differ come first: what few servers have, then what has
 * other contents among them; of equals what is neither stock nor of a known product.
 * @param servers all that could have it: those whose configuration is in the evidence
 */
export function stackOf(components: readonly Stackable[], servers: readonly Pick<Server, 'id'>[]): StackRow[] {
  const known = new Set(servers.map((s) => s.id));
  const stacks = new Map<string, Stack>();
  for (const c of components) {
    if (!known.has(c.server)) continue;
    const key = keyOf(c);
    const stack = stacks.get(key) ?? {
      row: { kind: c.kind, name: c.name, what: c.image ?? c.type ?? c.file?.path ?? '', servers: [], of: servers.length, contents: 0, components: [] }, hashes: new Set(), servers: new Set(), rank: 2,
    };
    stacks.set(key, stack);
    stack.servers.add(c.server);
    stack.row.components.push(c.id);
    if (c.file !== null) stack.hashes.add(c.file.sha256);
    stack.rank = Math.min(stack.rank, ORIGIN_RANK[c.origin]);
  }
  const order = new Map(servers.map((s, i) => [s.id, i]));
  return [...stacks.values()].sort(compareBy<Stack>(
    ({ servers: own, hashes }) => (own.size < servers.length || hashes.size > 1 ? 0 : 1), ({ servers: own }) => own.size, ({ hashes }) => -hashes.size, ({ rank }) => rank,
    ({ row }) => row.kind, ({ row }) => row.name ?? '', ({ row }) => row.what, ({ row }) => row.components[0] ?? '',
  )).map(({ row, hashes, servers: own }) => ({ ...row, servers: [...own].sort(compareBy((id) => order.get(id) ?? 0)), contents: hashes.size }));
}
