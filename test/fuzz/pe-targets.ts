import { readCatalog, sniffCatalog, WantedDigests } from '../../electron/artifacts/catalog/index.ts';
import { examinePe, inspectPe, sniffPe } from '../../electron/artifacts/pe/index.ts';
import { PeFacts } from '../../shared/model/pe/index.ts';
import { HOSTILE_PES } from '../fixtures/pe/index.ts';
import { changeElement } from './der-elements.ts';
import type { Material } from './mutant.ts';
import { changeField } from './pe-fields.ts';
import type { Target } from './targets.ts';

const TOKENS: Material['tokens'] = ['MZ', 'PE\0\0', '.text\0\0\0', 'BSJB', '#~\0\0', '#Strings\0', 'RSDS', 'Rich', 'DanS', 'VS_VERSION_INFO', 'RegisterModule\0', 'HttpFilterProc\0', Buffer.alloc(64, 0xff), Buffer.alloc(64)];
const MEGABYTE = 2 ** 20;
/** Edge cases that are small enough for many mutants. */
const SMALL = 8192;
/** Growth that one file of a megabyte may cause, and how often the collector makes room before it is measured. */
const MOST_GROWTH = 64 * MEGABYTE;

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

function check(bytes: Uint8Array, index: number): void {
  const { facts, problems } = examinePe(bytes, 'x.dll');
  if (facts === null) must(problems.length > 0, 'no facts and no problem');
  else {
    PeFacts.parse(facts);
    must(sniffPe(bytes) !== 'no', 'a PE file that does not look like one');
    must(facts.anomalies.length <= 200, 'more anomalies than are kept');
    // Places are shown as bytes, so each must be one; an offset that the file only claims may lie anywhere.
    for (const f of facts.fields) must(f.offset >= 0 && f.offset + f.length <= bytes.length, `${f.group} ${f.name} lies outside of the file`);
    for (const a of facts.anomalies) must(a.offset >= 0, `anomaly ${a.id} lies before the file`);
  }
  must(problems.length <= 201, 'more problems than are kept');
  for (const p of problems) must((p.offset ?? 0) >= 0 && p.message.length < 2000, 'a problem without a place, or a long one');
  if (index % 16 === 0) inspectPe(bytes, 'x.dll');
}

const cases = (most: number): Uint8Array[] => HOSTILE_PES.map((c) => c.make()).filter((bytes) => bytes.length >= 64 && bytes.length <= most);

/** Structure, code, identity and signatures of small files. @param programs whole, sound files */
export const pe = (programs: readonly Uint8Array[]): Target => ({
  id: 'pe', material: { seeds: [...programs, ...cases(SMALL)], tokens: TOKENS, change: changeField }, check,
});

/** The same over files of about a megabyte, with a meter for memory. */
export const largePe = (programs: readonly Uint8Array[]): Target => ({
  id: 'pe-large',
  material: { seeds: [...programs, ...cases(3 * MEGABYTE)].map((bytes) => filled(bytes, MEGABYTE)), tokens: TOKENS, change: changeField },
  check(bytes, index) {
    const before = process.memoryUsage();
    check(bytes, index);
    const after = process.memoryUsage();
    const growth = after.heapUsed + after.external - before.heapUsed - before.external;
    // What may be collected counts too, so the bound is generous; it catches copies of the file and tables without end.
    must(growth < MOST_GROWTH * Math.max(1, bytes.length / MEGABYTE), `${Math.round(growth / MEGABYTE)} MB of growth`);
  },
});

/** The file with its own bytes repeated behind it up to a size. */
function filled(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length >= size) return bytes;
  const out = new Uint8Array(size);
  for (let at = 0; at < size; at += bytes.length) out.set(bytes.subarray(0, Math.min(bytes.length, size - at)), at);
  return out;
}

/** Where the first certificate of a file begins. */
function certificateStart(bytes: Buffer): number {
  const at = bytes.length > 0x40 ? bytes.readUInt32LE(0x3c) : 0;
  if (at + 200 > bytes.length) return 0;
  const entry = at + 24 + (bytes.readUInt16LE(at + 24) === 0x20b ? 112 : 96) + 32;
  return entry + 8 > bytes.length ? 0 : bytes.readUInt32LE(entry) + 8;
}

/** Signatures: elements of the CMS inside a signed file. @param signed files with a signature */
export const cms = (signed: readonly Uint8Array[]): Target => ({
  id: 'cms',
  material: { seeds: signed, tokens: [Buffer.from([0x30, 0x80]), Buffer.from([0, 0]), Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), Buffer.from([0x31, 0]), Buffer.alloc(64, 0x30), Buffer.from('2b0601040182370204', 'hex')], change: changeElement(certificateStart) },
  check,
});

/** Catalogs; what is wanted is what the seeds hold, so that signatures are read too. */
export const catalog = (seeds: readonly Uint8Array[]): Target => {
  const found = new Set<string>();
  for (const seed of seeds) {
    const text = Buffer.from(seed).toString('hex');
    for (const [, length, hash] of text.matchAll(/04(14|20)((?:[0-9a-f]{2}){20,32})/g)) found.add((hash ?? '').slice(0, length === '14' ? 40 : 64));
  }
  const wanted = new WantedDigests(found);
  return {
    id: 'catalog',
    material: { seeds, tokens: [Buffer.from([0x30, 0x80]), Buffer.from([0, 0]), Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), Buffer.from([0x31, 0])], change: changeElement(() => 0) },
    check(bytes) {
      const { facts, hits, problems } = readCatalog(bytes, wanted);
      must(facts !== null || problems.length > 0, 'no facts and no problem');
      must(sniffCatalog(bytes.subarray(0, 1024)) !== 'no' || facts === null, 'a catalog that does not look like one');
      must(hits.length <= bytes.length, 'more members than bytes');
      for (const p of problems) must((p.offset ?? 0) >= 0 && p.message.length < 2000, 'a problem without a place, or a long one');
    },
  };
};
