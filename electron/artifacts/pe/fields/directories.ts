import type { DirectoryName } from '../headers.ts';
import { directory } from '../headers.ts';
import type { Image } from '../image.ts';
import type { FieldList, Row } from './field-list.ts';
import { bytes, clrFlags, decimal, guardFlags, stamp } from './words.ts';

const loadConfiguration = (plus: boolean): readonly Row[] => {
  const wide = plus ? 8 : 4;
  const flags: Row = ['ProcessHeapFlags', 4];
  const affinity: Row = ['ProcessAffinityMask', wide];
  return [
    ['Size', 4, bytes], ['TimeDateStamp', 4, stamp], ['MajorVersion', 2, decimal], ['MinorVersion', 2, decimal], ['GlobalFlagsClear', 4], ['GlobalFlagsSet', 4],
    ['CriticalSectionDefaultTimeout', 4], ['DeCommitFreeBlockThreshold', wide], ['DeCommitTotalFreeThreshold', wide], ['LockPrefixTable', wide], ['MaximumAllocationSize', wide],
    ['VirtualMemoryThreshold', wide], ...(plus ? [affinity, flags] : [flags, affinity]), ['CSDVersion', 2], ['DependentLoadFlags', 2], ['EditList', wide],
    ['SecurityCookie', wide, (v) => (v === 0 ? 'no stack cookie' : 'address of the stack cookie')],
    ['SEHandlerTable', wide, (v) => (v === 0 ? null : 'address of the table of safe exception handlers')], ['SEHandlerCount', wide, decimal],
    ['GuardCFCheckFunctionPointer', wide], ['GuardCFDispatchFunctionPointer', wide], ['GuardCFFunctionTable', wide], ['GuardCFFunctionCount', wide, decimal],
    ['GuardFlags', 4, guardFlags], ['CodeIntegrity.Flags', 2], ['CodeIntegrity.Catalog', 2], ['CodeIntegrity.CatalogOffset', 4], ['CodeIntegrity.Reserved', 4],
    ['GuardAddressTakenIatEntryTable', wide], ['GuardAddressTakenIatEntryCount', wide, decimal], ['GuardLongJumpTargetTable', wide], ['GuardLongJumpTargetCount', wide, decimal],
    ['DynamicValueRelocTable', wide], ['CHPEMetadataPointer', wide], ['GuardRFFailureRoutine', wide], ['GuardRFFailureRoutineFunctionPointer', wide],
    ['DynamicValueRelocTableOffset', 4], ['DynamicValueRelocTableSection', 2], ['Reserved2', 2], ['GuardRFVerifyStackPointerFunctionPointer', wide], ['HotPatchTableOffset', 4],
    ['Reserved3', 4], ['EnclaveConfigurationPointer', wide], ['VolatileMetadataPointer', wide], ['GuardEHContinuationTable', wide], ['GuardEHContinuationCount', wide, decimal],
    ['GuardXFGCheckFunctionPointer', wide], ['GuardXFGDispatchFunctionPointer', wide], ['GuardXFGTableDispatchFunctionPointer', wide],
    ['CastGuardOsDeterminedFailureMode', wide], ['GuardMemcpyFunctionPointer', wide],
  ];
};
const LOAD_32 = loadConfiguration(false);
const LOAD_64 = loadConfiguration(true);

const EXPORT: readonly Row[] = [
  ['Characteristics', 4], ['TimeDateStamp', 4, stamp], ['MajorVersion', 2], ['MinorVersion', 2], ['Name', 4], ['Base', 4, decimal], ['NumberOfFunctions', 4, decimal],
  ['NumberOfNames', 4, decimal], ['AddressOfFunctions', 4], ['AddressOfNames', 4], ['AddressOfNameOrdinals', 4],
];
const CLR: readonly Row[] = [
  ['cb', 4, bytes], ['MajorRuntimeVersion', 2], ['MinorRuntimeVersion', 2], ['MetaData.VirtualAddress', 4], ['MetaData.Size', 4, bytes], ['Flags', 4, clrFlags],
  ['EntryPointToken', 4], ['Resources.VirtualAddress', 4], ['Resources.Size', 4, bytes], ['StrongNameSignature.VirtualAddress', 4], ['StrongNameSignature.Size', 4, bytes],
  ['CodeManagerTable', 8], ['VTableFixups.VirtualAddress', 4], ['VTableFixups.Size', 4, bytes], ['ExportAddressTableJumps', 8],
  ['ManagedNativeHeader.VirtualAddress', 4], ['ManagedNativeHeader.Size', 4, bytes],
];
const tls = (wide: number): readonly Row[] => [
  ['StartAddressOfRawData', wide], ['EndAddressOfRawData', wide], ['AddressOfIndex', wide], ['AddressOfCallBacks', wide], ['SizeOfZeroFill', 4, bytes], ['Characteristics', 4],
];
const TLS_32 = tls(4);
const TLS_64 = tls(8);

/** Fields of the directories that begin with a header of their own. Where the file ends inside one, that becomes a problem. */
export function directoryFields(image: Image, fields: FieldList): void {
  const { plus } = image.headers;
  const tables: readonly (readonly [DirectoryName, string, readonly Row[]])[] = [
    ['exports', 'Export directory', EXPORT], ['tls', 'TLS directory', plus ? TLS_64 : TLS_32], ['loadConfig', 'Load configuration', plus ? LOAD_64 : LOAD_32], ['clr', 'CLR header', CLR],
  ];
  for (const [name, group, rows] of tables) {
    const entry = directory(image.headers, name);
    const at = entry ? image.map.offset(entry.rva) : null;
    if (at === null) continue;
    // Only the load configuration grew with Windows: its first field says how far it goes.
    image.problems.guard(group.toLowerCase(), at, () => fields.structure(group, at, rows, name === 'loadConfig' ? image.view.u32(at) : undefined));
  }
}
