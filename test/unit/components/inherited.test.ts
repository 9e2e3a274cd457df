import { describe, expect, it } from 'vitest';
import { inheritedTypes, withInherited } from '../../../electron/components/inherited.ts';
import type { ImageFacts, ImageIndex } from '../../../electron/components/index.ts';
import { unregisteredComponents } from '../../../electron/components/unregistered.ts';
import { type ClrFacts, ClrFacts as ClrFactsShape, type OpenType, type PeFacts } from '../../../shared/model/index.ts';
import { nativeModulePe, TestServer } from '../../helpers/model.ts';

const MODULE = 'System.Web.IHttpModule';

function assembly(path: string, name: string, facts: Partial<ClrFacts>, sha256 = path): ImageFacts {
  const clr = ClrFactsShape.parse({
    assembly: name, version: '1.0.0.0', mvid: '', publicKeyToken: null, runtime: 'v4.0.30319', references: [], httpTypes: [], events: [], preApplicationStart: [], mixedMode: false, ...facts,
  });
  const pe: PeFacts = { ...nativeModulePe(), entryPoints: [], kinds: [], clr };
  const evidencePath = path.replace(':', '').replaceAll('\\', '/');
  return { status: 'present', place: { path, evidencePath }, file: { path, evidencePath, sha256, size: 4096 }, pe, modified: null };
}

const open = (type: string, ...parents: (readonly [type: string, assembly: string])[]): OpenType => ({ type, token: '0x02000002', parents: parents.map(([t, a]) => ({ type: t, assembly: a })), interface: false });
const resolve = (...images: ImageFacts[]): Record<string, unknown> => Object.fromEntries(inheritedTypes(images));

