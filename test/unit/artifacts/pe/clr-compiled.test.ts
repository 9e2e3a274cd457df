import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inheritedTypes } from '../../../../electron/components/inherited.ts';
import type { ImageFacts } from '../../../../electron/components/index.ts';
import { parsePe } from '../../../../electron/artifacts/pe/index.ts';
import type { PeFacts } from '../../../../shared/model/index.ts';

/** Package mono-mcs; another place can be named. */
const MCS = process.env['MCS'] ?? 'mcs';
const present = spawnSync(MCS, ['--version']).error === undefined;
const STUB = path.join(import.meta.dirname, '../../../fixtures/components/src/SystemWebStub.cs');

const BASE = `
using System; using System.Web;
namespace Contoso.Base {
  public abstract class ModuleBase : IHttpModule { public virtual void Init(HttpApplication c) { c.BeginRequest += delegate { }; } public void Dispose() { } }
  public interface IOwnModule : IHttpModule { }
}`;

const LEAF = `
using System; using System.Reflection; using System.Runtime.CompilerServices; using System.Runtime.InteropServices; using System.Web;
[assembly: AssemblyVersion("3.1.4.1")]
[assembly: Guid("11111111-2222-3333-4444-555555555555")]
[assembly: SuppressIldasm]
[assembly: System.Runtime.Versioning.TargetFramework(".NETFramework,Version=v4.8")]
[assembly: PreApplicationStartMethod(typeof(Contoso.Leaf.Boot), "Start")]
[assembly: PreApplicationStartMethod(typeof(Contoso.Leaf.Boot), "Hidden")]
[assembly: PreApplicationStartMethod(typeof(Contoso.Leaf.Boot), "Nowhere")]
[module: ConfusedBy("a protector")]
class ConfusedByAttribute : Attribute { public ConfusedByAttribute(string text) { } }
namespace Contoso.Leaf {
  public static class Boot { public static void Start() { } static void Hidden() { } }
  public class Silent : Contoso.Base.ModuleBase { }
  public class Deeper : Silent { class Inner : Silent { } }
  public class Own : Contoso.Base.IOwnModule { public void Init(HttpApplication c) { } public void Dispose() { } }
  public class Generic<T> : System.Collections.Generic.List<T> { }
  static class Native {
    [DllImport("kernel32.dll", EntryPoint = "VirtualAlloc")] public static extern IntPtr Reserve(IntPtr a, UIntPtr b, uint c, uint d);
    public static object Load(byte[] bytes) { Console.WriteLine("trigger \\uD83D\\uDE00"); return Assembly.Load(bytes); }
    public static object Named(string name) { return Assembly.Load(name); }
  }
}`;

