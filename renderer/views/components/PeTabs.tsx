import type { ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { useTimeText } from '../../state/react.ts';
import { count, Fields, Lines, VisibleText, type Tab } from '../../ui/index.ts';

type Pe = NonNullable<Output<'component.get'>['pe']>;
const hex = (n: number): string => `0x${n.toString(16).toUpperCase()}`;
const CALLED_BY_IIS: ReadonlySet<string> = new Set(['RegisterModule', 'GetFilterVersion', 'HttpFilterProc', 'TerminateFilter', 'GetExtensionVersion', 'HttpExtensionProc', 'TerminateExtension']);

/** The tabs that a readable PE file adds. */
export function peTabs(pe: Pe): readonly Tab[] {
  return [
    { id: 'headers', title: 'Headers and sections', content: <Headers pe={pe} /> },
    { id: 'imports', title: `Imports (${pe.imports.length + pe.delayImports.length})`, content: <Imports pe={pe} /> },
    { id: 'exports', title: `Exports (${pe.exports.length})`, content: <Exports pe={pe} /> },
    ...(pe.clr === null ? [] : [{ id: 'clr', title: '.NET', content: <Clr clr={pe.clr} /> }]),
    { id: 'version', title: 'Version', content: <div className="pad"><Fields label="Version information" fields={Object.entries(pe.versionInfo).map(([name, value]) => ({ name, value }))} />{Object.keys(pe.versionInfo).length === 0 ? <p className="dim">The file has no version information.</p> : null}</div> },
  ];
}

function Headers({ pe }: { readonly pe: Pe }): ReactNode {
  const time = useTimeText();
  return (
    <div className="pad column">
      <Fields label="Headers" fields={[
        { name: 'machine', value: pe.machine }, { name: 'is a DLL', value: pe.isDll ? 'yes' : 'no' },
        { name: 'linker stamp', value: `${pe.timestamp.value}${pe.timestamp.time === null ? '' : `, ${time(pe.timestamp.time)}`} at ${hex(pe.timestamp.offset)} (forgeable)` },
        { name: 'imphash', value: pe.imphash ?? 'none' }, { name: 'rich hash', value: pe.richHash ?? 'none' },
        { name: 'PDB path', value: pe.pdb.length === 0 ? 'none' : <Lines texts={pe.pdb} /> },
        { name: 'usable as', value: pe.kinds.length === 0 ? 'nothing that IIS loads' : pe.kinds.join(', ') },
        { name: 'certificate table', value: pe.certificateTable === null ? 'none' : `${count(pe.certificateTable.size)} bytes at ${hex(pe.certificateTable.offset)}` },
      ]} />
      {pe.anomalies.length === 0 ? null : <div><h3>Anomalies</h3><ul className="sentences">{pe.anomalies.map((a) => <li key={`${a.id} ${a.offset}`} className="warn"><span className="mono">{hex(a.offset)}</span> <VisibleText text={a.message} /></li>)}</ul></div>}
      <h3>Sections</h3>
      <table className="table">
        <thead><tr><th>Name</th><th className="end">RVA</th><th className="end">Virtual size</th><th className="end">Raw offset</th><th className="end">Raw size</th><th className="end">Entropy</th></tr></thead>
        <tbody className="mono">{pe.sections.map((s) => <tr key={`${s.name} ${s.rva}`}><td><VisibleText text={s.name} /></td><td className="end">{hex(s.rva)}</td><td className="end">{hex(s.virtualSize)}</td><td className="end">{hex(s.rawOffset)}</td><td className="end">{hex(s.rawSize)}</td><td className="end">{s.entropy.toFixed(2)}</td></tr>)}</tbody>
      </table>
    </div>
  );
}

function Imports({ pe }: { readonly pe: Pe }): ReactNode {
  const list = (title: string, imports: Pe['imports']): ReactNode => (imports.length === 0 ? null : (
    <div>
      <h3>{title}</h3>
      <dl className="fields">{imports.map((i, at) => <div key={`${i.dll} ${at}`}><dt className="mono"><VisibleText text={i.dll} /></dt><dd className="mono"><VisibleText text={i.names.join(', ')} /></dd></div>)}</dl>
    </div>
  ));
  return <div className="pad column">{list('Imports', pe.imports)}{list('Delay-loaded', pe.delayImports)}{pe.imports.length + pe.delayImports.length === 0 ? <p className="dim">The file imports nothing by name.</p> : null}</div>;
}

function Exports({ pe }: { readonly pe: Pe }): ReactNode {
  if (pe.exports.length === 0) return <p className="pad dim">The file exports nothing.</p>;
  return (
    <div className="pad">
      <table className="table">
        <thead><tr><th className="end">Ordinal</th><th>Name</th><th className="end">RVA</th><th>Remark</th></tr></thead>
        <tbody className="mono">{pe.exports.map((e) => <tr key={e.ordinal}><td className="end">{e.ordinal}</td><td><VisibleText text={e.name ?? '(by ordinal only)'} /></td><td className="end">{hex(e.rva)}</td><td>{e.forwarder === null ? (e.name !== null && CALLED_BY_IIS.has(e.name) ? 'called by IIS' : '') : <>forwards to <VisibleText text={e.forwarder} /></>}</td></tr>)}</tbody>
      </table>
    </div>
  );
}

function Clr({ clr }: { readonly clr: NonNullable<Pe['clr']> }): ReactNode {
  return (
    <div className="pad column">
      <Fields label="Assembly" fields={[
        { name: 'assembly', value: clr.assembly }, { name: 'version', value: clr.version }, { name: 'runtime', value: clr.runtime }, { name: 'MVID', value: clr.mvid },
        { name: 'public key token', value: clr.publicKeyToken ?? 'none' }, { name: 'native code too', value: clr.mixedMode ? 'yes (mixed mode)' : 'no' },
        { name: 'events', value: clr.events.length === 0 ? 'none' : clr.events.join(', ') }, { name: 'runs at start', value: clr.preApplicationStart.length === 0 ? 'nothing' : <Lines texts={clr.preApplicationStart} /> },
      ]} />
      <h3>Types that ASP.NET calls</h3>
      <Fields fields={clr.httpTypes.map((t) => ({ name: t.type, value: t.implements.join(', ') }))} />
      <h3>References</h3>
      <ul className="mono">{clr.references.map((r) => <li key={r}><VisibleText text={r} /></li>)}</ul>
    </div>
  );
}
