import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { examinePe } from '../../../../electron/artifacts/pe/index.ts';
import { TraitScan } from '../../../../electron/jobs/image-reader/traits/scan-traits.ts';
import { patternsOf } from '../../../../electron/jobs/image-reader/traits/trait-patterns.ts';
import { FAMILIES } from '../../../../electron/knowledge/index.ts';
import type { PeFacts, TraitHit } from '../../../../shared/model/index.ts';
import { corpus } from '../../../helpers/corpus.ts';
import { peOf, type PeSpec } from '../../../helpers/rule-cases/pe-of.ts';

const scan = new TraitScan();
const PATTERNS = patternsOf(FAMILIES);

function factsOf(bytes: Uint8Array): PeFacts {
  const { facts } = examinePe(bytes, 'x.dll');
  if (facts === null) throw new Error('no PE');
  return facts;
}
const hitsOf = (spec: PeSpec): TraitHit[] => {
  const bytes = peOf(spec);
  return scan.scan(bytes, factsOf(bytes));
};
const named = (hits: readonly TraitHit[]): string[] => hits.map((h) => `${h.family}/${h.trait}/${h.encoding}`);

describe('traits in a program file', () => {
  it('are found as text of one and of two bytes, each at its place', () => {
    const bytes = peOf({ strings: ['SIMPLEPASS'], utf16: ['x-ffeserver'] });
    const hits = scan.scan(bytes, factsOf(bytes));
    expect(named(hits)).toEqual(['iis-raid/default-password/ascii', 'iis-raid/ffe-header/utf16']);
    for (const { offset, length } of hits) expect(['SIMPLEPASS', 'x\0-\0f\0f\0e\0s\0e\0r\0v\0e\0r\0']).toContain(Buffer.from(bytes.subarray(offset, offset + length)).toString('latin1'));
  });

  it('are whole words where they are names, and as written where they are texts', () => {
    expect(named(hitsOf({ strings: ['X-Cache-Status', 'MyX-Cache'] }))).toEqual(['iis-raid/cache-header/ascii']);
    expect(named(hitsOf({ strings: ['X-CacheStatus', 'MyX-Cache2'] }))).toEqual([]);
    expect(named(hitsOf({ strings: ['simplepass'] }))).toEqual([]);
  });

  it('of one text are one place, those of two texts are two', () => {
    const together = hitsOf({ strings: ['SoUnRCxgREXMu9bM9Zr1Z78OkgaXj1Xr'] });
    expect([together.length, new Set(together.map((h) => h.text)).size]).toEqual([2, 1]);
    const apart = hitsOf({ strings: ['SoUnRCxgREXMu9bM', '9Zr1Z78OkgaXj1Xr'] });
    expect([apart.length, new Set(apart.map((h) => h.text)).size]).toEqual([2, 2]);
  });

  it('that are names of debug files count only where the headers name one', () => {
    expect(named(hitsOf({ pdb: 'C:\\x\\IIS-Raid-master\\module.pdb' }))).toEqual(['iis-raid/pdb-raid/ascii']);
    expect(named(hitsOf({ strings: ['see IIS-Raid-master'] }))).toEqual([]);
    expect(named(hitsOf({ pdb: 'C:\\x\\m.pdb', strings: ['see IIS-Raid-master'] }))).toEqual([]);
  });

  it('that are hashes and signers are facts of the whole file', () => {
    const bytes = peOf({});
    const facts = { ...factsOf(bytes), imphash: '47cb127aad6c7c9954058e61a2a6429a' };
    expect(scan.scan(bytes, facts)).toEqual([{ family: 'rgdoor', trait: 'imphash', offset: 0, length: 0, encoding: 'fact', text: 0 }]);
  });

  it('planted at random places are all found, and nothing beside them', () => {
    const plain = PATTERNS.filter((p) => !['pdb', 'export-name', 'type'].includes(p.trait.where));
    const base = peOf({});
    const facts = factsOf(base);
    const at = fc.record({ pattern: fc.nat(plain.length - 1), gap: fc.nat(300) });
    fc.assert(fc.property(fc.array(at, { maxLength: 12 }), fc.nat(40), (planted, tail) => {
      const parts: Buffer[] = [Buffer.from(base)];
      const wanted = new Set<string>();
      for (const { pattern, gap } of planted) {
        const one = plain[pattern];
        if (one === undefined) continue;
        // Bytes of no text, also directly before and behind, so that words end.
        parts.push(Buffer.alloc(gap + 1, 0x01), Buffer.from(one.bytes), Buffer.alloc(1, 0x01));
        for (const same of plain) {
          const within = Buffer.from(one.bytes).toString('latin1');
          const other = Buffer.from(same.bytes).toString('latin1');
          const fits = same.mask === null && (same.fold ? within.toLowerCase().includes(other.toLowerCase()) : within.includes(other));
          if (same === one || fits) wanted.add(`${same.family}/${same.trait.id}/${same.encoding}`);
        }
      }
      parts.push(Buffer.alloc(tail, 0x01));
      const found = new Set(named(scan.scan(new Uint8Array(Buffer.concat(parts)), facts)));
      const missing = planted.flatMap(({ pattern }) => plain[pattern] ?? []).map((p) => `${p.family}/${p.trait.id}/${p.encoding}`).filter((id) => !found.has(id));
      expect(missing).toEqual([]);
      expect([...found].filter((id) => !wanted.has(id))).toEqual([]);
    }), { numRuns: 200 });
  });
});

describe.skipIf(!corpus.present)('traits in honest files of the corpus (not present: skipped)', () => {
  it('are weak ones only', () => {
    const strong = new Set(FAMILIES.flatMap((f) => f.traits.filter((t) => t.weight === 'strong').map((t) => `${f.id}/${t.id}`)));
    const files = readdirSync(corpus.root, { recursive: true, withFileTypes: true }).filter((e) => e.isFile() && /\.(?:dll|exe)$/i.test(e.name)).map((e) => path.join(e.parentPath, e.name));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const bytes = new Uint8Array(readFileSync(file));
      const { facts } = examinePe(bytes, path.basename(file));
      if (facts === null) continue;
      expect(scan.scan(bytes, facts).filter((h) => strong.has(`${h.family}/${h.trait}`)), file).toEqual([]);
    }
  });
});
