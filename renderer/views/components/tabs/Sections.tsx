import { useState, type ReactNode } from 'react';
import type { PeFacts } from '../../../../shared/model/index.ts';
import { Fields, VisibleText, type Column } from '../../../ui/index.ts';
import { PlaceLink, SharedValue } from '../explore.tsx';
import { FactGrid } from '../FactGrid.tsx';
import { hex, NOT_READ } from '../words.ts';
import { characteristicsWords, rights, sectionRemarks } from './sections.ts';

type Section = PeFacts['sections'][number];
const HEADER = 40;

const COLUMNS: readonly Column<Section>[] = [
  { id: 'name', title: 'Name', width: '76px', mono: true, render: (s) => <VisibleText text={s.name} /> },
  { id: 'entropy', title: 'Entropy', width: '98px', render: (s) => <Entropy value={s.entropy} /> },
  { id: 'rights', title: 'Rights', width: '64px', mono: true, render: (s) => (s.characteristics === 0 ? '' : rights(s.characteristics)) },
  { id: 'rva', title: 'RVA', width: '74px', mono: true, align: 'end', render: (s) => hex(s.rva) },
  { id: 'virtual', title: 'In memory', width: '94px', mono: true, align: 'end', render: (s) => hex(s.virtualSize) },
  { id: 'offset', title: 'Offset', width: '74px', mono: true, align: 'end', render: (s) => hex(s.rawOffset) },
  { id: 'raw', title: 'In the file', width: '86px', mono: true, align: 'end', render: (s) => hex(s.rawSize) },
  { id: 'remark', title: 'Remark', width: 'minmax(120px, 1fr)', render: (s) => <span className="warn"><VisibleText text={sectionRemarks(s).join('; ')} /></span> },
];

/** The sections of the file, and everything of the focused one. */
export function Sections({ facts }: { readonly facts: PeFacts }): ReactNode {
  const [index, setIndex] = useState(0);
  const section = facts.sections[index];
  return (
    <div className="fill tab-rows">
      <div className="fill-rest">
        <FactGrid
          label="Sections" columns={COLUMNS} rows={facts.sections} rowKey={(s) => `${s.at} ${s.name} ${s.rva} ${s.rawOffset}`} onRow={(s) => setIndex(facts.sections.indexOf(s))} empty="The file has no sections."
          place={(s) => (s.rawSize > 0 ? { offset: s.rawOffset, length: s.rawSize } : s.at > 0 ? { offset: s.at, length: HEADER } : null)} shared={(s) => (s.sha256 === null ? null : { by: 'section', value: s.sha256 })}
        />
      </div>
      {section === undefined ? null : <SectionDetail section={section} />}
    </div>
  );
}

function SectionDetail({ section: s }: { readonly section: Section }): ReactNode {
  const words = characteristicsWords(s.characteristics);
  return (
    <div className="tab-foot">
      <h3>Section <span className="mono"><VisibleText text={s.name} /></span></h3>
      <Fields label="Section" fields={[
        ...sectionRemarks(s).map((text) => ({ name: 'remark', value: <span className="warn">{text}</span> })),
        { name: 'header', value: s.at === 0 ? NOT_READ : <PlaceLink place={{ offset: s.at, length: HEADER }} /> },
        { name: 'characteristics', value: s.at === 0 ? NOT_READ : `${hex(s.characteristics)}: ${words === '' ? 'nothing that has a name here' : words}` },
        { name: 'SHA-256', value: s.sha256 === null ? (s.at === 0 ? NOT_READ : 'none: no bytes in the file') : <SharedValue shared={{ by: 'section', value: s.sha256 }} words="section hash" /> },
        { name: 'MD5', value: s.md5 ?? 'none' },
      ]} />
    </div>
  );
}

/** How random the bytes are: a bar and the number. */
function Entropy({ value }: { readonly value: number }): ReactNode {
  return (
    <span className="entropy">
      <svg viewBox="0 0 80 10" aria-hidden="true" className={value >= 7.2 ? 'high' : ''}><rect className="whole" width="80" height="10" /><rect className="part" width={Math.max(0, Math.min(80, value * 10))} height="10" /></svg>
      <span className="mono">{value.toFixed(2)}</span>
    </span>
  );
}