describe('types that are what they are through other assemblies', () => {
  const base = assembly('D:\\a\\bin\\Base.dll', 'Base', { httpTypes: [{ type: 'Base.Module', implements: [MODULE] }] });

  it('follows a base type into the assembly beside it, over several, and names the chain', () => {
    const middle = assembly('D:\\a\\bin\\Middle.dll', 'Middle', { openTypes: [open('Middle.M', ['Base.Module', 'Base'])] });
    const leaf = assembly('D:\\a\\bin\\Leaf.dll', 'Leaf', { openTypes: [open('Leaf.L', ['Middle.M', 'middle'])] });
    expect(resolve(leaf, base, middle)).toEqual({
      'D/a/bin/Middle.dll': [{ type: 'Middle.M', implements: [MODULE], through: 'Base.Module of Base 1.0.0.0 (D:\\a\\bin\\Base.dll)' }],
      'D/a/bin/Leaf.dll': [{ type: 'Leaf.L', implements: [MODULE], through: 'Middle.M of Middle 1.0.0.0 (D:\\a\\bin\\Middle.dll), through Base.Module of Base 1.0.0.0 (D:\\a\\bin\\Base.dll)' }],
    });
  });

  it('leaves open what is not in the evidence, and ends in a circle', () => {
    expect(resolve(assembly('D:\\a\\bin\\Leaf.dll', 'Leaf', { openTypes: [open('Leaf.L', ['X', 'Absent'])] }), base)).toEqual({});
    const one = assembly('D:\\a\\bin\\One.dll', 'One', { openTypes: [open('One.T', ['Two.T', 'Two'])] });
    const two = assembly('D:\\a\\bin\\Two.dll', 'Two', { openTypes: [open('Two.T', ['One.T', 'One'], ['Base.Module', 'Base'])] });
    expect(resolve(one, two)).toEqual({});
    expect(Object.keys(resolve(one, two, base))).toEqual(['D/a/bin/One.dll', 'D/a/bin/Two.dll']);
  });

  it('goes through interfaces and forwarded types, and lists no interface', () => {
    const contracts = assembly('D:\\a\\bin\\Contracts.dll', 'Contracts', { httpInterfaces: [{ type: 'IOwn', implements: [MODULE] }] });
    const facade = assembly('D:\\a\\bin\\Facade.dll', 'Facade', { forwards: [{ type: 'IOwn', assembly: 'Contracts' }] });
    const leaf = assembly('D:\\a\\bin\\Leaf.dll', 'Leaf', { openTypes: [open('Leaf.L', ['IOwn', 'Facade']), { ...open('Leaf.ILeaf', ['IOwn', 'Facade']), interface: true }] });
    const found = inheritedTypes([contracts, facade, leaf]);
    expect([...found.keys()]).toEqual(['D/a/bin/Leaf.dll']);
    expect(found.get('D/a/bin/Leaf.dll')?.map((t) => [t.type, t.through])).toEqual([['Leaf.L', 'IOwn of Facade 1.0.0.0 (D:\\a\\bin\\Facade.dll), through IOwn of Contracts 1.0.0.0 (D:\\a\\bin\\Contracts.dll)']]);
  });

  it('takes the assembly in the same folder; where several could be meant it says how many agree', () => {
    const other = assembly('D:\\b\\bin\\Base.dll', 'Base', { version: '2.0.0.0' });
    const leaf = (path: string): ImageFacts => assembly(path, 'Leaf', { openTypes: [open('Leaf.L', ['Base.Module', 'Base'])] });
    expect(resolve(base, other, leaf('D:\\b\\bin\\Leaf.dll'))).toEqual({});
    const [found] = inheritedTypes([base, other, leaf('D:\\c\\bin\\Leaf.dll')]).get('D/c/bin/Leaf.dll') ?? [];
    expect(found?.through).toContain('(2 different files of the evidence have that assembly\'s name and nothing tells which is loaded; 1 of them make it so)');
    const copy = assembly('D:\\e\\bin\\Base.dll', 'Base', { httpTypes: [{ type: 'Base.Module', implements: [MODULE] }] }, 'D:\\a\\bin\\Base.dll');
    const [same] = inheritedTypes([base, copy, leaf('D:\\c\\bin\\Leaf.dll')]).get('D/c/bin/Leaf.dll') ?? [];
    expect(same?.through).toBe('Base.Module of Base 1.0.0.0 (D:\\a\\bin\\Base.dll)');
  });

  it('adds types and kinds to the images of a server, on both ways to them', () => {
    const leaf = assembly('D:\\a\\bin\\Leaf.dll', 'Leaf', { httpTypes: [{ type: 'Leaf.L', implements: ['System.Web.IHttpHandler'] }], openTypes: [open('Leaf.L', ['Base.Module', 'Base'])] });
    const images = withInherited({ lookup: () => leaf, all: [base, leaf] });
    for (const facts of [images.all[1], images.lookup('x', 64)]) {
      expect(facts?.pe?.kinds).toEqual(['managed-module']);
      expect(facts?.pe?.clr?.httpTypes).toEqual([{ type: 'Leaf.L', implements: ['System.Web.IHttpHandler', MODULE], through: 'Base.Module of Base 1.0.0.0 (D:\\a\\bin\\Base.dll)' }]);
    }
    expect(images.all[0]).toBe(base);
    const plain = { lookup: () => base, all: [base] };
    expect(withInherited(plain)).toBe(plain);
  });

  it('a file that nothing registers is a component by what it inherits, and says through what', () => {
    const leaf = assembly('D:\\a\\bin\\Leaf.dll', 'Leaf', { openTypes: [open('Leaf.L', ['Base.Module', 'Base'])] });
    const { server } = new TestServer();
    const found = (images: ImageIndex): [string, readonly string[]][] => unregisteredComponents(server, images, []).map((c) => [`${c.kind} ${c.name}`, c.entryPoints]);
    const images: ImageIndex = { lookup: () => leaf, all: [leaf, base] };
    expect(found(images)).toEqual([]);
    expect(found(withInherited(images))).toEqual([['managed-module Leaf', [`Leaf.L (${MODULE}; by way of Base.Module of Base 1.0.0.0 (D:\\a\\bin\\Base.dll))`]]]);
  });

  it('comes to an end on thousands of types that all inherit from each other', () => {
    const count = 2000;
    const parents = Array.from({ length: 30 }, (_, i) => [`T${i}`, 'Loop'] as const);
    const loop = assembly('D:\\a\\bin\\Loop.dll', 'Loop', { httpTypes: [{ type: 'T0', implements: [MODULE] }], openTypes: Array.from({ length: count }, (_, i) => open(`T${i}`, ...parents)) });
    expect(inheritedTypes([loop]).get('D/a/bin/Loop.dll')).toHaveLength(count - 1);
  });
});
