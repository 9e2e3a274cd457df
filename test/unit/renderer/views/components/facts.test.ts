import { describe, expect, it } from 'vitest';
import { groupedCapabilities } from '../../../../../renderer/views/components/tabs/capability-groups.ts';
import { exportRemark } from '../../../../../renderer/views/components/tabs/Exports.tsx';
import { importRows, purposeOf } from '../../../../../renderer/views/components/tabs/import-groups.ts';
import { saysOfItself, seesAndChanges, whatIsOdd, whatItIs } from '../../../../../renderer/views/components/tabs/InShort.tsx';
import { odditiesOf } from '../../../../../renderer/views/components/tabs/oddities.ts';
import { sameValues } from '../../../../../renderer/views/components/tabs/same-values.ts';
import { copiesOf } from '../../../../../renderer/views/components/tabs/Same.tsx';
import { characteristicsWords, offsetOfRva, rights, sectionRemarks } from '../../../../../renderer/views/components/tabs/sections.ts';
import { findPlace } from '../../../../../renderer/views/components/find-place.ts';
import { SIGNATURE_TONE, signatureSentence, signatureWords } from '../../../../../renderer/views/components/words.ts';
import { requests } from '../../../../../shared/contract/index.ts';
import { fakeClient } from '../../../../helpers/fake-client.ts';
import { pe } from '../../../../helpers/fake-data.ts';
import { fullFacts, images, managedFacts, PLANTED_SHA, verdict } from '../../../../helpers/fake-images.ts';

describe('what is odd about a file', () => {
  it('is told with its place: the file, what was not read, the signature', () => {
    const problem = { id: 'p', server: 's1', kind: 'truncated' as const, path: null, evidencePath: 'a.dll', offset: 0x1a400, message: 'cut off', expected: false };
    const rows = odditiesOf({ facts: fullFacts, problems: [problem], authenticode: verdict });
    expect(rows.map((r) => [r.what, r.place?.offset])).toEqual([['file', 0xa000], ['file', 0x1a0], ['not read', 0x1a400], ['signature', 77_000]]);
    expect(rows.map((r) => r.key)).toEqual(['0', '1', '2', '3']);
  });
  it('tells remarks on signatures that hold, and leaves them to the reasons of a verdict that is odd', () => {
    const told = (status: typeof verdict.status) => odditiesOf({ facts: fullFacts, problems: [], authenticode: { ...verdict, status } }).filter((r) => r.what === 'signature').map((r) => r.place?.offset);
    expect(told('valid')).toEqual([77_000, 77_008]);
    expect(told('expired')).toEqual([77_000]);
  });
  it('counts a verdict once, however many reasons it has', () => {
    const rows = odditiesOf({ facts: null, problems: [], authenticode: { ...verdict, reasons: ['one', 'two', 'three'] } });
    expect(rows.map((r) => r.message)).toEqual([`tampered: ${signatureSentence('tampered')} The Signature tab has the reasons.`]);
  });
  it('holds no reason of a verdict that is in order', () => expect(odditiesOf({ facts: null, problems: [], authenticode: { ...verdict, status: 'valid' } })).toEqual([]));
  it('holds marks of hiding, by their token', () => expect(odditiesOf({ facts: managedFacts, problems: [], authenticode: null })).toEqual([{ key: '0', what: 'hides', message: 'Names of types are unprintable', place: null, token: '0x02000002' }]));
});

describe('what other files may share', () => {
  const values = sameValues({ sha256: PLANTED_SHA, authenticode: verdict }, fullFacts, (t) => t);
  it('is everything that a file can be recognised by', () => {
    expect([...new Set(values.map((v) => v.by))]).toEqual(['sha256', 'sha1', 'md5', 'imphash', 'rich', 'export-set', 'tlsh', 'pdb', 'signer', 'linker-stamp', 'version', 'section', 'resource']);
    expect(values.find((v) => v.by === 'version')?.value).toBe('FileDescription=IIS Cache Extension');
  });
  it('is asked for in words that the contract takes', () => {
    for (const { by, value } of values) expect(requests['image.same'].input.safeParse({ by, value }).success, `${by} ${value}`).toBe(true);
  });
  it('is less in a case of an earlier version, and never empty', () => {
    if (pe === null) throw new Error('no facts');
    const old = sameValues({ sha256: PLANTED_SHA, authenticode: null }, pe, (t) => t);
    expect([...new Set(old.map((v) => v.by))]).toEqual(['sha256', 'imphash', 'pdb', 'linker-stamp', 'version']);
    expect(old.filter((v) => v.value === '')).toEqual([]);
  });
});

