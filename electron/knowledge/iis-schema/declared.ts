import declared from './declared.json' with { type: 'json' };

/** What `configSections` of a fresh installation says of a section. */
export interface DeclaredSection {
  readonly overrideModeDefault: 'Allow' | 'Deny';
  readonly allowDefinition: 'Everywhere' | 'MachineOnly' | 'MachineToRootWeb' | 'MachineToApplication' | 'AppHostOnly';
}

const DEFINITIONS: readonly DeclaredSection['allowDefinition'][] = ['Everywhere', 'MachineOnly', 'MachineToRootWeb', 'MachineToApplication', 'AppHostOnly'];

const SECTIONS: ReadonlyMap<string, DeclaredSection> = new Map(
  Object.entries(declared.sections).map(([name, line]) => {
    const [mode, definition] = line.split(' ');
    return [name, { overrideModeDefault: mode === 'Deny' ? 'Deny' : 'Allow', allowDefinition: DEFINITIONS.find((d) => d === definition) ?? 'Everywhere' }];
  }),
);

/**
 * How Windows declares a section when IIS is installed, for a file that is damaged where its own declarations stand.
 * @param section full name, as `system.webServer/handlers`
 * @returns null for a section that IIS itself does not declare there (those of .NET and of products)
 */
export function declaredByDefault(section: string): DeclaredSection | null {
  return SECTIONS.get(section) ?? null;
}

/** Names of the sections that IIS itself declares. */
export const DECLARED_SECTIONS: readonly string[] = [...SECTIONS.keys()];

/** Where those facts come from. */
export const DECLARED_SOURCE = { title: declared.title, source: declared.source, date: declared.date, licence: declared.licence };
