import { describe, expect, it } from 'vitest';
import { inspectPe, parsePe, peEvents } from '../../../../electron/artifacts/pe/index.ts';
import type { PeFacts } from '../../../../shared/model/pe/index.ts';
import { InspectDocument } from '../../../../shared/contract/cli/documents.ts';
import { fixture, manifest } from './fixtures.ts';

const facts = (file: string, name?: string): PeFacts => {
  const parsed = parsePe(fixture(file), name);
  expect(parsed.problems).toEqual([]);
  if (!parsed.facts) throw new Error(`${file} was not read`);
  return parsed.facts;
};

describe('fixture components', () => {
  it.each(manifest.files)('$file is what its manifest says', ({ file, stamp, kinds, entryPoints, types, arch, exportName }) => {
    const pe = facts(file);
    expect([...pe.kinds].sort()).toEqual([...kinds].sort());
    expect(pe.entryPoints).toEqual([...entryPoints].sort());
    expect(pe.clr?.httpTypes.map((t) => t.type) ?? []).toEqual([...types].sort());
    expect(pe.timestamp.time).toBe(stamp);
    expect(pe.isDll).toBe(true);
    if (arch !== undefined) expect([pe.machine, pe.exportName]).toEqual([arch, exportName]);
  });

  it('reads what a managed component hooks into', () => {
    const clr = facts('clr/Shop.Imaging.dll').clr;
    expect(clr).toMatchObject({
      assembly: 'Shop.Imaging', runtime: 'v4.0.30319', publicKeyToken: null, mixedMode: false,
      events: ['PreSendRequestHeaders'], preApplicationStart: ['Shop.Imaging.Startup::Start'],
      httpTypes: [
        { type: 'Shop.Imaging.HeaderModule', implements: ['System.Web.IHttpModule'] },
        { type: 'Shop.Imaging.ResizeHandler', implements: ['System.Web.IHttpHandler'] },
      ],
    });
    expect(clr?.references).toContain('System.Web, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a');
    expect(facts('clr/Contoso.Api.Telemetry.dll').clr?.events).toEqual(['BeginRequest', 'EndRequest']);
  });

  it('reads version strings', () => {
    expect(facts('x64/shopcmp.dll').versionInfo).toMatchObject({ CompanyName: 'Shop Systems', FileVersion: '1.4.2.0' });
  });

  it('says when the DLL calls itself something else', () => {
    const at = facts('x64/cachehttp.dll', 'cachehttp.dll').anomalies.filter((a) => a.id === 'export-name-differs');
    expect(at).toHaveLength(1);
    expect(at[0]?.message).toContain('CacheExt.dll');
    expect(Buffer.from(fixture('x64/cachehttp.dll')).toString('latin1', at[0]?.offset, (at[0]?.offset ?? 0) + 12)).toBe('CacheExt.dll');
    expect(facts('x64/cachehttp.dll', 'CACHEEXT.dll').anomalies).toEqual([]);
  });

  it('makes an inspect document that the contract accepts', () => {
    for (const { file } of manifest.files) {
      const document = { schema: 'iisight.inspect/1', sha256: '', size: 1, ...inspectPe(fixture(file)) };
      expect(InspectDocument.strict().parse(document)).toEqual(document);
    }
    const none = { schema: 'iisight.inspect/1', sha256: '', size: 0, ...inspectPe(new Uint8Array()) };
    expect(InspectDocument.strict().parse(none)).toMatchObject({ machine: null, authenticode: null, problems: [{ kind: 'unsupported' }] });
  });

  it('calls the linker stamp forgeable', () => {
    expect(peEvents(facts('x64/cachehttp.dll'))).toMatchObject([{ time: '2026-02-24T19:03:11Z', timeMeaning: 'linker-stamp', fidelity: 'forgeable' }]);
  });
});
