import type { ReactNode } from 'react';
import type { PeFacts } from '../../../../shared/model/index.ts';
import { byteSize, Fields, VisibleText, type Column } from '../../../ui/index.ts';
import { SharedValue } from '../explore.tsx';
import { FactGrid } from '../FactGrid.tsx';
import { hex, NOT_READ } from '../words.ts';
import { versionValue } from './same-values.ts';

type Resource = PeFacts['resources'][number];

const COLUMNS: readonly Column<Resource>[] = [
  { id: 'type', title: 'Type', width: 'minmax(110px, 1fr)', mono: true, render: (r) => <VisibleText text={r.type} /> },
  { id: 'name', title: 'Name', width: 'minmax(90px, 1fr)', mono: true, render: (r) => <VisibleText text={r.name} /> },
  { id: 'language', title: 'Language', width: '88px', mono: true, align: 'end', render: (r) => String(r.language) },
  { id: 'offset', title: 'Offset', width: '88px', mono: true, align: 'end', render: (r) => hex(r.offset) },
  { id: 'size', title: 'Size', width: '96px', align: 'end', render: (r) => byteSize(r.size) },
  { id: 'sha256', title: 'SHA-256', width: 'minmax(140px, 2fr)', mono: true, render: (r) => r.sha256 ?? '' },
];

/** The leaves of the resource tree, and what the file says of itself. */
export function Resources({ facts }: { readonly facts: PeFacts }): ReactNode {
  const version = Object.entries(facts.versionInfo);
  return (
    <div className="fill tab-rows">
      <div className="tab-foot version">
        <h3>Version information</h3>
        {version.length === 0 ? <p className="dim">The file has no version information.</p> : (
          <Fields label="Version information" fields={version.map(([name, text]) => ({ name, value: text === '' ? '' : <SharedValue shared={{ by: 'version', value: versionValue(name, text) }} shown={text} words={`version string ${name}`} /> }))} />
        )}
      </div>
      <div className="fill-rest">
        <FactGrid
          label="Resources" columns={COLUMNS} rows={facts.resources} rowKey={(r) => `${r.type} ${r.name} ${r.language} ${r.offset}`} place={(r) => ({ offset: r.offset, length: Math.max(1, r.size) })}
          shared={(r) => (r.sha256 === null ? null : { by: 'resource', value: r.sha256 })} empty={facts.fields.length === 0 ? NOT_READ : 'The file has no resources.'}
        />
      </div>
    </div>
  );
}
