import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { TriageDocument } from '../../shared/contract/cli/documents.ts';
import { SAMPLE, startEngine, triage, type TestEngine } from '../helpers/engine.ts';
import { makeTree, writeZip } from '../helpers/tree.ts';
import { zipBytes, type ZipItem } from '../helpers/zip-writer.ts';

const HEAD = '#Fields: date time s-ip cs-method cs-uri-stem sc-status\r\n';
const row = (second: number): string => `2026-03-01 00:00:${String(second % 60).padStart(2, '0')} 10.0.0.1 GET /a.aspx 200\r\n`;
const LOGS = 'C/inetpub/logs/LogFiles/W3SVC1';
const BIN = 'C/inetpub/wwwroot/bin';
const dll = readFileSync(path.join(SAMPLE, 'C/ProgramData/Microsoft/Cache/cachehttp.dll'));
const applicationHost = (inner: string, sites = '<site name="S" id="1"><application path="/"><virtualDirectory path="/" physicalPath="C:\\inetpub\\wwwroot"/></application></site>'): string =>
  `<configuration><system.applicationHost><sites>${sites}</sites></system.applicationHost>${inner}</configuration>`;
const CONFIG = 'C/Windows/System32/inetsrv/config/applicationHost.config';

let engine: TestEngine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(() => engine.close());

