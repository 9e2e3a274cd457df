import type { ObfuscationMark } from '../../../../shared/model/pe/index.ts';
import { bytesAsText, isUtf8 } from '../../../../shared/base/bytes-as-text.ts';
import type { OwnAttribute } from './attributes.ts';
import type { OpenTables } from './metadata.ts';
import type { MetadataRoot } from './root.ts';
import type { TableName } from './schema.ts';
import { token } from './tables.ts';

/**
 * Attributes that protectors leave behind, by simple type name, and what they are called. The names are those that the
 * products document or that the detectors of de4dot (public source) look for.
 */
const PROTECTORS: ReadonlyMap<string, string> = new Map([
  ['ConfusedByAttribute', 'ConfuserEx or its kin'],
  ['DotfuscatorAttribute', 'Dotfuscator'],
  ['SmartAssembly.Attributes.PoweredByAttribute', 'SmartAssembly'],
  ['Xenocode.Client.Attributes.AssemblyAttributes.PoweredBy', 'Xenocode'],
  ['Xenocode.Client.Attributes.AssemblyAttributes.ProcessedByXenocode', 'Xenocode'],
  ['CryptoObfuscator.ProtectedWithCryptoObfuscatorAttribute', 'Crypto Obfuscator'],
  ['BabelAttribute', 'Babel'],
  ['BabelObfuscatorAttribute', 'Babel'],
  ['SecureTeam.Attributes.ObfuscatedByAgileDotNetAttribute', 'Agile.NET'],
  ['SecureTeam.Attributes.ObfuscatedByCliSecureAttribute', 'Agile.NET'],
  ['ObfuscatedByGoliath', 'Goliath'],
  ['YanoAttribute', 'Yano'],
]);
/** Longer than every name above. */
const LONGEST = 100;
const SUPPRESS_ILDASM = 'System.Runtime.CompilerServices.SuppressIldasmAttribute';
const STREAMS: ReadonlySet<string> = new Set(['#~', '#-', '#Strings', '#US', '#GUID', '#Blob', '#Pdb']);
/** Type of .NET Reactor's string and resource decryption. */
const REACTOR = /^<Module>\{[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}$/;

/** Names that are looked at, and how much of each: enough to tell, and bounded. */
const SAMPLE = 20_000;
const NAME_BYTES = 128;
/** Control, format (zero width, direction), private use and unassigned characters: no compiler takes them in a name. */
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u;
const MIN_TYPES = 30;
const SHORT_SHARE = 0.6;

/** Marks of obfuscators and protectors. A mark says what is there, not that the file is malicious: products use them too. */
export function obfuscationMarks(root: MetadataRoot, open: OpenTables, attributes: readonly OwnAttribute[]): ObfuscationMark[] {
  return [...attributeMarks(open, attributes), ...streamMarks(root), ...tableMarks(open), ...nameMarks(open)];
}

function attributeMarks({ tables, heaps }: OpenTables, attributes: readonly OwnAttribute[]): ObfuscationMark[] {
  const out: ObfuscationMark[] = [];
  const seen = new Set<string>();
  const add = (name: string, table: TableName, row: number): void => {
    const product = PROTECTORS.get(name);
    if (product === undefined || seen.has(name)) return;
    seen.add(name);
    out.push({ id: 'protector-attribute', message: `${name}: an attribute that ${product} leaves behind; anyone can write it`, token: token(table, row) });
  };
  for (const { type, row } of attributes) {
    add(type, 'CustomAttribute', row);
    if (type === SUPPRESS_ILDASM && !seen.has(type)) {
      seen.add(type);
      out.push({ id: 'suppress-ildasm', message: 'SuppressIldasmAttribute asks the disassembler of the SDK to refuse the file', token: token('CustomAttribute', row) });
    }
  }
  for (let row = 1; row <= Math.min(tables.rows('TypeDef'), SAMPLE); row++) {
    const name = heaps.string(tables.cell('TypeDef', row, 'name'));
    if (name.startsWith('<Module>{') && REACTOR.test(name)) out.push({ id: 'reactor-type', message: `type ${name}: the kind of name that .NET Reactor gives to its own code`, token: token('TypeDef', row) });
    const namespace = PROTECTORS.has(name) ? '' : heaps.string(tables.cell('TypeDef', row, 'namespace'));
    // Only short names are put together: 20,000 types may share one name of thousands of letters.
    if (namespace.length + name.length < LONGEST) add(namespace === '' ? name : `${namespace}.${name}`, 'TypeDef', row);
    if (out.length >= 50) break;
  }
  return out;
}

function streamMarks({ headers }: MetadataRoot): ObfuscationMark[] {
  const out: ObfuscationMark[] = [];
  const mark = (id: string, message: string): number => out.push({ id, message, token: null });
  const odd = headers.filter((h) => !STREAMS.has(h.name));
  if (odd.length > 0) mark('extra-streams', `metadata streams that no compiler writes: ${odd.slice(0, 8).map((h) => `${h.name} (header at file offset ${h.at})`).join(', ')}`);
  const twice = headers.filter((h, i) => headers.findIndex((other) => other.name === h.name) < i);
  if (twice.length > 0) mark('duplicate-streams', `a second stream of the same name: ${twice.slice(0, 8).map((h) => `${h.name} (header at file offset ${h.at})`).join(', ')}; the runtime and readers may differ in which they take`);
  const names = new Set(headers.map((h) => h.name));
  if (names.has('#-')) mark('uncompressed-tables', names.has('#~') ? 'the tables are there twice, as #~ and as #-' : 'the tables are stored as #-, which compilers write only for edit and continue');
  return out;
}

function tableMarks({ tables }: OpenTables): ObfuscationMark[] {
  const out: ObfuscationMark[] = [];
  for (const table of ['Module', 'Assembly'] as const) {
    if (tables.rows(table) > 1) out.push({ id: 'extra-rows', message: `${tables.rows(table)} rows of the table ${table}, which has at most one; further ones confuse readers`, token: token(table, 2) });
  }
  if (tables.rows('Module') === 0) out.push({ id: 'no-module-row', message: 'the table Module has no row', token: null });
  if (tables.extraData) out.push({ id: 'extra-table-data', message: 'the header of the tables announces extra data (bit 0x40), which compilers do not write and some protectors do', token: null });
  if (tables.unknownTable !== null) out.push({ id: 'unknown-table', message: `a table 0x${tables.unknownTable.toString(16)} that the standard does not define`, token: null });
  return out;
}

interface Names { looked: number; unshowable: number; empty: number; short: number; first: string | null }

function nameMarks(open: OpenTables): ObfuscationMark[] {
  const out: ObfuscationMark[] = [];
  const types = look(open, 'TypeDef');
  const methods = look(open, 'MethodDef');
  const looked = types.looked + methods.looked;
  const unshowable = types.unshowable + methods.unshowable;
  if (unshowable > 0) out.push({ id: 'unprintable-names', message: `${unshowable} of ${looked} names of types and methods hold characters that cannot be shown (control, zero width, private use) or bytes that are no UTF-8`, token: types.first ?? methods.first });
  if (types.empty + methods.empty > 0) out.push({ id: 'empty-names', message: `${types.empty + methods.empty} of ${looked} types and methods have no name`, token: null });
  if (types.looked >= MIN_TYPES && types.short / types.looked >= SHORT_SHARE) {
    out.push({ id: 'short-names', message: `${types.short} of ${types.looked} types have a name of one or two characters: names were shortened`, token: null });
  }
  return out;
}

/** Looks at names as bytes: only those that are not plain ASCII are decoded, and none is kept. */
function look({ tables, heaps }: OpenTables, table: TableName): Names {
  const names: Names = { looked: Math.min(tables.rows(table), SAMPLE), unshowable: 0, empty: 0, short: 0, first: null };
  const index = tables.column(table, 'name');
  for (let row = 1; row <= names.looked; row++) {
    const bytes = heaps.nameBytes(index(row), NAME_BYTES);
    if (bytes.length === 0) names.empty += 1;
    else if (bytes.length <= 2) names.short += 1;
    if (!isOdd(bytes)) continue;
    names.unshowable += 1;
    names.first ??= token(table, row);
  }
  return names;
}

function isOdd(bytes: Uint8Array): boolean {
  let plain = true;
  for (const byte of bytes) {
    if (byte < 0x20 || byte === 0x7f) return true;
    if (byte >= 0x80) plain = false;
  }
  if (plain) return false;
  if (bytes.length < NAME_BYTES && !isUtf8(bytes)) return true;
  const whole = bytes.length === NAME_BYTES ? bytes.subarray(0, cut(bytes)) : bytes;
  const text = bytesAsText(whole);
  return UNSHOWABLE.test(text) || /\\x[89A-F][0-9A-F]/.test(text);
}

/** End of the last whole character of a name that was cut. */
function cut(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > bytes.length - 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end - 1;
}
