import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { startEngine, triage, type TestEngine } from '../../../helpers/engine.ts';
import { everyFormat, ftpDay, HOST_CONFIG, hostConfig, httperrDay, iisDay, LOGS, ncsaDay, w3cDay } from '../../../helpers/log-server.ts';
import { makeTree, zipTree, type Tree } from '../../../helpers/tree.ts';
import { zipBytes } from '../../../helpers/zip-writer.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());
const made: { cleanup(): Promise<void> }[] = [];
afterEach(async () => {
  for (const tree of made.splice(0)) await tree.cleanup();
});

async function read(tree: Tree): Promise<Awaited<ReturnType<typeof triage>>> {
  const evidence = await makeTree(tree);
  made.push(evidence);
  return triage(engine, evidence.dir);
}

const short = (document: Awaited<ReturnType<typeof triage>>): string[] => document.logs.map((l) => `${l.evidencePath.split('/').slice(-2).join('/')} ${l.format} ${l.site ?? '-'} ${l.lines}`);
const told = (document: Awaited<ReturnType<typeof triage>>): string[] => document.problems.map((p) => `${p.evidencePath.split('/').at(-1)} ${p.kind}${p.expected ? ' expected' : ''}: ${p.message}`);
const summed = (document: Awaited<ReturnType<typeof triage>>): void => {
  for (const log of document.logs) expect(log.bytes.rows + log.bytes.headers + log.bytes.padding + log.bytes.rejected, log.evidencePath).toBe(log.size);
};

const SITES = [{ id: 1, name: 'Main' }, { id: 2, name: 'Second' }];