/** Every file of the sample as items of a zip, in the order of their names or against it. */
function sampleItems(): ZipItem[] {
  return readdirSync(SAMPLE, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
    .map((e) => path.join(e.parentPath, e.name)).sort()
    .map((file) => ({ name: path.relative(SAMPLE, file), content: readFileSync(file), deflate: true, mtime: statSync(file).mtime }));
}

function problemsOf(document: TriageDocument, evidencePath: string): string[] {
  return document.problems.filter((p) => p.evidencePath === evidencePath).map((p) => `${p.kind}: ${p.message}`);
}

describe('names and kinds of files', () => {
  it('lists links, pipes, devices and odd names, reads what is a file, and follows nothing', async () => {
    const made = await makeTree({
      [CONFIG]: applicationHost(''), [`${LOGS}/u_ex260301.log`]: HEAD + row(1), [`${LOGS}/u_ex260302.log`]: { fifo: true }, [`${LOGS}/u_ex260303.log`]: { link: '/etc/passwd' },
      [`${LOGS}/u_ex260304'; drop table event; --.log`]: HEAD + row(2), [`${LOGS}/u_ex260305*[1]{a,b}?.log`]: HEAD + row(3),
      'C/inetpub/wwwroot/web.config': { link: '/proc/self/environ' }, 'C/inetpub/wwwroot/loop': { link: '..' }, 'C/inetpub/wwwroot/self': { link: 'self' },
      [`${BIN}/CON.dll`]: dll, [`${BIN}/dot.dll.`]: dll, [`${BIN}/Twin.dll`]: dll, [`${BIN}/twin.DLL`]: dll, [`${BIN}/__proto__.dll`]: dll, [`${BIN}/${'x'.repeat(251)}.dll`]: dll,
      [`${BIN}/pipe.dll`]: { fifo: true },
    });
    const bytes = (name: string): Buffer => Buffer.concat([Buffer.from(`${made.dir}/`), Buffer.from(name, 'latin1')]);
    writeFileSync(bytes(`${BIN}/\xff\xe9.dll`), dll);
    writeFileSync(bytes(`${LOGS}/u_ex26\xe906.log`), HEAD + row(4));
    writeFileSync(bytes(`${LOGS}/u_ex\\2607.log`), HEAD + row(5));
    const document = await triage(engine, made.dir);
    await made.cleanup();
    expect(problemsOf(document, `${LOGS}/u_ex260302.log`).join()).toContain('named pipe');
    expect(problemsOf(document, `${LOGS}/u_ex260303.log`).join()).toMatch(/^escape: .*\/etc\/passwd/);
    expect(problemsOf(document, 'C/inetpub/wwwroot/web.config').join()).toMatch(/^escape: /);
    for (const link of ['loop', 'self']) expect(problemsOf(document, `C/inetpub/wwwroot/${link}`).join()).toContain('not followed');
    for (const name of ['CON.dll', 'dot.dll.', 'Twin.dll', 'twin.DLL', 'pipe.dll', '\\xFF\\xE9.dll']) expect(problemsOf(document, `${BIN}/${name}`), name).toHaveLength(1);
    // Every plain file that is a log was read, whatever its name.
    expect(document.logs.map((l) => [path.posix.basename(l.evidencePath), l.lines])).toEqual([
      ['u_ex260301.log', 1], [`u_ex260304'; drop table event; --.log`, 1], ['u_ex260305*[1]{a,b}?.log', 1], ['u_ex26\\xE906.log', 1], ['u_ex\\2607.log', 1],
    ]);
    const found = new Set(document.components.map((c) => path.posix.basename(c.file?.evidencePath ?? '')));
    for (const name of ['CON.dll', '__proto__.dll', `${'x'.repeat(251)}.dll`, '\\xFF\\xE9.dll']) expect(found, name).toContain(name);
  });

  it('a folder deeper than the system opens is listed as far as it goes, with a word about the rest', async () => {
    const made = await makeTree({ [CONFIG]: applicationHost(''), 'C/inetpub/wwwroot/a.txt': '' });
    const script = `import os\nfd = os.open(${JSON.stringify(`${made.dir}/C/inetpub/wwwroot`)}, 0)\nfor i in range(2200):\n os.mkdir('d', dir_fd=fd); n = os.open('d', 0, dir_fd=fd); os.close(fd); fd = n\n`;
    try {
      execFileSync('python3', ['-c', script]);
      const document = await triage(engine, made.dir);
      expect(document.problems.filter((p) => p.kind === 'limit').map((p) => p.message).join()).toContain('longer than this system can open');
    } finally {
      execFileSync('rm', ['-rf', made.dir]);
      await made.cleanup();
    }
  }, 60_000);

  it('names of the language mean nothing as names of sites, modules, fields and files', async () => {
    const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const sites = odd.map((n, i) => `<site name="${n}" id="${i + 1}"><application path="/" applicationPool="${n}"><virtualDirectory path="/" physicalPath="C:\\inetpub\\${n}"/></application></site>`).join('');
    const add = (more: string): string => odd.map((n) => `<add name="${n}" ${more}/>`).join('');
    const inner = `<system.webServer><globalModules>${add('image="C:\\inetpub\\__proto__\\constructor.dll"')}</globalModules><modules>${add('')}</modules>` +
      `<handlers>${add('path="*" verb="*" type="constructor"')}</handlers></system.webServer><__proto__ constructor="1" __proto__="2"/>` +
      `<location path="__proto__/constructor"><system.webServer><modules><remove name="toString"/></modules></system.webServer></location>`;
    const made = await makeTree({
      [CONFIG]: applicationHost(inner, sites), 'C/inetpub/__proto__/web.config': `<configuration><system.webServer><modules><add name="valueOf" type="__proto__"/></modules></system.webServer></configuration>`,
      'C/inetpub/__proto__/constructor.dll': dll,
      'C/inetpub/logs/LogFiles/W3SVC1/u_ex260301.log': `#Fields: date time __proto__ constructor cs-method toString cs(__proto__)\r\n2026-03-01 00:00:01 polluted yes GET x y\r\n`,
    });
    const document = await triage(engine, made.dir);
    const lists = await Promise.all(odd.map((site) => engine.ask('config.effective', { site, app: '/' })));
    const [event] = (await engine.ask('timeline.page', { filter: 'source:iis-log', offset: 0, limit: 1 })).events;
    await made.cleanup();
    expect(document.servers[0]?.sites.map((s) => s.name)).toEqual(odd);
    expect(document.components.filter((c) => c.kind === 'native-module').map((c) => c.name).sort()).toEqual([...odd].sort());
    // The schema locks the section against web.config files.
    expect(lists[0]?.modules).toMatchObject({ outcome: 'invalid', entries: odd.map((name) => ({ name })) });
    expect(event?.fields.map((f) => [f.name, f.value])).toEqual(expect.arrayContaining([['__proto__', 'polluted'], ['constructor', 'yes'], ['cs(__proto__)', 'y']]) as unknown);
    expect(Object.prototype).not.toHaveProperty('polluted');
    expect(({} as Record<string, unknown>)['2']).toBeUndefined();
  });
});

describe('zips', () => {
  it('names that lead out, twins, links and encrypted entries are told; nothing is written', async () => {
    const items: ZipItem[] = [...sampleItems(), ...['../../../out1.dll', '/tmp/out2.dll', 'C:/tmp/out3.dll', '//srv/share/out4.dll', `${BIN}/nul\0.dll`, `${BIN}/dup.dll`, `${BIN}/dup.dll`, `${BIN}/DUP.dll`]
      .map((name) => ({ name, content: dll, deflate: true })),
      { name: `${BIN}/link.dll`, content: '/etc/passwd', unixMode: 0o120777 }, { name: `${BIN}/secret.dll`, content: dll, flags: 0x801 }];
    const zip = await writeZip(zipBytes(items));
    const document = await triage(engine, zip.file);
    await zip.cleanup();
    for (const name of ['../../../out1.dll', '/tmp/out2.dll', 'C:/tmp/out3.dll', '//srv/share/out4.dll', `${BIN}/nul\0.dll`, `${BIN}/link.dll`]) {
      expect(problemsOf(document, name).join(), name).toMatch(/^escape: /);
    }
    expect(problemsOf(document, `${BIN}/dup (2).dll`).join()).toContain('another entry of the same name');
    expect(problemsOf(document, `${BIN}/secret.dll`).join()).toContain('encrypted');
    expect(document.findings.filter((f) => f.severity === 'high').length).toBeGreaterThan(0);
  });

  it('an entry that is damaged behind its rows, or a bomb, still gives the rows before', async () => {
    const rows = HEAD + Array.from({ length: 5000 }, (_, i) => row(i)).join('');
    const zip = await writeZip(zipBytes([
      { name: CONFIG, content: applicationHost(''), deflate: true },
      { name: `${LOGS}/u_ex260301.log`, content: rows, deflate: true, crc: (crc32(rows) ^ 1) >>> 0 },
      { name: `${LOGS}/u_ex260302.log`, content: rows + '\0'.repeat(90 * 1024 * 1024), deflate: true },
    ]));
    const document = await triage(engine, zip.file);
    await zip.cleanup();
    expect(problemsOf(document, `${LOGS}/u_ex260301.log`).join()).toMatch(/damaged/);
    expect(problemsOf(document, `${LOGS}/u_ex260302.log`).join()).toMatch(/more than 100 times/);
    expect(document.logs.map((l) => l.lines)).toEqual([5000, 5000]);
  });
});

describe('configurations that are made to hurt', () => {
  const laughs = `<!DOCTYPE l [<!ENTITY a0 "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]><configuration>&a9;</configuration>`;
  it.each<readonly [string, string]>([
    ['entities in entities', laughs],
    ['an outer entity', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><configuration><system.webServer><modules><add name="&a;" type="T"/></modules></system.webServer></configuration>'],
    ['depth', `<configuration>${'<a>'.repeat(200_000)}`],
    ['attributes', `<configuration><a ${Array.from({ length: 200_000 }, (_, i) => `a${i}=""`).join(' ')}/></configuration>`],
    ['references', `<configuration><a b="${'&#65;'.repeat(1_000_000)}"/></configuration>`],
    ['elements', `<configuration>${'<a/>'.repeat(1_200_000)}</configuration>`],
  ])('%s: a limit is told, and the file around it is judged', async (_what, text) => {
    const made = await makeTree({ [CONFIG]: applicationHost('<system.webServer><globalModules><add name="M" image="C:\\evil.dll"/></globalModules></system.webServer>'), 'C/inetpub/wwwroot/web.config': text });
    const document = await triage(engine, made.dir);
    await made.cleanup();
    expect(document.components.map((c) => c.name)).toContain('M');
    expect(problemsOf(document, 'C/inetpub/wwwroot/web.config').join()).toMatch(/limit|DTD refused/);
    expect(JSON.stringify(document)).not.toContain('root:x:0');
  });

  it('more entries than one call takes arguments', async () => {
    const many = Array.from({ length: 130_000 }, (_, i) => `<add name="m${i}" image="C:\\x.dll"/>`).join('');
    // Pulled out of the collection by its missing end: as many strays as entries.
    const made = await makeTree({ [CONFIG]: applicationHost(`<system.webServer><modules><add name="A" type="B"/>${many.replaceAll('<add ', '<odd ')}</system.webServer>`) });
    const document = await triage(engine, made.dir);
    await made.cleanup();
    expect(document.partial).toBe(false);
    expect(document.problems.length).toBeGreaterThan(0);
  });
});

describe('several servers, and the way a place is named', () => {
  it('two hosts in one folder are two servers', async () => {
    for (const host of ['WEB01', 'WEB02']) cpSync(SAMPLE, path.join(engine.folder, 'both', host), { recursive: true, preserveTimestamps: true });
    const both = await triage(engine, path.join(engine.folder, 'both'));
    const one = await triage(engine, SAMPLE);
    expect(both.servers.map((s) => s.name)).toEqual(['WEB01', 'WEB02']);
    expect(both.components).toHaveLength(2 * one.components.length);
    expect(both.findings).toHaveLength(2 * one.findings.length);
    expect(both.timeline.bySource['iis-log']).toBe(2 * 6005);
    expect(new Set(both.findings.map((f) => f.id)).size).toBe(both.findings.length);
  });

  it('spaces, umlauts and another order on the disk change nothing', async () => {
    const odd = path.join(engine.folder, 'Süd West — 2. Kopie (neu)', '証拠');
    const files = readdirSync(SAMPLE, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => path.relative(SAMPLE, path.join(e.parentPath, e.name))).sort().reverse();
    for (const file of files) {
      mkdirSync(path.dirname(path.join(odd, file)), { recursive: true });
      writeFileSync(path.join(odd, file), readFileSync(path.join(SAMPLE, file)));
      const { atime, mtime } = statSync(path.join(SAMPLE, file));
      utimesSync(path.join(odd, file), atime, mtime);
    }
    symlinkSync(odd, path.join(engine.folder, 'way'));
    const straight = JSON.stringify(await triage(engine, SAMPLE));
    expect(JSON.stringify(await triage(engine, odd))).toBe(straight);
    expect(JSON.stringify(await triage(engine, path.join(engine.folder, 'way')))).toBe(straight);
  });

  it.each<readonly [string, (d: TriageDocument) => unknown, unknown]>([
    [CONFIG, (d) => d.servers.map((s) => s.sites.map((x) => x.name)), [['Default Web Site', 'Shop']]],
    ['C/ProgramData/Microsoft/Cache/cachehttp.dll', (d) => d.components.map((c) => c.kind), ['native-module']],
    [`${LOGS}/u_ex260302.log`, (d) => d.logs.map((l) => l.lines), [518]],
  ])('a single file: %s', async (file, pick, wanted) => {
    const document = await triage(engine, path.join(SAMPLE, file));
    expect(document.evidence).toMatchObject({ layout: 'loose', files: 1 });
    expect(pick(document)).toEqual(wanted);
  });
});
