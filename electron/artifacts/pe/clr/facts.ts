import type { ClrFacts } from '../../../../shared/model/pe/index.ts';
import { sha1Hex } from '../../kit/digest.ts';
import { LimitReached } from '../../kit/findings.ts';
import type { Image } from '../image.ts';
import { readEvents, readPreApplicationStart } from './attributes.ts';
import { Heaps } from './heaps.ts';
import { type MetadataRoot, readMetadataRoot } from './root.ts';
import { MetadataTables } from './tables.ts';
import { TypeIndex } from './types.ts';

const IL_ONLY = 1;
const PUBLIC_KEY = 1;
const MAX_REFERENCES = 10_000;

type Draft = { -readonly [K in keyof ClrFacts]: ClrFacts[K] };

/** Facts from the CLR metadata; null when the file has none. What could be read before damage stays. */
export function readClr(image: Image): ClrFacts | null {
  const root = readMetadataRoot(image);
  if (!root) return null;
  const facts: Draft = {
    assembly: '', version: '', mvid: '', publicKeyToken: null, runtime: root.runtime, references: [], httpTypes: [], events: [],
    preApplicationStart: [], mixedMode: (root.flags & IL_ONLY) === 0, module: '', culture: '', targetFramework: null, strongName: 'none', precompiled: 'none',
    pinvokes: [], openTypes: [], resources: [], userStrings: { count: 0, first: [] }, obfuscation: [],
  };
  image.problems.guard('CLR metadata tables', undefined, () => {
    const tables = openTables(image, root);
    if (tables) fill(image, tables, new Heaps(root.streams), facts);
  });
  return facts;
}

function openTables(image: Image, root: MetadataRoot): MetadataTables | null {
  const stream = root.streams.get('#~') ?? root.streams.get('#-');
  if (!stream) {
    image.problems.add('malformed', 'the CLR metadata has no table stream');
    return null;
  }
  const tables = new MetadataTables(stream);
  if (tables.unknownTable !== null) image.problems.add('unsupported', `the CLR metadata has an unknown table 0x${tables.unknownTable.toString(16)}; tables behind it were not read`);
  if (tables.short.length > 0) image.problems.add('truncated', `CLR metadata tables end before their announced rows: ${tables.short.join(', ')}`);
  return tables;
}

function fill(image: Image, tables: MetadataTables, heaps: Heaps, facts: Draft): void {
  const guard = (what: string, read: () => void): boolean => image.problems.guard(`CLR ${what}`, undefined, read);
  guard('identity', () => {
    facts.mvid = heaps.guid(tables.cell('Module', 1, 'mvid'));
    facts.assembly = heaps.string(tables.cell('Assembly', 1, 'name'));
    facts.version = tables.rows('Assembly') === 0 ? '' : version(tables, 'Assembly', 1);
    facts.publicKeyToken = keyToken(heaps.blob(tables.cell('Assembly', 1, 'publicKey')));
  });
  guard('references', () => {
    const rows = tables.rows('AssemblyRef');
    for (let row = 1; row <= Math.min(rows, MAX_REFERENCES); row++) {
      // A name that was cut off would leave a reference to nothing; the damage is told as a problem.
      if (heaps.string(tables.cell('AssemblyRef', row, 'name')) !== '') facts.references.push(reference(tables, heaps, row));
    }
    if (rows > MAX_REFERENCES) throw new LimitReached(`more than ${MAX_REFERENCES} referenced assemblies`);
  });
  guard('types', () => {
    const types = new TypeIndex(tables, heaps);
    facts.httpTypes = types.httpTypes();
    facts.events = readEvents(tables, heaps, types);
    facts.preApplicationStart = readPreApplicationStart(tables, heaps, types, facts.assembly);
  });
}

function version(tables: MetadataTables, table: 'Assembly' | 'AssemblyRef', row: number): string {
  return ['major', 'minor', 'build', 'revision'].map((part) => tables.cell(table, row, part)).join('.');
}

/** Display name of a referenced assembly, as .NET writes it. */
function reference(tables: MetadataTables, heaps: Heaps, row: number): string {
  const name = heaps.string(tables.cell('AssemblyRef', row, 'name'));
  const culture = heaps.string(tables.cell('AssemblyRef', row, 'culture'));
  const key = heaps.blob(tables.cell('AssemblyRef', row, 'publicKeyOrToken'));
  const token = (tables.cell('AssemblyRef', row, 'flags') & PUBLIC_KEY) !== 0 ? keyToken(key) : hex(key);
  return `${name}, Version=${version(tables, 'AssemblyRef', row)}, Culture=${culture === '' ? 'neutral' : culture}, PublicKeyToken=${token === null || token === '' ? 'null' : token}`;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Public key token: the last eight bytes of the SHA-1 of the key, reversed (ECMA-335 II.6.3). */
function keyToken(key: Uint8Array): string | null {
  return key.length === 0 ? null : (sha1Hex(key).slice(-16).match(/../g) ?? []).reverse().join('');
}
