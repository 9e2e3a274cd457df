import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { looksLikeConfig, parseConfig, sniffConfig } from '../../electron/artifacts/iis-config/index.ts';
import { decode } from '../../electron/artifacts/kit/xml/decode.ts';
import { parseCarefully } from '../../electron/artifacts/kit/xml/parse.ts';
import { openEvidence } from '../../electron/evidence/open.ts';
import { EvidenceUnreadable } from '../../electron/evidence/source.ts';
import { RequestError } from '../../shared/base/result.ts';
import type { ConfigElement } from '../../shared/model/index.ts';
import { matches, parseFilter, printFilter } from '../../shared/query/index.ts';
import { zipBytes } from '../helpers/zip-writer.ts';
import { codeLists, metabase } from './code-targets.ts';
import { LOG_TARGETS } from './log-targets.ts';
import type { Material } from './mutant.ts';
import { catalog, cms, largePe, pe } from './pe-targets.ts';
import { freb } from './trace-targets.ts';
import { traits } from './trait-scan-targets.ts';

/** A reader of bytes that nobody can trust, and what it promises for any bytes: `check` throws when a promise is broken. */
export interface Target {
  readonly id: string;
  readonly material: Material;
  /** @param index tells variants of the check apart (sizes of pieces); the same input with the same index gives the same answer */
  check(bytes: Uint8Array, index: number): void | Promise<void>;
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Files below a folder of the project, up to a size. Relative to the folder the run was started in. */
function filesBelow(folder: string, most = 300_000): Uint8Array[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile() && statSync(file).size <= most).map((file) => new Uint8Array(readFileSync(file)));
}

const inputsOf = (artifact: string): Uint8Array[] => readdirSync(`test/artifacts/${artifact}`, { withFileTypes: true })
  .filter((e) => e.isDirectory() && readdirSync(path.join(e.parentPath, e.name)).includes('input')).flatMap((e) => filesBelow(path.join(e.parentPath, e.name, 'input'), 64_000));

const config = (): Target => ({
  id: 'config',
  material: {
    seeds: [...inputsOf('iis-config'), ...filesBelow('test/fixtures/sample/evidence/D', 20_000)],
    tokens: ['<', '>', '/>', '</', '"', "'", '<!--', '-->', '<![CDATA[', ']]>', '&#x41;', '&amp;', '&x;', '<!DOCTYPE a [<!ENTITY x "y">]>', '<?xml version="1.0"?>', '<clear/>', '<remove name="a"/>',
      '<add name="__proto__" ', '</configuration>', '<configuration>', '<location path="a">', '\0\0\0\0\0\0\0\0', '\ufeff', Buffer.from([0xff, 0xfe]), Buffer.from([0xe9, 0x20, 0xc3]), '\r', '\u0001', '\u2028'],
  },
  check(bytes) {
    looksLikeConfig(bytes.subarray(0, 64 * 1024));
    const { document, problems, text } = parseConfig(bytes);
    sniffConfig(document);
    // Two readers: the quick one for plain files may only ever say what the careful one says.
    must(JSON.stringify(parseCarefully(decode(bytes), bytes.length)) === JSON.stringify({ document, problems, text }), 'the two readers differ');
    must(document.complete || problems.length > 0, 'incomplete without a problem');
    const lines = text.split(/\r\n|\n|\r/);
    const stack: (readonly [ConfigElement, number])[] = document.root === null ? [] : [[document.root, 0]];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const [e, depth] = top;
      must(depth <= 1000, 'deeper than the limit');
      must((lines[e.line - 1] ?? '').startsWith('<', e.column - 1), `no < at ${e.line}:${e.column}`);
      for (const a of e.attributes) {
        const line = lines[a.line - 1] ?? '';
        must(a.column >= 1 && a.column <= line.length + 1, `nothing at ${a.line}:${a.column}`);
        // In a damaged tag a name may have been read around a character that no name has.
        must(!document.complete || line.startsWith(a.name, a.column - 1), `no ${a.name} at ${a.line}:${a.column}`);
      }
      for (const child of e.children) stack.push([child, depth + 1]);
    }
    for (const p of problems) must((p.line ?? 1) >= 1 && (p.offset ?? 0) >= 0, 'a problem without a place');
  },
});

const signed = (): Uint8Array[] => filesBelow('test/fixtures/pe/signed');
const programs = (): Uint8Array[] => [...filesBelow('test/fixtures/components/bin').filter((b) => b[0] === 0x4d), ...signed()];

