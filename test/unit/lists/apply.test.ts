import { describe, expect, it } from 'vitest';
import { applyLists, withoutLists } from '../../../electron/lists/apply.ts';
import { IndicatorIndex } from '../../../electron/lists/match/indicator-index.ts';
import { matchComponent } from '../../../electron/lists/match/match-components.ts';
import { filesOfComponents, matchFile } from '../../../electron/lists/match/match-files.ts';
import { readIndicators } from '../../../electron/lists/read/read-indicators.ts';
import { AnalystList, Component, type EvidenceFile, Finding } from '../../../shared/model/index.ts';

const SHA = 'a'.repeat(64);
const place = { path: 'C:\\Windows\\System32\\inetsrv\\x.dll', evidencePath: 'C/Windows/System32/inetsrv/x.dll' };
const moment = { time: null, from: 'none' as const, fidelity: 'order-only' as const };
const component = (more: Partial<Component> = {}): Component => Component.parse({
  id: 'c1', server: 's1', kind: 'native-module', name: 'XModule', image: '%windir%\\System32\\inetsrv\\x.dll', type: null, origin: 'unknown', originReason: 'unknown', loadedBy: [], dormant: null,
  registrations: [{ path: 'C:\\a.config', evidencePath: 'a.config', line: 5, column: 3, section: 'system.webServer/globalModules', scope: 'server', sha256: 'b'.repeat(64), attributes: [{ name: 'name', value: 'XModule' }] }],
  file: { ...place, sha256: SHA, size: 10 }, file32: null, fileStatus: 'present', signature: 'unsigned', entryPoints: [], firstSeen: moment, findings: [], ...more,
});
const file: EvidenceFile = { ...place, server: 's1', size: 10, modified: null, created: null, timeFidelity: 'full', sha256: SHA, artifact: 'pe' };
const image = { sha256: SHA, imphash: 'e'.repeat(32), pdb: ['D:\\src\\x.pdb'], mvid: null, identity: { md5: 'c'.repeat(32), sha1: 'd'.repeat(40) }, signedBy: [{ subject: 'CN=Contoso Ltd, O=Contoso', thumbprint: 'f'.repeat(40) }] };
const finding = (rule: Finding['rule'], severity: Finding['severity']): Finding => ({ id: `f-${rule}`, server: 's1', rule, severity, title: rule, component: 'c1', supports: ['s'], refutes: ['r'], refs: [{ ...place, sha256: SHA }], attack: [], d3fend: [], first: moment });
const list = (text: string): AnalystList => AnalystList.parse({ id: 'l1', kind: 'indicators', name: 'mine', from: 'x', sha256: SHA, added: '', indicators: readIndicators(Buffer.from(text)).indicators });
const good = (sha256: string): AnalystList => AnalystList.parse({ id: 'l2', kind: 'known-good', name: 'clean', from: 'x', sha256: SHA, added: '', knownGood: [{ kind: 'native-module', name: 'xmodule', image: 'C:\\Windows\\System32\\inetsrv\\X.dll', type: null, sha256 }] });
const facts = { hits: [], matches: [], components: [component()], filesOf: () => [], server: 's1' };

describe('what a file and a registration meet', () => {
  const met = (text: string): string[] => {
    const index = new IndicatorIndex([list(text)]);
    return [...matchFile(index, file, image, filesOfComponents([component()])), ...matchComponent(index, component())].map((h) => `${h.entry.indicator.kind} ${h.where}`);
  };
  it('by every kind, and by none that is only near', () => {
    expect(met(`kind,value\nsha256,${SHA}\nmd5,${'c'.repeat(32)}\nimphash,${'e'.repeat(32)}\nsha1,${'d'.repeat(40)}\n`)).toHaveLength(4);
    expect(met('kind,value\npdb,x.pdb\npdb,d:/src/X.PDB\nsigner,contoso ltd\nfile-name,X.DLL\nmodule-name,xmodule\ntext,src\\x')).toHaveLength(6);
    expect(met('kind,value\npath,C:\\Windows\\System32\\inetsrv\\x.dll\npath,inetsrv\\x.dll')).toHaveLength(4);
    expect(met('kind,value\npath,D:\\Windows\\System32\\inetsrv\\x.dll\npath,etsrv\\x.dll\nfile-name,xx.dll\nmodule-name,XModul\nsigner,Contoso L\npdb,y.pdb')).toEqual(['path is the registered image']);
  });
});

describe('findings with lists', () => {
  const base = [finding('unknown-component', 'high'), finding('signature-tampered', 'high')];
  it('a clean server with the same file lowers what is unknown and nothing else; without the list all is as before', () => {
    const lowered = applyLists(base, { ...facts, lists: [good(SHA)] });
    expect(lowered.map((f) => [f.rule, f.severity])).toEqual([['unknown-component', 'info'], ['signature-tampered', 'high']]);
    expect(lowered[0]?.lowered).toMatchObject({ from: 'high', list: 'l2' });
    expect(applyLists(lowered, { ...facts, lists: [good(SHA)] })).toEqual(lowered);
    expect(withoutLists(lowered)).toEqual(base);
  });
  it('with another file it is a finding of its own: medium where nobody signed it', () => {
    const other = applyLists(base, { ...facts, lists: [good('9'.repeat(64))] });
    expect(other.filter((f) => f.list !== undefined).map((f) => [f.rule, f.severity])).toEqual([['differs-from-known-good', 'medium']]);
    expect(other.filter((f) => f.lowered !== undefined)).toEqual([]);
    const signed = applyLists(base, { ...facts, components: [component({ signature: 'valid' })], lists: [good('9'.repeat(64))] });
    expect(signed.find((f) => f.rule === 'differs-from-known-good')?.severity).toBe('low');
  });
  it('a hash of a part of IIS with a signature that holds is told as info: lists have mistakes', () => {
    const stock = component({ origin: 'stock', signature: 'catalog' });
    const hits = matchFile(new IndicatorIndex([list(SHA)]), file, image, filesOfComponents([stock]));
    const severity = (components: Component[]): string[] => applyLists([], { ...facts, hits, components, lists: [] }).map((f) => f.severity);
    expect(severity([stock])).toEqual(['info']);
    expect(severity([component()])).toEqual(['high']);
    expect(severity([])).toEqual(['medium']);
  });
});
