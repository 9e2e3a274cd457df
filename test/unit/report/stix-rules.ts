/** Rules of STIX 2.1 (OASIS Standard, 10 June 2021), written down for what our bundle uses. */
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const MS_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Required properties by type (sections 4 to 6), and those that may be there besides the common ones. */
const TYPES: Readonly<Record<string, { readonly kind: 'sdo' | 'sro' | 'sco'; readonly required: readonly string[]; readonly optional: readonly string[] }>> = {
  identity: { kind: 'sdo', required: ['name'], optional: ['description', 'identity_class'] },
  'attack-pattern': { kind: 'sdo', required: ['name'], optional: ['description'] },
  indicator: { kind: 'sdo', required: ['pattern', 'pattern_type', 'valid_from'], optional: ['name', 'description', 'indicator_types', 'pattern_version'] },
  'observed-data': { kind: 'sdo', required: ['first_observed', 'last_observed', 'number_observed', 'object_refs'], optional: [] },
  note: { kind: 'sdo', required: ['content', 'object_refs'], optional: ['abstract', 'authors'] },
  report: { kind: 'sdo', required: ['name', 'published', 'object_refs'], optional: ['description', 'report_types'] },
  relationship: { kind: 'sro', required: ['relationship_type', 'source_ref', 'target_ref'], optional: ['description'] },
  file: { kind: 'sco', required: [], optional: ['hashes', 'size', 'name', 'parent_directory_ref'] },
  directory: { kind: 'sco', required: ['path'], optional: [] },
  software: { kind: 'sco', required: ['name'], optional: ['vendor', 'version'] },
};
type Thing = Readonly<Record<string, unknown>>;

/** @returns what does not conform, in sentences */
export function stixFaults(bundle: Thing): string[] {
  const faults: string[] = [];
  const say = (fault: string): void => void faults.push(fault);
  if (bundle['type'] !== 'bundle' || !new RegExp(`^bundle--${UUID}$`).test(String(bundle['id'])) || 'spec_version' in bundle) say('the bundle has not the form of one');
  const objects = bundle['objects'] as readonly Thing[];
  const ids = new Set(objects.map((o) => o['id']));
  if (ids.size !== objects.length) say('two objects have one id');
  for (const o of objects) {
    const type = String(o['type']);
    const rules = TYPES[type];
    const say2 = (fault: string): void => say(`${type} ${String(o['id'])}: ${fault}`);
    if (rules === undefined) {
      say2('unknown type');
      continue;
    }
    if (!new RegExp(`^${type}--${UUID}$`).test(String(o['id']))) say2('bad id');
    if (o['spec_version'] !== '2.1') say2('bad spec_version');
    if (rules.kind !== 'sco') for (const name of ['created', 'modified']) if (!MS_TIME.test(String(o[name]))) say2(`bad ${name}`);
    if (rules.kind !== 'sco' && String(o['modified']) < String(o['created'])) say2('modified before created');
    const common = ['type', 'id', 'spec_version', ...(rules.kind === 'sco' ? [] : ['created', 'modified', 'created_by_ref', 'external_references'])];
    for (const name of rules.required) if (o[name] === undefined || o[name] === '') say2(`${name} is missing`);
    for (const [name, value] of Object.entries(o)) {
      if (![...common, ...rules.required, ...rules.optional].includes(name)) say2(`${name} is not allowed`);
      if (value === null || (Array.isArray(value) && value.length === 0)) say2(`${name} is empty`);
      if (name.endsWith('_ref') && !ids.has(value)) say2(`${name} leads nowhere`);
      if (name.endsWith('_refs')) for (const ref of value as readonly unknown[]) if (!ids.has(ref)) say2(`${name} leads nowhere`);
      if (/^(valid_from|published|first_observed|last_observed)$/.test(name) && !TIME.test(String(value))) say2(`bad ${name}`);
    }
    if (type === 'file' && o['hashes'] === undefined && o['name'] === undefined) say2('neither hashes nor name');
    if (type === 'indicator' && !/^\[file:hashes\.'SHA-256' = '[0-9a-f]{64}'\]$/.test(String(o['pattern']))) say2('bad pattern');
    if (type === 'observed-data' && (String(o['last_observed']) < String(o['first_observed']) || (o['object_refs'] as string[]).some((ref) => !/^(file|directory|software)--/.test(ref)))) say2('bad observation');
  }
  return faults;
}
