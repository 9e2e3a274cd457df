import { type ByteView, type Rva, type Va, rva, va } from '../kit/bytes.ts';
import type { ProblemList } from '../kit/findings.ts';

/** Entries of the data directory by their place in it (PE format, "Optional Header Data Directories"). */
export const DIRECTORY = {
  exports: 0, imports: 1, resources: 2, certificates: 4, relocations: 5, debug: 6, tls: 9, loadConfig: 10, boundImports: 11, delayImports: 13, clr: 14,
} as const;
export type DirectoryName = keyof typeof DIRECTORY;

const DIRECTORY_MAX = 16;

const MACHINES: ReadonlyMap<number, string> = new Map([
  [0x14c, 'x86'], [0x8664, 'x64'], [0xaa64, 'arm64'], [0x1c0, 'arm'], [0x1c2, 'thumb'], [0x1c4, 'armnt'], [0x200, 'ia64'], [0xebc, 'ebc'],
  [0xa641, 'arm64ec'], [0xa64e, 'arm64x'], [0x5032, 'riscv32'], [0x5064, 'riscv64'], [0x6264, 'loongarch64'],
]);

export interface DataDirectory {
  /** RVA, except for the certificate table, where it is a file offset. */
  readonly rva: Rva;
  readonly size: number;
  /** Where the entry itself lies in the file. */
  readonly at: number;
}

/** DOS, COFF and optional header. Offsets are file offsets; `at*` fields say where a value stands. */
export interface Headers {
  readonly peOffset: number;
  readonly machine: string;
  readonly sectionCount: number;
  readonly timestamp: number;
  readonly symbolTable: number;
  readonly symbolCount: number;
  readonly optionalOffset: number;
  readonly optionalSize: number;
  readonly characteristics: number;
  readonly isDll: boolean;
  /** False where the optional header is missing, cut or of an unknown kind: its fields are zero then. */
  readonly hasOptional: boolean;
  /** PE32+ has 64-bit thunks and image base. */
  readonly plus: boolean;
  readonly entryRva: Rva;
  readonly atEntryRva: number;
  readonly sectionAlignment: number;
  readonly fileAlignment: number;
  readonly sizeOfImage: number;
  readonly atSizeOfImage: number;
  readonly sizeOfHeaders: number;
  readonly atChecksum: number;
  readonly imageBase: Va;
  readonly directories: readonly DataDirectory[];
  /** NumberOfRvaAndSizes as written. */
  readonly directoryCount: number;
}

/** Reads the headers; null (with a problem that says why) when this is no PE file or ends inside them. */
export function readHeaders(view: ByteView, problems: ProblemList): Headers | null {
  const peOffset = findPe(view, problems);
  if (peOffset === null) return null;
  const coff = peOffset + 4;
  if (!view.has(coff, 20)) {
    problems.add('truncated', 'the file ends inside the COFF header', coff);
    return null;
  }
  const optionalOffset = coff + 20;
  const machine = view.u16(coff);
  const characteristics = view.u16(coff + 18);
  const head = {
    peOffset,
    machine: MACHINES.get(machine) ?? `0x${machine.toString(16)}`,
    sectionCount: view.u16(coff + 2),
    timestamp: view.u32(coff + 4),
    symbolTable: view.u32(coff + 8),
    symbolCount: view.u32(coff + 12),
    optionalOffset,
    optionalSize: view.u16(coff + 16),
    characteristics,
    isDll: (characteristics & 0x2000) !== 0,
  };
  return { ...head, ...readOptional(view, optionalOffset, problems) };
}

type Optional = Pick<Headers, 'hasOptional' | 'atChecksum' | 'plus' | 'entryRva' | 'atEntryRva' | 'sectionAlignment' | 'fileAlignment' | 'sizeOfImage' | 'atSizeOfImage' | 'sizeOfHeaders' | 'imageBase' | 'directories' | 'directoryCount'>;

/**
 * The optional header is read as Windows does: its fields stand where they stand, however small SizeOfOptionalHeader
 * claims to be; that size only places the section table.
 */
function readOptional(view: ByteView, at: number, problems: ProblemList): Optional {
  const none: Optional = {
    hasOptional: false, atChecksum: at + 64, plus: false, entryRva: rva(0), atEntryRva: at + 16, sectionAlignment: 0x1000, fileAlignment: 0x200, sizeOfImage: 0, atSizeOfImage: at + 56,
    sizeOfHeaders: 0, imageBase: va(0n), directories: [], directoryCount: 0,
  };
  if (!view.has(at, 2)) {
    problems.add('truncated', 'the file ends before the optional header', at);
    return none;
  }
  const magic = view.u16(at);
  if (magic !== 0x10b && magic !== 0x20b) {
    problems.add('malformed', `the optional header has the unknown magic value 0x${magic.toString(16)}`, at);
    return none;
  }
  const plus = magic === 0x20b;
  const fixed = plus ? 112 : 96;
  if (!view.has(at, fixed)) {
    problems.add('truncated', 'the file ends inside the optional header', at);
    return { ...none, plus };
  }
  const directoryCount = view.u32(at + fixed - 4);
  const directories: DataDirectory[] = [];
  for (let i = 0; i < Math.min(directoryCount, DIRECTORY_MAX) && view.has(at + fixed + i * 8, 8); i++) {
    const entry = at + fixed + i * 8;
    directories.push({ rva: rva(view.u32(entry)), size: view.u32(entry + 4), at: entry });
  }
  return {
    hasOptional: true, atChecksum: at + 64, plus, directories, directoryCount,
    entryRva: rva(view.u32(at + 16)), atEntryRva: at + 16,
    imageBase: va(plus ? view.u64(at + 24) : BigInt(view.u32(at + 28))),
    sectionAlignment: view.u32(at + 32), fileAlignment: view.u32(at + 36),
    sizeOfImage: view.u32(at + 56), atSizeOfImage: at + 56, sizeOfHeaders: view.u32(at + 60),
  };
}

const OTHER_FORMATS: ReadonlyMap<string, string> = new Map([
  ['NE', 'a 16-bit Windows (NE) program'], ['LE', 'a VxD or OS/2 (LE) program'], ['LX', 'an OS/2 (LX) program'],
]);

function findPe(view: ByteView, problems: ProblemList): number | null {
  if (!view.has(0, 2) || view.ascii(0, 2) !== 'MZ') {
    problems.add('unsupported', view.length === 0 ? 'not a PE file: it is empty' : 'not a PE file: it does not begin with MZ', 0);
    return null;
  }
  if (!view.has(0, 64)) {
    problems.add('truncated', 'the file ends inside the DOS header', 0);
    return null;
  }
  const at = view.u32(0x3c);
  if (!view.has(at, 4)) {
    problems.add('truncated', `the PE header should be at offset ${at}, the file has ${view.length} bytes`, 0x3c);
    return null;
  }
  if (view.u32(at) === 0x4550) return at;
  const other = OTHER_FORMATS.get(view.ascii(at, 2));
  problems.add('unsupported', `not a PE file: ${other ?? 'a DOS program, or the PE signature was overwritten'}`, at);
  return null;
}

/** The entry of a data directory, or null when it is not there or empty. */
export function directory(headers: Headers, name: DirectoryName): DataDirectory | null {
  const entry = headers.directories[DIRECTORY[name]];
  return entry && entry.rva !== 0 ? entry : null;
}
