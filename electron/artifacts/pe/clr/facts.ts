import type { ClrFacts } from '../../../../shared/model/pe/index.ts';
import { sha1Hex } from '../../kit/digest.ts';
import { LimitReached } from '../../kit/findings.ts';
import type { Image } from '../image.ts';
import { attributeFacts, ownAttributes, readEvents, readStartMethods } from './attributes.ts';
import type { Heaps } from './heaps.ts';
import { precompiledAs, processorOf, strongNameState } from './header-facts.ts';
import { isPlainPlatform, readInheritance } from './inheritance.ts';
import { obfuscationMarks } from './marks.ts';
import { readForwards, readPInvokes, readResources } from './members.ts';
import { type OpenTables, openMetadata } from './metadata.ts';
import type { MetadataRoot } from './root.ts';
import type { MetadataTables } from './tables.ts';
import { readUserStrings } from './user-strings.ts';

const IL_ONLY = 1;
const PUBLIC_KEY = 1;
const MAX_REFERENCES = 10_000;
/** A key of RSA with 16,384 bits is half as long; thousands of references to one huge key would be hashed again and again. */
const MAX_KEY = 4096;

type Draft = { -readonly [K in keyof ClrFacts]: ClrFacts[K] };

/** Facts from the CLR metadata; null when the file has none. What could be read before damage stays. */
export function readClr(image: Image): ClrFacts | null {
  const metadata = openMetadata(image);
  if (!metadata) return null;
  const { root, tables } = metadata;
  const facts: Draft = {
    assembly: '', version: '', mvid: '', publicKeyToken: null, runtime: root.runtime, references: [], httpTypes: [], events: [],
    preApplicationStart: [], mixedMode: false, module: '', culture: '', targetFramework: null, strongName: 'none', processor: processorOf(image, root), precompiled: 'none',
    pinvokes: [], openTypes: [], httpInterfaces: [], forwards: [], startMethods: [], guid: null, debugBuild: null, resources: [],
    userStrings: { count: 0, first: [] }, obfuscation: [],
  };
  image.problems.guard('CLI header', undefined, () => (facts.precompiled = precompiledAs(image, root)));
  facts.mixedMode = (root.flags & IL_ONLY) === 0 && facts.precompiled === 'none';
  readUserStrings(root, facts.userStrings);
  if (tables) fill(image, root, tables, facts);
  return facts;
}

function fill(image: Image, root: MetadataRoot, open: OpenTables, facts: Draft): void {
  const { tables, heaps } = open;
  const guard = (what: string, read: () => void): boolean => image.problems.guard(`CLR ${what}`, undefined, read);
  guard('identity', () => {
    facts.module = heaps.string(tables.cell('Module', 1, 'name'));
    facts.mvid = heaps.guid(tables.cell('Module', 1, 'mvid'));
    facts.assembly = heaps.string(tables.cell('Assembly', 1, 'name'));
    facts.culture = heaps.string(tables.cell('Assembly', 1, 'culture'));
    facts.version = tables.rows('Assembly') === 0 ? '' : version(tables, 'Assembly', 1);
    const key = heaps.blob(tables.cell('Assembly', 1, 'publicKey'));
    facts.publicKeyToken = keyToken(key);
    facts.strongName = strongNameState(image, root, key, facts.precompiled);
  });
  guard('references', () => {
    const rows = tables.rows('AssemblyRef');
    for (let row = 1; row <= Math.min(rows, MAX_REFERENCES); row++) {
      // A name that was cut off would leave a reference to nothing; the damage is told as a problem.
      if (heaps.string(tables.cell('AssemblyRef', row, 'name')) === '') continue;
      const text = reference(tables, heaps, row);
      heaps.charge(text.length);
      facts.references.push(text);
    }
    if (rows > MAX_REFERENCES) throw new LimitReached(`more than ${MAX_REFERENCES} referenced assemblies`);
  });
  guard('attributes', () => {
    const attributes = ownAttributes(open);
    Object.assign(facts, attributeFacts(attributes));
    facts.startMethods = readStartMethods(open, attributes, facts.assembly);
    facts.preApplicationStart = facts.startMethods.map((s) => s.target);
    facts.obfuscation = obfuscationMarks(root, open, attributes);
  });
  const references = referenceNames(tables, heaps);
  guard('types', () => readInheritance(open, facts.assembly, references, facts));
  guard('forwarded types', () => readForwards(open, (row) => isPlainPlatform(references(row)), facts.forwards));
  guard('events', () => (facts.events = [...readEvents(open).keys()]));
  guard('native functions', () => readPInvokes(open, facts.pinvokes));
  guard('resources', () => readResources(image, root, open, facts.resources));
}

/** Name and token of referenced assemblies, each read once. */
function referenceNames(tables: MetadataTables, heaps: Heaps): (row: number) => { readonly name: string; readonly token: string | null } {
  const known = new Map<number, { readonly name: string; readonly token: string | null }>();
  return (row) => {
    const found = known.get(row) ?? { name: heaps.string(tables.cell('AssemblyRef', row, 'name')), token: referenceToken(tables, heaps, row) };
    known.set(row, found);
    return found;
  };
}

function version(tables: MetadataTables, table: 'Assembly' | 'AssemblyRef', row: number): string {
  return ['major', 'minor', 'build', 'revision'].map((part) => tables.cell(table, row, part)).join('.');
}

function referenceToken(tables: MetadataTables, heaps: Heaps, row: number): string | null {
  const key = heaps.blob(tables.cell('AssemblyRef', row, 'publicKeyOrToken'));
  return (tables.cell('AssemblyRef', row, 'flags') & PUBLIC_KEY) !== 0 ? keyToken(key) : key.length === 0 ? null : hex(key);
}

/** Display name of a referenced assembly, as .NET writes it. */
function reference(tables: MetadataTables, heaps: Heaps, row: number): string {
  const name = heaps.string(tables.cell('AssemblyRef', row, 'name'));
  const culture = heaps.string(tables.cell('AssemblyRef', row, 'culture'));
  return `${name}, Version=${version(tables, 'AssemblyRef', row)}, Culture=${culture === '' ? 'neutral' : culture}, PublicKeyToken=${referenceToken(tables, heaps, row) ?? 'null'}`;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Public key token: the last eight bytes of the SHA-1 of the key, reversed (ECMA-335 II.6.3). */
function keyToken(key: Uint8Array): string | null {
  if (key.length > MAX_KEY) throw new LimitReached(`a public key of more than ${MAX_KEY} bytes`);
  return key.length === 0 ? null : (sha1Hex(key).slice(-16).match(/../g) ?? []).reverse().join('');
}