describe('which logs there are', () => {
  it('every format, by its folder, by its content and in archives; every byte is accounted for', async () => {
    const document = await read(everyFormat(40));
    summed(document);
    expect(document.partial).toBe(false);
    const logs = short(document);
    expect(logs).toContain('W3SVC2/whatever.txt w3c Moved 40');
    expect(logs).toContain('HTTPERR/httperr1.log httperr - 40');
    expect(logs).toContain('FTPSVC1/u_ex260314.log ftp Main 40');
    expect(logs).toContain('W3SVC3/u_in260314.log iis Native 40');
    expect(logs).toContain('W3SVC4/u_nc260314.log ncsa Common 40');
    expect(logs).toContain('u_ex260306.log.gz/u_ex260306.log w3c Main 40');
    expect(logs).toContain('old.zip/u_ex260303.log w3c Main 40');
    expect(document.logs.length).toBe(5 + 7 + 4 + 3);
    expect(document.timeline.bySource).toMatchObject({ 'iis-log': 17 * 40, httperr: 40, 'ftp-log': 40 });
    const problems = told(document);
    expect(problems.filter((p) => p.includes('No rows of files are to be expected')).length).toBe(2);
    expect(problems.find((p) => p.includes('Silent'))).toMatch(/expected: Site Silent: its logging is switched off/);
    expect(problems.find((p) => p.includes('Traced'))).toMatch(/logs to ETW only/);
  });

  it('a central W3C log: each row says its site', async () => {
    const log = '<log centralLogFileMode="CentralW3C"><centralW3CLogFile enabled="true" directory="%SystemDrive%\\central" /></log>';
    const document = await read({ [HOST_CONFIG]: hostConfig(SITES, log), 'C/central/W3SVC/u_ex260314.log': w3cDay('2026-03-14', 30, (i) => 1 + (i % 3)) });
    expect(short(document)).toEqual(['W3SVC/u_ex260314.log w3c - 30']);
    const page = await engine.ask('timeline.page', { filter: 'source:iis-log', offset: 0, limit: 3 });
    expect(page.events.map((e) => e.site)).toEqual(['Main', 'Second', 'W3SVC3']);
  });

  it('binary central logs, unknown files in log folders and archives without logs are told and not read', async () => {
    const log = '<log centralLogFileMode="CentralBinary"><centralBinaryLogFile enabled="true" directory="%SystemDrive%\\inetpub\\logs\\LogFiles" /></log>';
    const document = await read({
      [HOST_CONFIG]: hostConfig(SITES, log), [`${LOGS}/W3SVC/raw260314.ibl`]: Buffer.alloc(200, 7), [`${LOGS}/W3SVC/notes.doc`]: 'none', [`${LOGS}/W3SVC/pictures.zip`]: zipBytes([{ name: 'a.png', content: 'x' }]),
      'D/elsewhere/pictures.zip': zipBytes([{ name: 'a.png', content: 'x' }]),
    });
    expect(document.logs).toEqual([]);
    const problems = told(document);
    expect(problems.find((p) => p.startsWith('raw260314.ibl'))).toMatch(/unsupported: .*binary.*not read/);
    expect(problems.find((p) => p.startsWith('notes.doc'))).toMatch(/unsupported/);
    expect(problems.filter((p) => p.startsWith('pictures.zip')).length).toBe(1);
    expect(problems.some((p) => p.includes('central binary format'))).toBe(true);
  });

  it('strays: moved logs are read, what others log in the same style is not', async () => {
    const firewall = '#Version: 1.5\r\n#Software: Microsoft Windows Firewall\r\n#Fields: date time action protocol src-ip dst-ip\r\n2026-03-14 00:00:00 DROP TCP 1.2.3.4 5.6.7.8\r\n';
    const document = await read({ [HOST_CONFIG]: hostConfig(SITES), 'D/backup/kept.log': w3cDay('2026-03-14', 5), 'D/backup/kept.log.1': w3cDay('2026-03-13', 5), 'C/Windows/System32/LogFiles/Firewall/pfirewall.log': firewall, 'D/x/app.log': 'hello\r\n' });
    expect(short(document)).toEqual(['backup/kept.log w3c - 5', 'backup/kept.log.1 w3c - 5']);
  });

  it('a packed log whose rows lie beside it unpacked counts once; another of the same name counts too', async () => {
    const day = w3cDay('2026-03-14', 20);
    const document = await read({
      [HOST_CONFIG]: hostConfig(SITES), [`${LOGS}/W3SVC1/u_ex260314.log`]: day, [`${LOGS}/W3SVC1/u_ex260314.log.gz`]: gzipSync(day), [`${LOGS}/W3SVC1/a.zip`]: zipBytes([{ name: 'u_ex260314.log', content: day.slice(0, 900), deflate: true }]),
      [`${LOGS}/W3SVC1/u_ex260313.log`]: w3cDay('2026-03-13', 20), [`${LOGS}/W3SVC1/u_ex260313.log.gz`]: gzipSync(w3cDay('2026-03-13', 21).replaceAll('/p', '/q')),
    });
    expect(short(document)).toEqual(['W3SVC1/u_ex260313.log w3c Main 20', 'u_ex260313.log.gz/u_ex260313.log w3c Main 21', 'W3SVC1/u_ex260314.log w3c Main 20']);
    expect(told(document).filter((p) => p.includes('begins with all that stands here')).length).toBe(2);
    expect(told(document).filter((p) => p.includes('does not begin with what stands here')).length).toBe(1);
  });

  it('a log that was copied under another name counts twice, and that is told; archives within archives are told without a configuration too', async () => {
    const day = w3cDay('2026-03-14', 20);
    const document = await read({ [`${LOGS}/W3SVC1/u_ex260314.log`]: day, [`${LOGS}/W3SVC1/u_ex260314 - Copy.log`]: day, [`${LOGS}/W3SVC1/old.zip`]: zipBytes([{ name: 'in.zip', content: zipBytes([{ name: 'u_ex260313.log', content: day }]) }]) });
    expect(short(document)).toEqual(['W3SVC1/u_ex260314 - Copy.log w3c - 20', 'W3SVC1/u_ex260314.log w3c - 20']);
    expect(told(document).filter((p) => p.startsWith('u_ex260314.log anomaly') && p.includes('same bytes as')).length).toBe(1);
    expect(told(document).find((p) => p.startsWith('in.zip unsupported'))).toMatch(/archive within an archive/);
  });

  it('hostile archives: told, with nothing of them counted, and the rest is read', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from(w3cDay('2026-03-01', 5)), Buffer.alloc(70 * 1024 * 1024)]));
    const document = await read({
      [HOST_CONFIG]: hostConfig(SITES), [`${LOGS}/W3SVC1/u_ex260301.log.gz`]: bomb, [`${LOGS}/W3SVC1/cut.log.gz`]: gzipSync(w3cDay('2026-03-02', 5000)).subarray(0, -9000),
      [`${LOGS}/W3SVC1/z.zip`]: zipBytes([{ name: '../u_ex260305.log', content: w3cDay('2026-03-05', 5) }, { name: 'u_ex260306.log', content: w3cDay('2026-03-06', 5), flags: 0x801 }, { name: 'in.zip', content: zipBytes([]) }, { name: 'u_ex260307.log', content: w3cDay('2026-03-07', 5), deflate: true }]),
      [`${LOGS}/W3SVC1/broken.zip`]: 'PK\u0003\u0004 and no more',
    });
    const problems = told(document);
    expect(problems.find((p) => p.startsWith('u_ex260305.log escape'))).toBeDefined();
    expect(problems.find((p) => p.startsWith('u_ex260306.log unsupported'))).toMatch(/encrypted/);
    expect(problems.find((p) => p.startsWith('in.zip unsupported'))).toMatch(/archive within an archive/);
    expect(problems.find((p) => p.startsWith('broken.zip'))).toBeDefined();
    expect(problems.find((p) => p.startsWith('u_ex260301.log') && p.includes('grows from'))).toBeDefined();
    expect(problems.find((p) => p.startsWith('cut.log') && p.includes('damaged behind'))).toBeDefined();
    const byName = new Map(document.logs.map((l) => [l.evidencePath.split('/').at(-1), l]));
    expect(byName.get('u_ex260307.log')?.lines).toBe(5);
    expect(byName.get('u_ex260301.log')?.lines).toBe(5);
    expect(byName.get('cut.log')?.lines).toBeGreaterThan(1000);
    expect(byName.has('u_ex260305.log')).toBe(false);
  });

  it('a zip of a collector: archives inside it are read in place, and raw rows can be shown', async () => {
    const day = w3cDay('2026-03-14', 10);
    const evidence = await zipTree({ [HOST_CONFIG]: hostConfig(SITES), [`${LOGS}/W3SVC1/u_ex260314.log.gz`]: gzipSync(day), [`${LOGS}/W3SVC2/a.zip`]: zipBytes([{ name: 'u_ex260315.log', content: w3cDay('2026-03-15', 10), deflate: true }]) });
    made.push(evidence);
    const document = await triage(engine, evidence.file);
    expect(short(document)).toEqual(['u_ex260314.log.gz/u_ex260314.log w3c Main 10', 'a.zip/u_ex260315.log w3c Second 10']);
    const [event] = (await engine.ask('timeline.page', { filter: 'source:iis-log', offset: 3, limit: 1 })).events;
    const { evidencePath, offset = 0, length = 0, sha256 } = event?.ref ?? { evidencePath: '', sha256: '' };
    expect(evidencePath.endsWith('u_ex260314.log.gz/u_ex260314.log')).toBe(true);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const raw = await engine.ask('evidence.bytes', { evidencePath, offset, length });
    expect(raw.reason).toBeNull();
    expect(Buffer.from(raw.hex, 'hex').toString()).toBe(day.slice(offset, offset + length));
  });

  it('loose logs of every format, packed or not, without any server', async () => {
    const document = await read({ 'a.log': w3cDay('2026-03-14', 3), 'b.txt': iisDay('2026-03-14', 3), 'c': ncsaDay('2026-03-14', 3), 'd.err': httperrDay('2026-03-14', 3), 'e.log': ftpDay('2026-03-14', 3), 'f.gz': gzipSync(w3cDay('2026-03-15', 3)), 'g.zip': zipBytes([{ name: 'deep/h.log', content: ncsaDay('2026-03-15', 3) }]) });
    expect(document.logs.map((l) => `${l.evidencePath} ${l.format} ${l.lines}`)).toEqual(['a.log w3c 3', 'b.txt iis 3', 'c ncsa 3', 'd.err httperr 3', 'e.log ftp 3', 'f.gz/f w3c 3', 'g.zip/deep/h.log ncsa 3']);
    summed(document);
  });
});
