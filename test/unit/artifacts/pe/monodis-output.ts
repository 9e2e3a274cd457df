import { spawnSync } from 'node:child_process';

/** Package mono-utils; another place can be named. */
const MONODIS = process.env['MONODIS'] ?? 'monodis';
export const present = spawnSync(MONODIS, ['--help']).error === undefined;

/** The answer of monodis as bytes in a string (ISO 8859-1): names are UTF-8 in it. */
function ask(option: string, file: string): string {
  return spawnSync(MONODIS, [option, file], { encoding: 'latin1', maxBuffer: 2 ** 28 }).stdout;
}
const utf8 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');
const rows = (text: string, pattern: RegExp): string[][] => [...text.matchAll(pattern)].map((m) => m.slice(1).map((part) => utf8(part ?? '')));

/** Without the last entry where it was not finished: monodis ends with a fault on some files. */
const whole = (text: string): string => (/(?:"|\n\t)\n$/.test(text) ? text : text.replace(/\n[0-9a-f]+: (?:(?!\n[0-9a-f]+: ).)*$/s, '\n'));

/** Text that is shown as rows of bytes: `\t00 D8 00 DC 01 )   // .....`, the last byte being the flag behind the text. */
function utf16(lines: string): string {
  const bytes = lines.split('\n').flatMap((line) => [...line.replace(/\/\/.*$/, '').matchAll(/\b[0-9a-fA-F]{2}\b/g)].map((m) => Number.parseInt(m[0], 16)));
  return Buffer.from(bytes.slice(0, -1)).toString('utf16le');
}

/** Words of a quoted string as glib's g_strescape writes it: C escapes, and octal ones for bytes. */
function unescape(text: string): string {
  const C: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
  return utf8(text.replace(/\\([0-7]{1,3}|.)/gs, (_, code: string) => (/^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (C[code] ?? code))));
}

/**
 * A type as monodis prints it, without what it instantiates: `class [A]N.T`1<string>` is `N.T`1`. Of an instantiated
 * type it follows forwards and names the assembly where it found the type, so that name is left out on both sides.
 */
function bare(type: string): string {
  const plain = type.replaceAll('/', '+').replaceAll("'", '');
  return /^(?:class|valuetype) /.test(plain) ? plain.replace(/^(?:class|valuetype) (?:\[[^\]]*\])?/, '').replace(/<(?![^<>]*>[a-z]?d?__).*$/s, '') : plain;
}

export const monodis = {
  assembly: (file: string) => {
    const text = ask('--assembly', file);
    const field = (name: string): string | undefined => new RegExp(`^${name}:[ \\t]+(.*)$`, 'm').exec(text)?.[1];
    return { name: field('Name'), version: field('Version'), culture: (field('Culture') ?? '').trim(), key: [...text.matchAll(/^0x[0-9a-f]{8}: (.*)$/gm)].map((m) => (m[1] ?? '').replaceAll(' ', '').toLowerCase()).join('') };
  },
  module: (file: string) => rows(ask('--module', file), /^\d+: (.*) \d+ \{([0-9A-F-]{36})\}/gm)[0],
  references: (file: string) => rows(ask('--assemblyref', file), /^\d+: Version=(\S+)\s*\n\s*Name=(.*)$/gm).map(([version, name]) => `${name}, Version=${version}`),
  /** Row by row: full name, flags, coded base type. */
  types: (file: string) => rows(ask('--typedef', file), /^\d+: (.*) \(flist=\d+, mlist=\d+, flags=0x([0-9a-f]+), extends=0x([0-9a-f]+)\)$/gm).map(([name = '', flags, base]) => `${name === '(null)' ? '<Module>' : name.replaceAll('/', '+')} ${flags} ${base}`),
  typeReferences: (file: string) => rows(ask('--typeref', file), /^\d+: (.*)$/gm).map(([name = '']) => bare(name)),
  interfaces: (file: string) => rows(ask('--interface', file), /^\d+: (.*?) implements (.*)$/gm).map(([type = '', parent = '']) => `${bare(type)} implements ${bare(parent)}`),
  /** Name and library; what stands before the method is C++ in mixed-mode files, so it is compared where it is a class. */
  pinvokes: (file: string) => rows(ask('--implmap', file), /^\d+: (.*) \d+ \((\S*) (\S*) ?\)$/gm).map(([method = '', name, dll]) => `${bare(/^[^(]*? (?:class|valuetype) (\S+?::[^\s(]+)/.exec(method)?.[1] ?? '')} ${name} ${dll}`),
  /** Offset in the heap and text, without the entries that are padding or empty. */
  userStrings: (file: string) => [...whole(ask('--userstrings', file)).matchAll(/^([0-9a-f]+): (?:"((?:[^"\\]|\\.)*)"$|bytearray \(\n((?:\t[^\n]*\n)*))/gm)]
    .map((m) => [Number.parseInt(m[1] ?? '', 16), m[3] === undefined ? unescape(m[2] ?? '') : utf16(m[3])] as const).filter(([, text]) => text !== ''),
  members: (file: string) => rows(ask('--memberref', file), /^\d+: (\w+)\[(\d+)\] (.*)$/gm).map(([table, row, name]) => `${table} ${row} ${name}`),
  resources: (file: string) => rows(ask('--presources', file), /^\s*([0-9a-f]+): (.*) \(size (\d+)\)$/gm).map(([offset = '', name, size]) => `${Number.parseInt(offset, 16)} ${name} ${size}`),
  forwards: (file: string) => rows(ask('--exported', file), /^\d+: (.*) is in assemblyref (\d+), index=\d+, flags=0x[0-9a-f]+$/gm).map(([type, row]) => `${type} ${row}`),
};
