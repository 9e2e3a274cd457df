import type { Tab } from '../../ui/index.ts';
import type { Shared } from './explore.tsx';
import { BytesTab } from './tabs/BytesTab.tsx';
import { DotNet } from './tabs/DotNet.tsx';
import { Exports } from './tabs/Exports.tsx';
import { Headers } from './tabs/Headers.tsx';
import { Looks } from './tabs/Looks.tsx';
import { Imports } from './tabs/Imports.tsx';
import { InCommon } from './tabs/InCommon.tsx';
import { importRows } from './tabs/import-groups.ts';
import { odditiesOf } from './tabs/oddities.ts';
import { Oddities } from './tabs/Oddities.tsx';
import { Registrations } from './tabs/Registrations.tsx';
import { Resources } from './tabs/Resources.tsx';
import { Same } from './tabs/Same.tsx';
import { Sections } from './tabs/Sections.tsx';
import { Signature } from './tabs/Signature.tsx';
import { Story } from './tabs/Story.tsx';
import { Strings } from './tabs/Strings.tsx';
import { Summary } from './tabs/Summary.tsx';
import type { MarkedBytes } from './use-marked-bytes.ts';
import type { Program } from './use-program.ts';

export interface TabsOf {
  readonly program: Program;
  readonly bytes: MarkedBytes;
  readonly shared: Shared | null;
}

/** The tabs of a program: those that need what is not there are left out. */
export function programTabs({ program, bytes, shared }: TabsOf): readonly Tab[] {
  const { component, facts, evidencePath } = program;
  const odd = odditiesOf(program);
  return [
    { id: 'summary', title: 'Summary', content: <Summary program={program} /> },
    ...(facts === null && odd.length === 0 ? [] : [{ id: 'oddities', title: `Oddities (${odd.length})`, content: <Oddities rows={odd} /> }]),
    ...(component === null ? [] : [{ id: 'story', title: 'Story', content: <Story id={component.id} /> }]),
    ...(component === null ? [] : [{ id: 'registrations', title: `Registrations (${component.registrations.length})`, content: <Registrations component={component} /> }, { id: 'looks', title: 'Rules', content: <Looks component={component.id} /> }]),
    ...(facts === null ? [] : [
      { id: 'headers', title: 'Headers', content: <Headers facts={facts} /> },
      { id: 'sections', title: `Sections (${facts.sections.length})`, content: <Sections facts={facts} /> },
      { id: 'imports', title: `Imports (${importRows(facts.imports).length + importRows(facts.delayImports).length})`, content: <Imports facts={facts} damaged={program.problems.length > 0} /> },
      { id: 'exports', title: `Exports (${facts.exports.length})`, content: <Exports facts={facts} damaged={program.problems.length > 0} /> },
      ...(facts.clr === null ? [] : [{ id: 'clr', title: '.NET', content: <DotNet clr={facts.clr} capabilities={facts.capabilities} old={facts.fields.length === 0} /> }]),
      { id: 'signature', title: 'Signature', content: <Signature program={program} facts={facts} /> },
      { id: 'resources', title: 'Resources, version', content: <Resources facts={facts} /> },
    ]),
    ...(evidencePath === null ? [] : [
      { id: 'strings', title: 'Strings', content: <Strings evidencePath={evidencePath} /> },
      { id: 'bytes', title: 'Bytes', content: <BytesTab bytes={bytes} /> },
    ]),
    ...(facts === null ? [] : [{ id: 'same', title: 'Shared', content: <Same program={program} facts={facts} wanted={shared} /> }]),
    ...(component === null ? [] : [{ id: 'common', title: 'In common', content: <InCommon id={component.id} /> }]),
  ];
}
