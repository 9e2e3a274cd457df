import { instantText, ticksFromSeconds } from '../../../../shared/time/instant.ts';
import type { Words } from './field-list.ts';

/** Names of constants as winnt.h and the PE format have them, without their common prefix. */
type Names = readonly (readonly [value: number, name: string])[];

const one = (names: Names): Words => {
  const map = new Map(names);
  return (value) => map.get(value) ?? 'not a known value';
};

/** Bits that are set, in the order of the list; what has no name is given as a number. */
const bits = (names: Names): Words => (value) => {
  const found = names.filter(([bit]) => Math.floor(value / bit) % 2 === 1);
  const rest = found.reduce((left, [bit]) => left - bit, value);
  const words = [...found.map(([, name]) => name), ...(rest === 0 ? [] : [`0x${rest.toString(16)}`])];
  return words.length === 0 ? null : words.join(', ');
};

export const machine = one([
  [0x14c, 'Intel 386 and later (x86)'], [0x8664, 'x64'], [0xaa64, 'ARM64'], [0x1c0, 'ARM'], [0x1c2, 'ARM Thumb'], [0x1c4, 'ARM Thumb-2'], [0x200, 'Intel Itanium'],
  [0xebc, 'EFI byte code'], [0xa641, 'ARM64EC'], [0xa64e, 'ARM64X'], [0x5032, 'RISC-V 32-bit'], [0x5064, 'RISC-V 64-bit'], [0x6264, 'LoongArch 64-bit'], [0, 'any machine'],
]);

export const fileCharacteristics = bits([
  [0x0001, 'RELOCS_STRIPPED'], [0x0002, 'EXECUTABLE_IMAGE'], [0x0004, 'LINE_NUMS_STRIPPED'], [0x0008, 'LOCAL_SYMS_STRIPPED'], [0x0010, 'AGGRESSIVE_WS_TRIM'],
  [0x0020, 'LARGE_ADDRESS_AWARE'], [0x0080, 'BYTES_REVERSED_LO'], [0x0100, '32BIT_MACHINE'], [0x0200, 'DEBUG_STRIPPED'], [0x0400, 'REMOVABLE_RUN_FROM_SWAP'],
  [0x0800, 'NET_RUN_FROM_SWAP'], [0x1000, 'SYSTEM'], [0x2000, 'DLL'], [0x4000, 'UP_SYSTEM_ONLY'], [0x8000, 'BYTES_REVERSED_HI'],
]);

export const subsystem = one([
  [0, 'unknown'], [1, 'native (no subsystem)'], [2, 'Windows graphical interface'], [3, 'Windows console'], [5, 'OS/2 console'], [7, 'POSIX console'],
  [8, 'Windows 9x driver'], [9, 'Windows CE'], [10, 'EFI application'], [11, 'EFI boot driver'], [12, 'EFI run-time driver'], [13, 'EFI ROM'], [14, 'Xbox'], [16, 'Windows boot application'],
]);

export const dllCharacteristics = bits([
  [0x0020, 'HIGH_ENTROPY_VA'], [0x0040, 'DYNAMIC_BASE (address space layout randomisation)'], [0x0080, 'FORCE_INTEGRITY'], [0x0100, 'NX_COMPAT (no execution of data)'],
  [0x0200, 'NO_ISOLATION'], [0x0400, 'NO_SEH'], [0x0800, 'NO_BIND'], [0x1000, 'APPCONTAINER'], [0x2000, 'WDM_DRIVER'], [0x4000, 'GUARD_CF'], [0x8000, 'TERMINAL_SERVER_AWARE'],
]);

export const optionalMagic = one([[0x10b, 'PE32'], [0x20b, 'PE32+ (64-bit addresses)'], [0x107, 'ROM image']]);

const sectionBits = bits([
  [0x0000_0008, 'NO_PAD'], [0x0000_0020, 'CODE'], [0x0000_0040, 'INITIALIZED_DATA'], [0x0000_0080, 'UNINITIALIZED_DATA'], [0x0000_0200, 'INFO'], [0x0000_0800, 'REMOVE'],
  [0x0000_1000, 'COMDAT'], [0x0000_8000, 'GPREL'], [0x0100_0000, 'NRELOC_OVFL'], [0x0200_0000, 'DISCARDABLE'], [0x0400_0000, 'NOT_CACHED'], [0x0800_0000, 'NOT_PAGED'],
  [0x1000_0000, 'SHARED'], [0x2000_0000, 'EXECUTE'], [0x4000_0000, 'READ'], [0x8000_0000, 'WRITE'],
]);