describe('sections', () => {
  const [text, data, upx] = fullFacts.sections;
  if (text === undefined || data === undefined || upx === undefined) throw new Error('no sections');
  it('tell what does not agree, and nothing of a plain one', () => {
    expect(sectionRemarks(text)).toEqual([]);
    expect(sectionRemarks(data)).toEqual([`memory has ${0x45000 - 0x200} bytes more than the file`, 'almost random: packed, encrypted or compressed']);
    expect(sectionRemarks(upx)).toEqual(['can be executed and has no bytes in the file', 'can be written and executed']);
    expect(sectionRemarks({ ...text, virtualSize: 0x1000 })).toEqual([`${0x9c00 - 0x1000} bytes of it are in the file and not in memory`]);
  });
  it('have their rights in words and letters', () => {
    expect([rights(text.characteristics), rights(data.characteristics), rights(upx.characteristics)]).toEqual(['r-x', 'rw-', 'rwx']);
    expect(characteristicsWords(0x6000_0020)).toBe('code, can be executed, can be read');
    expect(characteristicsWords(0)).toBe('');
  });
  it('say where an address lies in the file, if there', () => {
    expect([offsetOfRva(fullFacts.sections, 0x1430), offsetOfRva(fullFacts.sections, 0xb1ff), offsetOfRva(fullFacts.sections, 0xb200), offsetOfRva(fullFacts.sections, 0)]).toEqual([0x830, 0xa1ff, null, null]);
  });
});

describe('imports in plain words', () => {
  it.each([['CreateProcessA', 'starts programs'], ['WriteProcessMemory', 'reaches into other processes'], ['LogonUserExW', 'acts as another user'], ['WinHttpOpen', 'talks HTTP'], ['HttpReceiveHttpRequest', 'talks HTTP as a server, beside IIS'], ['GetProcAddress', 'loads code while it runs'], ['RegSetValueExW', 'reads or writes the registry'], ['BCryptDecrypt', 'encrypts, decrypts or hashes']])('%s %s', (name, words) => expect(purposeOf(name)).toBe(words));
  it.each(['lstrlenW', '#115', '', 'connector', 'constructor', '__proto__'])('%s has no group', (name) => expect(purposeOf(name)).toBeNull());
  it('keep every name, the telling ones first', () => {
    const rows = importRows(fullFacts.imports);
    expect(rows).toHaveLength(8);
    expect(rows.map((r) => r.name)).toEqual(['CreateProcessW', 'connect', 'LoadLibraryW', 'GetProcAddress', 'VirtualAlloc', 'Sleep', 'lstrlenW', '#115']);
  });
  it('keep a DLL of which no name is taken', () => expect(importRows([{ dll: 'evil.dll', names: [] }])).toEqual([{ key: '0', purpose: 'other', dll: 'evil.dll', name: '' }]));
});

describe('words', () => {
  it('say what IIS calls and where others forward to', () => expect(fullFacts.exports.map(exportRemark)).toEqual(['called by IIS: native module', '', 'forwards to other.New', '']));
  it('group capabilities in the order in which they are read', () => expect(groupedCapabilities(fullFacts.capabilities).map((g) => [g.title, g.list.length])).toEqual([['Is called for', 1], ['Sees', 1], ['Can change', 1], ['Can do on the system', 1], ['Could not be recovered', 1]]));
  it('of a verdict that a later version brings stand for themselves', () => expect([signatureWords('catalog'), signatureWords('toString'), signatureSentence('constructor')]).toEqual(['by catalog', 'toString', 'constructor']));
});

