import type { ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { useTimeText, useWorkbench } from '../../state/react.ts';
import { Button, DetailPane, Fields, momentSentence, OntologyChain, SeverityWord, SourceList, VisibleText } from '../../ui/index.ts';

type List = Output<'finding.list'>;

export interface FindingDetailProps {
  readonly finding: List['findings'][number] | undefined;
  readonly decision: List['decisions'][number] | undefined;
  readonly rule: List['rules'][number] | undefined;
  readonly chain: List['d3fend'];
  readonly component: string | null;
}

/** Everything about one finding: what supports it, what would refute it, where that stands, what the rule looks for. */
export function FindingDetail({ finding, decision, rule, chain, component }: FindingDetailProps): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  if (finding === undefined) return <DetailPane label="Finding"><p className="dim">No finding has the focus.</p></DetailPane>;
  const run = (id: string) => () => void runCommand(wb, id);
  return (
    <DetailPane
      label="Finding" title={<VisibleText text={finding.title} />}
      actions={<>
        <Button tone="primary" onClick={run('row.source')}>Source (Enter)</Button>
        <Button onClick={run('finding.accept')}>Accept into notes (a)</Button>
        <Button onClick={run('finding.ignore')}>Ignore with a reason (i)</Button>
        <Button onClick={run('row.graph')} disabled={finding.component === null}>Show in graph (p)</Button>
        <Button onClick={run('row.timeline')}>Timeline (t)</Button>
        {decision !== undefined && decision.decision !== 'open' ? <Button onClick={run('finding.reopen')}>Open again (u)</Button> : null}
      </>}
    >
      {decision === undefined || decision.decision === 'open' ? null : (
        <p className="decision">{decision.decision === 'accepted' ? 'Accepted into notes' : 'Ignored'} by <VisibleText text={decision.author} />, {time(decision.time)}{decision.reason === '' ? '' : ': '}<VisibleText text={decision.reason} /></p>
      )}
      <Fields fields={[
        { name: 'severity', value: <SeverityWord severity={finding.severity} /> }, { name: 'rule', value: finding.rule },
        { name: 'since when', value: momentSentence(finding.first, time) },
        ...(component === null ? [] : [{ name: 'component', value: <button type="button" className="source-link" onClick={() => wb.store.getState().navigate('components', { id: finding.component ?? '' })}><VisibleText text={component} /></button> }]),
      ]} />
      <div><h3>Evidence</h3><SourceList label="Evidence" refs={finding.refs} onOpen={(ref) => openRef(wb, ref)} /></div>
      <div><h3>What supports it</h3><ul className="sentences">{finding.supports.map((s) => <li key={s} className="wrap"><span className="add" aria-hidden="true">+ </span><VisibleText text={s} /></li>)}</ul></div>
      <div><h3>What would refute it</h3><ul className="sentences">{finding.refutes.map((s) => <li key={s} className="wrap"><span className="remove" aria-hidden="true">? </span><VisibleText text={s} /></li>)}</ul></div>
      {rule === undefined ? null : (
        <div>
          <h3>The rule</h3>
          <Fields fields={[
            { name: 'looks for', value: <span className="wrap">{rule.condition}</span> }, ...(rule.meaning === '' ? [] : [{ name: 'means', value: <span className="wrap">{rule.meaning}</span> }]),
            ...(rule.rarity === '' ? [] : [{ name: 'rarity', value: <span className="wrap">{rule.rarity}</span> }]), ...(rule.relevance === '' ? [] : [{ name: 'relevance', value: <span className="wrap">{rule.relevance}</span> }]),
            { name: 'severity', value: <span className="wrap">{rule.severityHow}</span> }, { name: 'references', value: <span className="wrap">{[...new Set([rule.reference, ...rule.references])].join('; ')}</span> },
            { name: 'version', value: String(rule.version) },
          ]} />
          {rule.falsePositives.length === 0 ? null : <><h3>What is innocent and looks alike</h3><ul className="sentences">{rule.falsePositives.map((words) => <li key={words} className="wrap">{words}</li>)}</ul></>}
        </div>
      )}
      <div>
        <h3>ATT&amp;CK and D3FEND</h3>
        <p className="mono">{finding.attack.join(', ')}</p>
        <OntologyChain steps={chain} />
      </div>
    </DetailPane>
  );
}
