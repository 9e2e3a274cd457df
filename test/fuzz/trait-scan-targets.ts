import { examinePe } from '../../electron/artifacts/pe/index.ts';
import { TraitScan } from '../../electron/jobs/image-reader/traits/scan-traits.ts';
import { patternsOf } from '../../electron/jobs/image-reader/traits/trait-patterns.ts';
import { FAMILIES } from '../../electron/knowledge/index.ts';
import { TraitHit } from '../../shared/model/index.ts';
import { peOf } from '../helpers/rule-cases/pe-of.ts';
import type { Target } from './targets.ts';

const PATTERNS = patternsOf(FAMILIES);
const BY_ID = new Map(PATTERNS.map((p) => [`${p.family} ${p.trait.id} ${p.encoding}`, p]));
/** Every so many traits one stands among the tokens that mutants are made with. */
const STEP = 7;

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);

/** The search for traits: what it tells stands at that place, once for each trait and encoding. */
export function traits(programs: readonly Uint8Array[]): Target {
  const scan = new TraitScan();
  const planted = peOf({ exports: ['RegisterModule'], strings: ['SIMPLEPASS', 'isn_getlog', 'X-Cache'], utf16: ['X-FFEServer', 'jFuLIXpzRdateYHoVwMlfc'], pdb: 'C:\\x\\IIS-Raid-master\\x.pdb' });
  return {
    id: 'traits',
    material: { seeds: [planted, ...programs], tokens: PATTERNS.filter((_, i) => i % STEP === 0).map((p) => Buffer.from(p.bytes)) },
    check(bytes) {
      const { facts } = examinePe(bytes, 'x.dll');
      if (facts === null) return;
      const hits = scan.scan(bytes, facts);
      must(new Set(hits.map((h) => `${h.family} ${h.trait} ${h.encoding}`)).size === hits.length, 'a trait told twice');
      for (const hit of hits) {
        TraitHit.parse(hit);
        if (hit.encoding === 'fact') continue;
        const pattern = BY_ID.get(`${hit.family} ${hit.trait} ${hit.encoding}`);
        must(pattern !== undefined && hit.length === pattern.bytes.length && hit.offset + hit.length <= bytes.length, `${hit.family} ${hit.trait} is no place of the file`);
        must(hit.text >= 0 && hit.text <= hit.offset, `${hit.family} ${hit.trait} stands before its text`);
        must(pattern?.bytes.every((b, i) => lower(b) === lower(bytes[hit.offset + i] ?? 0) || pattern.mask?.[i] === 0) === true, `${hit.family} ${hit.trait} does not stand at ${hit.offset}`);
      }
    },
  };
}
