import type { ReactNode } from 'react';
import { DetailPane, Fields, OntologyChain, VisibleText } from '../../ui/index.ts';
import type { Entry, Knowledge } from './entries.ts';

/** What is known of one entry, with the documents that it rests on; these are text, never links. */
export function EntryDetail({ entry }: { readonly entry: Entry | undefined }): ReactNode {
  if (entry === undefined) return <DetailPane label="Entry"><p className="dim">No entry has the focus.</p></DetailPane>;
  return (
    <DetailPane label="Entry" title={<VisibleText text={entry.title} />}>
      <p className="wrap">{entry.words}</p>
      <Rest entry={entry} />
    </DetailPane>
  );
}

function Rest({ entry }: { readonly entry: Entry }): ReactNode {
  if (entry.about === 'Kind') {
    const { installed, can, hunted, honest, references } = entry.kind;
    return <><Sentences title="How it gets in" lines={installed} /><Sentences title="What it can do" lines={can} /><Sentences title="How it is hunted" lines={hunted} /><Sentences title="What honest ones look like" lines={honest} /><References title="References" list={references} /></>;
  }
  if (entry.about === 'Technique') {
    const { technique } = entry;
    return (
      <>
        <Fields fields={[{ name: 'tactic', value: technique.tactic }, { name: 'version', value: technique.version }]} />
        <Items title="Mitigations" items={technique.mitigations} /><Items title="Detection strategy" items={technique.detection} /><Items title="Published procedures" items={technique.procedures} />
        <References title="What the technique cites" list={technique.cites} />
      </>
    );
  }
  if (entry.about === 'Countermeasures') {
    const { chain, related, artifacts } = entry.d3fend;
    return <><div><h3>Class chain</h3><OntologyChain steps={chain} /></div><Items title="Countermeasures" items={related} /><Items title="Artifacts" items={artifacts} /></>;
  }
  if (entry.about === 'Family') return <FamilyDetail family={entry.family} />;
  return <RuleDetail rule={entry.rule} />;
}

function FamilyDetail({ family }: { readonly family: Knowledge['families'][number] }): ReactNode {
  return (
    <>
      <Fields fields={[{ name: 'years', value: family.years }, { name: 'kinds', value: family.kinds.join(', ') }, { name: 'trigger', value: <span className="wrap">{family.trigger}</span> }, { name: 'in logs', value: <span className="wrap">{family.inLogs}</span> }]} />
      <div>
        <h3>Published traits</h3>
        <p className="quiet">A weak trait counts only beside others; no trait alone names a family.</p>
        <table className="table">
          <thead><tr><th>where</th><th>trait</th><th>weight</th><th>what it is, and its source</th></tr></thead>
          <tbody>{family.traits.map((t) => <tr key={t.id}><td>{t.where}</td><td className="mono"><VisibleText text={t.value} /></td><td>{t.weight}</td><td>{t.what} <span className="quiet">({t.source})</span></td></tr>)}</tbody>
        </table>
      </div>
      <References title="References" list={family.references} />
    </>
  );
}

function RuleDetail({ rule }: { readonly rule: Knowledge['rules'][number] }): ReactNode {
  return (
    <>
      <Fields fields={[
        { name: 'looks for', value: <span className="wrap">{rule.condition}</span> }, { name: 'means', value: <span className="wrap">{rule.meaning}</span> },
        { name: 'rarity', value: <span className="wrap">{rule.rarity}</span> }, { name: 'relevance', value: <span className="wrap">{rule.relevance}</span> }, { name: 'severity', value: <span className="wrap">{rule.severityHow}</span> },
        { name: 'ATT&CK', value: rule.attack.join(', ') }, { name: 'D3FEND', value: rule.d3fend.join(', ') }, { name: 'version', value: String(rule.version) },
      ]} />
      <Sentences title="What supports it" lines={rule.supportedBy} /><Sentences title="What would refute it" lines={rule.refutedBy} /><Sentences title="What is innocent and looks alike" lines={rule.falsePositives} />
      <Sentences title="References" lines={[...new Set([rule.reference, ...rule.references])]} />
    </>
  );
}

function Sentences({ title, lines }: { readonly title: string; readonly lines: readonly string[] }): ReactNode {
  return lines.length === 0 ? null : <div><h3>{title}</h3><ul className="sentences">{lines.map((line) => <li key={line} className="wrap">{line}</li>)}</ul></div>;
}

function Items({ title, items }: { readonly title: string; readonly items: Knowledge['technique']['mitigations'] }): ReactNode {
  return <div><h3>{title}</h3><ul className="sentences">{items.map((item) => <li key={item.id} className="wrap"><span className="mono">{item.id}</span> {item.name}: {item.words}</li>)}</ul></div>;
}

function References({ title, list }: { readonly title: string; readonly list: Knowledge['technique']['cites'] }): ReactNode {
  return list.length === 0 ? null : <div><h3>{title}</h3><ul className="sentences">{list.map((r) => <li key={`${r.title}${r.by}`} className="wrap">{r.by}{r.year === '' ? '' : `, ${r.year}`}: {r.title}. <span className="quiet">{r.where}</span></li>)}</ul></div>;
}