const filter = (): Target => ({
  id: 'filter',
  material: {
    seeds: ['status:>=500', 'status:500,502,400..404', 'uri:~"(a+)+[0-9]{2,9}$"', 'around:e1~10m', 'log.X-Forwarded-For:*', 'ip:203.0.113.0/24 -method:GET', '@2026-03-02T14:00..+2h "two words" uri:*.aspx', 'ua:*"Windows NT"* bytes:0..99 taken:1000..', 'ip:2001:db8::/32 field:"" -"a\\"b"', 'time:2026-03 tag:install user:""', '\u0130 \u212a ss:\u00df']
      .map((s) => new Uint8Array(Buffer.from(s))),
    tokens: ['"', ':', '..', '-', '@', ',', '~', '(', '|', '{9}', '\\p{L}', 'log.', 'around:', '*', '?', '\\', '>=', '<', '/33', '::', '+2h', '__proto__:', 'constructor:x', 'status:', 'ip:', 'time:', ' ', '\0', '\ud800', '\u00a0', '99999999999999999999', '%', '_', "'", '$1'],
  },
  check(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    const parsed = parseFilter(text);
    if (!parsed.ok) {
      must(parsed.fault.message !== '' && parsed.fault.column >= 1 && parsed.fault.column <= text.length + 1, `column ${parsed.fault.column} of ${text.length}`);
      return;
    }
    const again = parseFilter(printFilter(parsed.filter));
    must(again.ok && printFilter(again.filter) === printFilter(parsed.filter), `printed, it reads otherwise: ${printFilter(parsed.filter)}`);
    matches(parsed.filter, { time: '2026-03-02T14:11:58Z', values: { uri: '/a.aspx', status: 500, ip: '10.0.0.1', ua: 'a'.repeat(2000) }, tags: ['install'] });
  },
});

const zip = (): Target => {
  const content = 'date time cs-method\r\n'.repeat(200);
  const items = [{ name: 'C/Windows/System32/inetsrv/config/applicationHost.config', content: '<configuration/>' }, { name: 'C/a.log', content, deflate: true, mtime: new Date(0) }, { name: 'C/b/', content: '' }, { name: 'C/ä.txt', content, deflate: true }];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'iisight-fuzz-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const u32 = (n: number): Buffer => Buffer.from([n & 0xff, (n >>> 8) & 0xff, (n >>> 16) & 0xff, n >>> 24]);
  return {
    id: 'zip',
    material: { seeds: [zipBytes(items), zipBytes(items.slice(1, 2)), zipBytes([])].map((b) => new Uint8Array(b)), tokens: ['PK\u0003\u0004', 'PK\u0001\u0002', 'PK\u0005\u0006', 'PK\u0006\u0006', 'PK\u0006\u0007', '../', '\\', '\0', u32(0xffff_ffff), u32(0), u32(22), Buffer.from([1, 0, 28, 0]), Buffer.from([0x75, 0x70])] },
    async check(bytes) {
      const file = path.join(folder, `${process.pid}.zip`);
      writeFileSync(file, bytes);
      const source = await openEvidence(file).catch((error: unknown) => {
        if (error instanceof RequestError) return null;
        throw error;
      });
      if (source === null) return;
      try {
        const entries = await source.inventory();
        must(new Set(entries.map((e) => e.evidencePath)).size === entries.length, 'two entries under one name');
        for (const entry of entries.filter((e) => e.type === 'file').slice(0, 20)) {
          try {
            const reader = await source.open(entry.evidencePath);
            let size = 0;
            for await (const chunk of reader.stream()) if ((size += chunk.length) > 1 << 20) break;
            must(size <= Math.max(entry.size, 0), 'more bytes than the size');
            await reader.close();
          } catch (error) {
            if (!(error instanceof EvidenceUnreadable)) throw error;
          }
        }
      } finally {
        await source.close();
      }
    },
  };
};

/** Made when asked for: the seeds are read from the project's folder, in which the run must be started. */
export const TARGETS: ReadonlyMap<string, () => Target> = new Map([
  ['config', config], ['pe', () => pe(programs())], ['pe-large', () => largePe(programs())], ['cms', () => cms(signed())], ['catalog', () => catalog(filesBelow('test/fixtures/catalog').filter((b) => b[0] === 0x30))], ...LOG_TARGETS, ['filter', filter], ['zip', zip],
  ['traits', () => traits(programs())], ['freb', () => freb(inputsOf('freb'))],
  ['metabase', () => metabase(inputsOf('metabase'))], ['code-lists', () => codeLists([...inputsOf('prestart-list'), ...inputsOf('global-asax'), ...inputsOf('precompiled')])],
]);
