import type { Capability } from '../../../../shared/model/index.ts';

/** Groups of capabilities in the order in which they are read, with their headings. */
const CAPABILITY_GROUPS: readonly { readonly group: Capability['group']; readonly title: string }[] = [
  { group: 'requests', title: 'Is called for' }, { group: 'sees', title: 'Sees' }, { group: 'changes', title: 'Can change' }, { group: 'system', title: 'Can do on the system' },
  { group: 'hides', title: 'Hides' }, { group: 'limits', title: 'Could not be recovered' },
];

/** Capabilities by group, empty groups left out. */
export function groupedCapabilities(capabilities: readonly Capability[]): readonly { readonly title: string; readonly group: Capability['group']; readonly list: readonly Capability[] }[] {
  return CAPABILITY_GROUPS.map(({ group, title }) => ({ group, title, list: capabilities.filter((c) => c.group === group) })).filter(({ list }) => list.length > 0);
}
