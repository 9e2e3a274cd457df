/**
 * Columns of every metadata table, ECMA-335 II.22 (plus the pointer tables of uncompressed streams and the two EnC
 * tables). `2`, `4`: constants of that many bytes; `s`, `g`, `b`: index into #Strings, #GUID, #Blob; `@Name`: row of a
 * table; `^Name`: coded index (II.24.2.6).
 */
export const TABLES = {
  Module: { id: 0x00, columns: ['2 generation', 's name', 'g mvid', 'g encId', 'g encBaseId'] },
  TypeRef: { id: 0x01, columns: ['^ResolutionScope scope', 's name', 's namespace'] },
  TypeDef: { id: 0x02, columns: ['4 flags', 's name', 's namespace', '^TypeDefOrRef extends', '@Field fields', '@MethodDef methods'] },
  FieldPtr: { id: 0x03, columns: ['@Field field'] },
  Field: { id: 0x04, columns: ['2 flags', 's name', 'b signature'] },
  MethodPtr: { id: 0x05, columns: ['@MethodDef method'] },
  MethodDef: { id: 0x06, columns: ['4 rva', '2 implFlags', '2 flags', 's name', 'b signature', '@Param params'] },
  ParamPtr: { id: 0x07, columns: ['@Param param'] },
  Param: { id: 0x08, columns: ['2 flags', '2 sequence', 's name'] },
  InterfaceImpl: { id: 0x09, columns: ['@TypeDef class', '^TypeDefOrRef interface'] },
  MemberRef: { id: 0x0a, columns: ['^MemberRefParent class', 's name', 'b signature'] },
  Constant: { id: 0x0b, columns: ['2 type', '^HasConstant parent', 'b value'] },
  CustomAttribute: { id: 0x0c, columns: ['^HasCustomAttribute parent', '^CustomAttributeType type', 'b value'] },
  FieldMarshal: { id: 0x0d, columns: ['^HasFieldMarshal parent', 'b nativeType'] },
  DeclSecurity: { id: 0x0e, columns: ['2 action', '^HasDeclSecurity parent', 'b permissionSet'] },
  ClassLayout: { id: 0x0f, columns: ['2 packingSize', '4 classSize', '@TypeDef parent'] },
  FieldLayout: { id: 0x10, columns: ['4 offset', '@Field field'] },
  StandAloneSig: { id: 0x11, columns: ['b signature'] },
  EventMap: { id: 0x12, columns: ['@TypeDef parent', '@Event events'] },
  EventPtr: { id: 0x13, columns: ['@Event event'] },
  Event: { id: 0x14, columns: ['2 flags', 's name', '^TypeDefOrRef type'] },
  PropertyMap: { id: 0x15, columns: ['@TypeDef parent', '@Property properties'] },
  PropertyPtr: { id: 0x16, columns: ['@Property property'] },
  Property: { id: 0x17, columns: ['2 flags', 's name', 'b type'] },
  MethodSemantics: { id: 0x18, columns: ['2 semantics', '@MethodDef method', '^HasSemantics association'] },
  MethodImpl: { id: 0x19, columns: ['@TypeDef class', '^MethodDefOrRef body', '^MethodDefOrRef declaration'] },
  ModuleRef: { id: 0x1a, columns: ['s name'] },
  TypeSpec: { id: 0x1b, columns: ['b signature'] },
  ImplMap: { id: 0x1c, columns: ['2 flags', '^MemberForwarded member', 's name', '@ModuleRef scope'] },
  FieldRva: { id: 0x1d, columns: ['4 rva', '@Field field'] },
  EncLog: { id: 0x1e, columns: ['4 token', '4 function'] },
  EncMap: { id: 0x1f, columns: ['4 token'] },
  Assembly: { id: 0x20, columns: ['4 hashAlgorithm', '2 major', '2 minor', '2 build', '2 revision', '4 flags', 'b publicKey', 's name', 's culture'] },
  AssemblyProcessor: { id: 0x21, columns: ['4 processor'] },
  AssemblyOs: { id: 0x22, columns: ['4 platform', '4 major', '4 minor'] },
  AssemblyRef: { id: 0x23, columns: ['2 major', '2 minor', '2 build', '2 revision', '4 flags', 'b publicKeyOrToken', 's name', 's culture', 'b hash'] },
  AssemblyRefProcessor: { id: 0x24, columns: ['4 processor', '@AssemblyRef assembly'] },
  AssemblyRefOs: { id: 0x25, columns: ['4 platform', '4 major', '4 minor', '@AssemblyRef assembly'] },
  File: { id: 0x26, columns: ['4 flags', 's name', 'b hash'] },
  ExportedType: { id: 0x27, columns: ['4 flags', '4 typeDefId', 's name', 's namespace', '^Implementation implementation'] },
  ManifestResource: { id: 0x28, columns: ['4 offset', '4 flags', 's name', '^Implementation implementation'] },
  NestedClass: { id: 0x29, columns: ['@TypeDef nested', '@TypeDef enclosing'] },
  GenericParam: { id: 0x2a, columns: ['2 number', '2 flags', '^TypeOrMethodDef owner', 's name'] },
  MethodSpec: { id: 0x2b, columns: ['^MethodDefOrRef method', 'b instantiation'] },
  GenericParamConstraint: { id: 0x2c, columns: ['@GenericParam owner', '^TypeDefOrRef constraint'] },
} as const satisfies Record<string, { id: number; columns: readonly string[] }>;

export type TableName = keyof typeof TABLES;

/** Coded indexes: the tables by tag, null for a tag that is not used. The tag takes as many bits as it needs. */
export const CODED: Readonly<Record<string, ReadonlyArray<TableName | null>>> = {
  TypeDefOrRef: ['TypeDef', 'TypeRef', 'TypeSpec'],
  HasConstant: ['Field', 'Param', 'Property'],
  HasCustomAttribute: [
    'MethodDef', 'Field', 'TypeRef', 'TypeDef', 'Param', 'InterfaceImpl', 'MemberRef', 'Module', 'DeclSecurity', 'Property', 'Event', 'StandAloneSig',
    'ModuleRef', 'TypeSpec', 'Assembly', 'AssemblyRef', 'File', 'ExportedType', 'ManifestResource', 'GenericParam', 'GenericParamConstraint', 'MethodSpec',
  ],
  HasFieldMarshal: ['Field', 'Param'],
  HasDeclSecurity: ['TypeDef', 'MethodDef', 'Assembly'],
  MemberRefParent: ['TypeDef', 'TypeRef', 'ModuleRef', 'MethodDef', 'TypeSpec'],
  HasSemantics: ['Event', 'Property'],
  MethodDefOrRef: ['MethodDef', 'MemberRef'],
  MemberForwarded: ['Field', 'MethodDef'],
  Implementation: ['File', 'AssemblyRef', 'ExportedType'],
  CustomAttributeType: [null, null, 'MethodDef', 'MemberRef', null],
  ResolutionScope: ['Module', 'ModuleRef', 'AssemblyRef', 'TypeRef'],
  TypeOrMethodDef: ['TypeDef', 'MethodDef'],
};
