import { describe, expect, it } from 'vitest';
import { stackOf, type Stackable } from '../../../electron/story/stack.ts';
import { sharedTraits, traitKey } from '../../../electron/story/traits.ts';
import type { Component } from '../../../shared/model/index.ts';
import { TestServer } from '../../helpers/model.ts';

const SERVERS = [{ id: 's1' }, { id: 's2' }, { id: 's3' }];
let next = 0;
const on = (server: string, name: string, part: Partial<Stackable> = {}): Stackable => ({
  id: `c${next++}`, server, kind: 'native-module', name, image: `%windir%\\System32\\inetsrv\\${name}.dll`, type: null, origin: 'stock', registrations: [],
  file: { path: null, evidencePath: `${server}/${name}.dll`, sha256: 'a'.repeat(64), size: 1 }, ...part,
});

describe('stacking over hosts', () => {
  it('what one host alone has comes first, then what differs in content', () => {
    const rows = stackOf([
      ...SERVERS.flatMap((s) => [on(s.id, 'A'), on(s.id, 'B')]), on('s2', 'Evil', { origin: 'unknown' }), on('s1', 'Two'), on('s3', 'Two'),
      on('s1', 'C'), on('s2', 'C', { image: 'C:\\Windows\\System32\\inetsrv\\C.dll' }), on('s3', 'C', { file: { path: null, evidencePath: 's3/C.dll', sha256: 'b'.repeat(64), size: 1 } }),
    ], SERVERS);
    expect(rows.map((r) => [r.name, r.servers, r.of, r.contents])).toEqual([
      ['Evil', ['s2'], 3, 1], ['Two', ['s1', 's3'], 3, 1], ['C', ['s1', 's2', 's3'], 3, 2], ['A', ['s1', 's2', 's3'], 3, 1], ['B', ['s1', 's2', 's3'], 3, 1],
    ]);
  });
  it('twice on one host is one host, and a host without a configuration is none', () => {
    const [row] = stackOf([on('s1', 'A'), on('s1', 'A'), on('elsewhere', 'A')], SERVERS);
    expect(row).toMatchObject({ servers: ['s1'], components: [expect.any(String), expect.any(String)] });
  });
});

describe('shared traits', () => {
  const components: Component[] = Array.from({ length: 10 }, (_, i) => new TestServer().globalModule(`M${i}`, `C:\\x\\m${i}.dll`).join()).flat();
  const [own, other] = components;
  if (own === undefined || other === undefined) throw new Error('components');
  const value = (by: string, key: string) => ({ by, value: key, key });
  const index = (holders: readonly [ReturnType<typeof value>, readonly Component[]][]) => ({ files: 10, holders: new Map(holders.map(([v, list]) => [traitKey(v), list])) });

  it('leaves out what half of the files have, but never the bytes', () => {
    const [rich, sha] = [value('rich', 'r'), value('sha256', 's')];
    const traits = sharedTraits(own, [rich, sha], index([[rich, components.slice(0, 6)], [sha, components.slice(0, 6)]]), [], () => null);
    expect(traits.map((t) => [t.by, t.components.length])).toEqual([['sha256', 5]]);
  });
  it('weak values come last and say why', () => {
    const [signer, mvid] = [value('signer', 'x'), value('mvid', 'm')];
    const traits = sharedTraits(own, [signer, mvid], index([[signer, [own, other]], [mvid, [own, other]]]), [], (v) => (v.by === 'signer' ? 'a vendor' : null));
    expect(traits.map((t) => [t.by, t.weak])).toEqual([['mvid', null], ['signer', 'a vendor']]);
    expect(traits[0]?.components).toEqual([{ id: other.id, server: 's1', name: 'M1' }]);
  });
  it('nothing in common, nothing told', () => {
    const only = value('mvid', 'm');
    expect(sharedTraits(own, [only], index([[only, [own]]]), [own], () => null)).toEqual([]);
  });
});