/** The alignment (bits 20 to 23) is a number, not a set of bits. */
export const sectionCharacteristics: Words = (value) => {
  const align = Math.floor(value / 0x10_0000) % 16;
  const words = sectionBits(value - align * 0x10_0000);
  return align === 0 ? words : [words, `ALIGN_${2 ** (align - 1)}BYTES`].filter((text) => text !== null).join(', ');
};

export const guardFlags = bits([
  [0x0000_0100, 'CF_INSTRUMENTED'], [0x0000_0200, 'CFW_INSTRUMENTED'], [0x0000_0400, 'CF_FUNCTION_TABLE_PRESENT'], [0x0000_0800, 'SECURITY_COOKIE_UNUSED'],
  [0x0000_1000, 'PROTECT_DELAYLOAD_IAT'], [0x0000_2000, 'DELAYLOAD_IAT_IN_ITS_OWN_SECTION'], [0x0000_4000, 'CF_EXPORT_SUPPRESSION_INFO_PRESENT'],
  [0x0000_8000, 'CF_ENABLE_EXPORT_SUPPRESSION'], [0x0001_0000, 'CF_LONGJUMP_TABLE_PRESENT'], [0x0002_0000, 'RF_INSTRUMENTED'], [0x0004_0000, 'RF_ENABLE'], [0x0008_0000, 'RF_STRICT'],
  [0x0010_0000, 'RETPOLINE_PRESENT'], [0x0040_0000, 'EH_CONTINUATION_TABLE_PRESENT'], [0x0080_0000, 'XFG_ENABLED'],
  [0x1000_0000, 'CF_FUNCTION_TABLE_SIZE +1'], [0x2000_0000, 'CF_FUNCTION_TABLE_SIZE +2'], [0x4000_0000, 'CF_FUNCTION_TABLE_SIZE +4'], [0x8000_0000, 'CF_FUNCTION_TABLE_SIZE +8'],
]);

export const clrFlags = bits([
  [0x0000_0001, 'ILONLY'], [0x0000_0002, '32BITREQUIRED'], [0x0000_0004, 'IL_LIBRARY'], [0x0000_0008, 'STRONGNAMESIGNED'], [0x0000_0010, 'NATIVE_ENTRYPOINT'],
  [0x0001_0000, 'TRACKDEBUGDATA'], [0x0002_0000, '32BITPREFERRED'],
]);

export const versionFileFlags = bits([[1, 'DEBUG'], [2, 'PRERELEASE'], [4, 'PATCHED'], [8, 'PRIVATEBUILD'], [16, 'INFOINFERRED'], [32, 'SPECIALBUILD']]);
export const versionFileOs = one([[0, 'unknown'], [4, 'Windows 32-bit'], [0x1_0000, 'DOS'], [0x4_0000, 'Windows NT'], [0x1_0001, '16-bit Windows on DOS'], [0x4_0004, 'Windows NT, 32-bit'], [0x1_0004, '32-bit Windows on DOS']]);
export const versionFileType = one([[0, 'unknown'], [1, 'application'], [2, 'DLL'], [3, 'driver'], [4, 'font'], [5, 'virtual device'], [7, 'static library']]);

/** Two 16-bit halves of a 32-bit version number, the high one first. */
export const versionPair: Words = (value) => `${Math.floor(value / 0x1_0000)}.${value % 0x1_0000}`;
export const decimal: Words = (value) => (value > 9 ? String(value) : null);
export const bytes: Words = (value) => (value > 9 ? `${value} bytes` : null);

/** A time stamp of a linker, if it is one; hashes of reproducible builds look the same. */
export const stamp: Words = (value) => (value === 0 ? 'not set' : value === 0xffff_ffff ? 'no time' : `${instantText(ticksFromSeconds(value))} if it is a time`);