describe('a text whose place nothing tells', () => {
  it('is looked up among the strings, the whole before a part', async () => expect(await findPlace(fakeClient(), 'a.dll', 'CreateProcessW')).toEqual({ offset: 64 + 40 * 6, length: 14 }));
  it('is found inside a longer one, two bytes to a character in UTF-16', async () => expect(await findPlace(fakeClient(), 'a.dll', 'host0.example')).toEqual({ offset: 64 + 8 * 2, length: 26 }));
  it('that is not there is told', async () => expect(await findPlace(fakeClient(), 'a.dll', 'nowhere')).toBe('The file has no string that reads nowhere.'));
});

describe('a file in short', () => {
  const odd = { facts: fullFacts, problems: [], authenticode: null };
  it('is what it is, as what it is registered, and how far it was read', () => {
    expect(whatItIs({ component: null, problems: [] }, managedFacts)).toBe('managed module; any DLL, .NET; registered nowhere');
    const problem = { id: 'p', server: 's1', kind: 'truncated' as const, path: null, evidencePath: 'a.dll', offset: 4, message: 'cut off', expected: false };
    expect(whatItIs({ component: null, problems: [problem] }, { ...managedFacts, kinds: [], clr: null, isDll: false })).toBe('nothing that IIS loads, as far as it could be read; any program, native code; registered nowhere');
  });
  it('tells what the file says of itself, shortened, and nothing where it says nothing', () => {
    expect(saysOfItself({ versionInfo: { CompanyName: 'Microsoft Corporation', ProductName: 'Cache', FileVersion: '10.0' } })).toBe('Cache, Microsoft Corporation, 10.0');
    expect(saysOfItself({ versionInfo: { FileDescription: 'A'.repeat(9000) } })).toBe(`${'A'.repeat(120)}...`);
    expect(saysOfItself({ versionInfo: { CompanyName: ' ', Comments: 'x' } })).toBe('');
  });
  it('names what it sees and changes, and how much more there is', () => {
    const of = (group: 'sees' | 'changes' | 'system' | 'limits', what: string) => ({ id: what, group, what, proof: {} });
    expect(seesAndChanges({ fields: fullFacts.fields, capabilities: ['a', 'b', 'c', 'c', 'd'].map((w) => of('sees', w)) })).toBe('a; b; c; 1 more below');
    expect(seesAndChanges({ fields: fullFacts.fields, capabilities: [of('changes', 'rewrites'), of('limits', 'a table')] })).toBe('rewrites; not all could be recovered');
    expect(seesAndChanges({ fields: fullFacts.fields, capabilities: [of('system', 'starts programs')] })).toBe('nothing of requests; 1 other abilities below');
    expect(seesAndChanges({ fields: [], capabilities: [] })).toMatch(/^Not read by the version/);
  });
  it('names the worst oddity first', () => {
    expect(whatIsOdd({ ...odd, facts: null })).toBe('nothing was found');
    expect(whatIsOdd({ ...odd, authenticode: verdict })).toMatch(/^tampered: .* more: Oddities tab\)$/);
  });
});

describe('copies', () => {
  it('are the further places of the same bytes', () => {
    const place = (evidencePath: string) => ({ path: null, evidencePath, server: null });
    const row = { ...(images[0] ?? (() => { throw new Error('no images'); })()), places: [place('a'), place('b'), place('c')] };
    expect(copiesOf({ row, evidencePath: 'b' }).map((c) => [c.places.map((p) => p.evidencePath), c.shared])).toEqual([[['a'], 'the same bytes'], [['c'], 'the same bytes']]);
    expect(copiesOf({ row: null, evidencePath: 'b' })).toEqual([]);
  });
});

describe('the colour of a verdict', () => {
  it('clears nobody: a signature that holds has none', () => expect(['valid', 'catalog', 'unsigned', 'not-checked'].map((status) => SIGNATURE_TONE[status])).toEqual([undefined, undefined, undefined, undefined]));
});
