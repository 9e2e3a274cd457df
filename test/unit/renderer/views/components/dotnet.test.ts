import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ExploreProvider, type Explore } from '../../../../../renderer/views/components/explore.tsx';
import { DotNet } from '../../../../../renderer/views/components/tabs/DotNet.tsx';
import { NOT_READ } from '../../../../../renderer/views/components/words.ts';
import { ClrFacts } from '../../../../../shared/model/index.ts';
import { managedFacts } from '../../../../helpers/fake-images.ts';

const nothing = (): void => undefined;
const explore: Explore = { select: nothing, open: nothing, find: nothing, same: nothing, point: nothing };

/** The text of the tab, tags left out. */
function shown(more: Partial<ClrFacts>, old = false): string {
  const clr = ClrFacts.parse({ ...managedFacts.clr, ...more });
  const tab = createElement(DotNet, { clr, capabilities: [], old });
  return renderToStaticMarkup(createElement(ExploreProvider, { value: explore }, tab)).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ').replaceAll(' ,', ',');
}

describe('the .NET tab', () => {
  it('says of each start method whether ASP.NET can call it', () => {
    const method = (state: ClrFacts['startMethods'][number]['state']) => ({ target: `Shop.Startup::${state}`, token: '0x0C000001', state, method: state === 'found' ? '0x06000003' : null });
    const text = shown({ startMethods: [method('found'), method('not-callable'), method('missing'), method('other-assembly')] });
    expect(text).toContain('Shop.Startup::found 0x0C000001 ASP.NET calls it before the application starts 0x06000003');
    for (const words of ['ASP.NET cannot call it', 'the file has no such method', 'lies in another assembly']) expect(text).toContain(words);
    expect(text).not.toContain('runs at start');
    expect(shown({})).toContain('runs at start nothing');
  });
  it('says through which types of other assemblies a type is what it is', () => {
    expect(shown({ httpTypes: [{ type: 'Shop.M', implements: ['System.Web.IHttpModule'], through: 'Vendor.ModuleBase in Vendor.Web' }] })).toContain('Shop.M implements System.Web.IHttpModule, through Vendor.ModuleBase in Vendor.Web');
    expect(shown({ openTypes: [{ type: 'Shop.O', token: '0x02000004', parents: [{ type: 'P', assembly: 'A' }], interface: false }] })).toContain('Shop.O 0x02000004 from P in A');
  });
  it('has the GUID and the kind of build, or that they are not stated', () => {
    expect(shown({ guid: '11223344-0000-4000-8000-000000000000', debugBuild: true })).toMatch(/debug build yes: not optimised GUID 11223344-/);
    expect(shown({ guid: null, debugBuild: null })).toContain('debug build not stated GUID not stated');
    expect(shown({}, true)).toContain(`debug build ${NOT_READ}`);
  });
  it('lists interfaces and forwarded types where there are some', () => {
    const text = shown({ httpInterfaces: [{ type: 'Shop.IMod', implements: ['System.Web.IHttpModule'] }], forwards: [{ type: 'Shop.Old', assembly: 'Shop.New' }] });
    expect(text).toContain('Shop.IMod extends System.Web.IHttpModule');
    expect(text).toContain('Shop.Old to Shop.New');
    expect(shown({})).not.toContain('forwards');
  });
});
