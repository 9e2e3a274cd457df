import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { PeBoundImport, PeFacts, PeSection } from '../../../../shared/model/pe/index.ts';

/** What `pefile_facts.py` prints. */
export const Oracle = PeFacts.pick({
  machine: true, isDll: true, imphash: true, richHash: true, exports: true, imports: true, delayImports: true, pdb: true, versionInfo: true, certificateTable: true,
}).extend({
  timestamp: z.number(),
  sections: z.array(PeSection),
  boundImports: z.array(PeBoundImport),
  debug: z.array(z.object({ number: z.number(), offset: z.number(), timestamp: z.number(), dataOffset: z.number(), dataSize: z.number(), pdb: z.string().nullable(), identity: z.string().nullable() })),
  resources: z.array(z.object({ type: z.string(), name: z.string(), language: z.number(), offset: z.number(), size: z.number(), sha256: z.string().nullable() })),
  callbacks: z.array(z.number()).nullable(),
  relocations: z.object({ blocks: z.number(), entries: z.number() }).nullable(),
  rich: z.object({ key: z.number(), entries: z.array(z.object({ product: z.number(), build: z.number(), count: z.number() })) }).nullable(),
  overlay: z.number().nullable(),
  fields: z.array(z.object({ field: z.string(), offset: z.number(), value: z.number() })),
  checksum: z.number().nullable(),
});
export type Oracle = z.infer<typeof Oracle>;

const SAME = ['machine', 'isDll', 'imphash', 'richHash', 'imports', 'delayImports', 'boundImports', 'pdb', 'versionInfo', 'certificateTable'] as const;

const DEBUG_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['UNKNOWN', 0], ['COFF', 1], ['CODEVIEW', 2], ['FPO', 3], ['MISC', 4], ['EXCEPTION', 5], ['FIXUP', 6], ['OMAP_TO_SRC', 7], ['OMAP_FROM_SRC', 8], ['BORLAND', 9], ['RESERVED10', 10],
  ['CLSID', 11], ['VC_FEATURE', 12], ['POGO', 13], ['ILTCG', 14], ['MPX', 15], ['REPRO', 16], ['EMBEDDED_PORTABLE_PDB', 17], ['SPGO', 18], ['PDBCHECKSUM', 19], ['EX_DLLCHARACTERISTICS', 20], ['PERFMAP', 21],
]);
const RESOURCE_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['CURSOR', 1], ['BITMAP', 2], ['ICON', 3], ['MENU', 4], ['DIALOG', 5], ['STRING', 6], ['FONTDIR', 7], ['FONT', 8], ['ACCELERATOR', 9], ['RCDATA', 10], ['MESSAGETABLE', 11],
  ['GROUP_CURSOR', 12], ['GROUP_ICON', 14], ['VERSION', 16], ['DLGINCLUDE', 17], ['PLUGPLAY', 19], ['VXD', 20], ['ANICURSOR', 21], ['ANIICON', 22], ['HTML', 23], ['MANIFEST', 24],
]);

/** Everything in which two readings of one file differ, one line each. @param size bytes of the file */
export function differences(ours: PeFacts, theirs: Oracle, size: number): string[] {
  const found: string[] = [];
  const compare = (what: string, a: unknown, b: unknown): void => {
    if (!isDeepStrictEqual(a, b)) found.push(`${what}: ours ${shown(a)}, pefile's ${shown(b)}`);
  };
  for (const field of SAME) compare(field, ours[field], theirs[field]);
  compare('timestamp', ours.timestamp.value, theirs.timestamp);
  compare('exports', sorted(ours.exports), sorted(theirs.exports));
  // Ours is rounded to four decimals.
  compare('sections', ours.sections.map((s) => ({ ...s, entropy: 0 })), theirs.sections.map((s) => ({ ...s, entropy: 0 })));
  for (const [n, s] of theirs.sections.entries()) if (Math.abs((ours.sections[n]?.entropy ?? -1) - s.entropy) > 0.0001) compare(`entropy of ${s.name}`, ours.sections[n]?.entropy, s.entropy);
  compare('debug', ours.debug.map(({ type, ...rest }) => ({ number: DEBUG_NUMBERS.get(type) ?? Number(type.slice(1)), ...rest })), theirs.debug);
  compare('resources', sorted(ours.resources.map((r) => ({ ...r, type: RESOURCE_NUMBERS.has(r.type) ? `#${RESOURCE_NUMBERS.get(r.type)}` : r.type }))), sorted(theirs.resources));
  compare('TLS callbacks', ours.tls?.callbacks ?? null, theirs.callbacks);
  compare('relocations', ours.relocations === null ? null : { blocks: ours.relocations.blocks, entries: ours.relocations.entries }, theirs.relocations);
  compare('Rich header', ours.rich === null ? null : { key: ours.rich.key, entries: ours.rich.entries.map(({ product, build, count }) => ({ product, build, count })) }, theirs.rich);
  if (theirs.checksum !== null) compare('checksum', ours.checksum?.computed, theirs.checksum);
  compare('overlay', ours.overlay?.offset ?? null, overlayOf(theirs, size));
  const at = new Map(ours.fields.map((f) => [f.offset, f]));
  for (const { field, offset, value } of theirs.fields) {
    const own = at.get(offset);
    if (own === undefined || own.length > 8) found.push(`field ${field} at ${offset} is not among ours`);
    else if (Number(own.value) !== value) compare(`field ${field}, ours ${own.group} ${own.name}`, own.value, `0x${value.toString(16)}`);
  }
  return found;
}

/** pefile counts the certificate table as overlay; ours begins where neither sections nor certificates are. */
function overlayOf({ overlay, certificateTable }: Oracle, size: number): number | null {
  if (overlay === null || certificateTable === null || certificateTable.offset < overlay) return overlay;
  if (certificateTable.offset - overlay >= 8) return overlay;
  const end = certificateTable.offset + certificateTable.size;
  return end < size ? end : null;
}

const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(Object.entries(row as object).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();
const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 1500 ? `${text.slice(0, 1500)}...` : text;
};
