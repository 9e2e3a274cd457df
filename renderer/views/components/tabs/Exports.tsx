import type { ReactNode } from 'react';
import type { PeFacts } from '../../../../shared/model/index.ts';
import { VisibleText, type Column } from '../../../ui/index.ts';
import { FactGrid } from '../FactGrid.tsx';
import { hex } from '../words.ts';
import { offsetOfRva } from './sections.ts';

type Export = PeFacts['exports'][number];
/** What IIS looks up in a native DLL, and what for. */
const CALLED_BY_IIS: ReadonlyMap<string, string> = new Map([
  ['RegisterModule', 'called by IIS: native module'], ['GetFilterVersion', 'called by IIS: ISAPI filter'], ['HttpFilterProc', 'called by IIS: ISAPI filter'], ['TerminateFilter', 'called by IIS: ISAPI filter'],
  ['GetExtensionVersion', 'called by IIS: ISAPI extension'], ['HttpExtensionProc', 'called by IIS: ISAPI extension'], ['TerminateExtension', 'called by IIS: ISAPI extension'],
]);

/** What an export is to IIS, or where it forwards to. */
export function exportRemark(e: Export): string {
  if (e.forwarder !== null) return `forwards to ${e.forwarder}`;
  return e.name === null ? '' : (CALLED_BY_IIS.get(e.name) ?? '');
}

/** What the file offers to others; the focused one shows the code that it begins with. @param damaged not all of the file could be read */
export function Exports({ facts, damaged }: { readonly facts: PeFacts; readonly damaged: boolean }): ReactNode {
  const columns: readonly Column<Export>[] = [
    { id: 'ordinal', title: 'Ordinal', width: '74px', align: 'end', mono: true, render: (e) => String(e.ordinal) },
    { id: 'name', title: 'Name', width: 'minmax(180px, 2fr)', mono: true, render: (e) => (e.name === null ? <span className="quiet">by ordinal only</span> : <VisibleText text={e.name} />) },
    { id: 'rva', title: 'RVA', width: '88px', align: 'end', mono: true, render: (e) => hex(e.rva) },
    { id: 'remark', title: 'Remark', width: 'minmax(190px, 2fr)', render: (e) => <span className={e.forwarder === null ? 'warn' : ''}><VisibleText text={exportRemark(e)} /></span> },
  ];
  const named = facts.exportName ?? null;
  return (
    <div className="fill tab-rows">
      {named === null ? null : <p className="tab-bar">The file calls itself <span className="mono"><VisibleText text={named} /></span></p>}
      <div className="fill-rest">
        <FactGrid label="Exports" columns={columns} rows={facts.exports} rowKey={(e) => `${e.ordinal} ${e.name ?? ''} ${e.rva}`} empty={damaged ? 'No export could be read: the Oddities tab says what is missing.' : 'The file exports nothing.'} place={(e) => {
          const offset = offsetOfRva(facts.sections, e.rva);
          return offset === null ? null : { offset, length: e.forwarder === null ? 16 : e.forwarder.length };
        }} />
      </div>
    </div>
  );
}