describe.skipIf(!present)(`CLR facts of what a compiler writes (mcs ${present ? 'present' : 'absent'})`, () => {
  let folder = '';
  let files: Readonly<Record<'base' | 'leaf', { readonly bytes: Uint8Array; readonly facts: PeFacts }>>;

  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-clr-'));
    writeFileSync(path.join(folder, 'stub.cs'), `${readFileSync(STUB, 'utf8')}`);
    writeFileSync(path.join(folder, 'base.cs'), BASE);
    writeFileSync(path.join(folder, 'leaf.cs'), LEAF);
    writeFileSync(path.join(folder, 'data.txt'), 'twelve bytes');
    const compile = (...args: string[]): void => {
      const done = spawnSync(MCS, ['-nologo', '-target:library', '-warn:0', ...args], { cwd: folder, encoding: 'utf8' });
      if (done.status !== 0) throw new Error(`${done.stdout}${done.stderr}`);
    };
    compile('-out:System.Web.dll', 'stub.cs');
    compile('-r:System.Web.dll', '-out:Contoso.Base.dll', 'base.cs');
    compile('-r:System.Web.dll', '-r:Contoso.Base.dll', '-debug+', '-optimize-', '-resource:data.txt,Contoso.Data', '-out:Contoso.Leaf.dll', 'leaf.cs');
    const read = (name: string): { readonly bytes: Uint8Array; readonly facts: PeFacts } => {
      const bytes = new Uint8Array(readFileSync(path.join(folder, name)));
      const { facts, problems } = parsePe(bytes);
      if (facts === null || problems.length > 0) throw new Error(JSON.stringify(problems));
      return { bytes, facts };
    };
    files = { base: read('Contoso.Base.dll'), leaf: read('Contoso.Leaf.dll') };
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('identity and attributes of the assembly', () => {
    const { clr } = files.leaf.facts;
    expect(clr).toMatchObject({
      assembly: 'Contoso.Leaf', module: 'Contoso.Leaf.dll', version: '3.1.4.1', culture: '', guid: '11111111-2222-3333-4444-555555555555', targetFramework: '.NETFramework,Version=v4.8',
      strongName: 'none', processor: 'any', precompiled: 'none', mixedMode: false, debugBuild: true,
    });
  });

  it('types that stay open, also through types of the own assembly, and interfaces that matter elsewhere', () => {
    const { base, leaf } = files;
    expect(base.facts.clr?.httpTypes).toEqual([{ type: 'Contoso.Base.ModuleBase', implements: ['System.Web.IHttpModule'] }]);
    expect(base.facts.clr?.httpInterfaces).toEqual([{ type: 'Contoso.Base.IOwnModule', implements: ['System.Web.IHttpModule'] }]);
    expect(base.facts.clr?.openTypes).toEqual([]);
    const modules = [{ type: 'Contoso.Base.ModuleBase', assembly: 'Contoso.Base' }];
    expect(leaf.facts.clr?.openTypes.map((t) => [t.type, t.parents])).toEqual([
      ['Contoso.Leaf.Deeper', modules], ['Contoso.Leaf.Deeper+Inner', modules], ['Contoso.Leaf.Own', [{ type: 'Contoso.Base.IOwnModule', assembly: 'Contoso.Base' }]], ['Contoso.Leaf.Silent', modules],
    ]);
    // The compiler repeats the interfaces of an interface, so this one shows by itself.
    expect(leaf.facts.clr?.httpTypes.map((t) => t.type)).toEqual(['Contoso.Leaf.Own']);
  });

  it('the same types beside the other assembly: they are modules', () => {
    const image = (name: 'base' | 'leaf'): ImageFacts => ({ status: 'present', place: { path: `D:\\bin\\${name}.dll`, evidencePath: `D/bin/${name}.dll` }, file: null, pe: files[name].facts, modified: null });
    const found = inheritedTypes([image('base'), image('leaf')]).get('D/bin/leaf.dll') ?? [];
    expect(found.map((t) => [t.type, t.implements])).toEqual(['Contoso.Leaf.Deeper', 'Contoso.Leaf.Deeper+Inner', 'Contoso.Leaf.Silent'].map((type) => [type, ['System.Web.IHttpModule']]));
  });

  it('start methods, and whether they are there', () => {
    expect(files.leaf.facts.clr?.startMethods.map((s) => [s.target, s.state]).sort()).toEqual([
      ['Contoso.Leaf.Boot::Hidden', 'not-callable'], ['Contoso.Leaf.Boot::Nowhere', 'missing'], ['Contoso.Leaf.Boot::Start', 'found'],
    ]);
  });

  it('native functions, resources, literals and marks, each with its place', () => {
    const { bytes, facts: { clr } } = files.leaf;
    expect(clr?.pinvokes).toEqual([{ dll: 'kernel32.dll', name: 'VirtualAlloc', method: 'Contoso.Leaf.Native::Reserve', token: expect.stringMatching(/^0x06/) as string }]);
    const [data] = clr?.resources ?? [];
    expect(data?.name).toBe('Contoso.Data');
    expect(new TextDecoder().decode(bytes.subarray(data?.offset ?? 0, (data?.offset ?? 0) + (data?.size ?? 0)))).toBe('twelve bytes');
    const [trigger] = clr?.userStrings.first ?? [];
    expect([clr?.userStrings.count, trigger?.text]).toEqual([1, 'trigger \u{1F600}']);
    expect(Buffer.from(bytes.subarray(trigger?.offset ?? 0, (trigger?.offset ?? 0) + 14)).toString('utf16le')).toBe('trigger');
    expect(clr?.obfuscation.map((m) => `${m.id} ${m.token?.slice(0, 4)}`).sort()).toEqual(['protector-attribute 0x0C', 'suppress-ildasm 0x0C']);
  });

  it('capabilities: a load from bytes is told from one by name', () => {
    const found = files.leaf.facts.capabilities.map((c) => [c.id, c.proof.constant, c.proof.token !== undefined]);
    expect(found).toContainEqual(['loads-code-from-memory', 'System.Reflection.Assembly::Load', true]);
    expect(found).toContainEqual(['changes-memory-protection', 'kernel32.dll!VirtualAlloc', true]);
    expect(found.filter(([id]) => id === 'loads-code-from-memory')).toHaveLength(1);
    const tokens = files.leaf.facts.capabilities.filter((c) => c.proof.constant === 'System.Reflection.Assembly::Load').map((c) => c.proof.token);
    expect([tokens.length, new Set(tokens).size]).toEqual([2, 2]);
    expect(files.base.facts.capabilities.map((c) => [c.id, c.proof.constant])).toContainEqual(['managed-event', 'System.Web.HttpApplication::BeginRequest']);
  });
});
