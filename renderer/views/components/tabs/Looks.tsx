import { useMemo, type ReactNode } from 'react';
import type { Output } from '../../../../shared/contract/index.ts';
import { useRequest, useWorkbench } from '../../../state/react.ts';
import { FailureLine, VisibleText, type Column } from '../../../ui/index.ts';
import { FactGrid } from '../FactGrid.tsx';

type Look = Output<'finding.explain'>['looks'][number];

const WORDS: Readonly<Record<Look['outcome'], string>> = { found: 'speaks', 'not-found': 'looked, nothing odd', 'not-evaluable': 'cannot tell', 'not-applicable': 'does not look at such' };
const RANK: readonly Look['outcome'][] = ['found', 'not-evaluable', 'not-found', 'not-applicable'];

/** Which rules looked at the component and what they saw: why it is flagged, and why not. */
export function Looks({ component }: { readonly component: string }): ReactNode {
  const { store } = useWorkbench();
  const answer = useRequest('finding.explain', { component });
  const rows = useMemo(() => (answer.value?.looks ?? []).toSorted((a, b) => RANK.indexOf(a.outcome) - RANK.indexOf(b.outcome)), [answer.value]);
  const titles = useMemo(() => new Map((answer.value?.rules ?? []).map((r) => [r.rule, r.title])), [answer.value]);
  const findings = useMemo(() => new Map((answer.value?.findings ?? []).map((f) => [f.rule as string, f])), [answer.value]);
  if (answer.failure !== null) return <div className="pad"><FailureLine message={answer.failure.message} /></div>;
  const columns: readonly Column<Look>[] = [
    { id: 'outcome', title: 'Outcome', width: '132px', render: (l) => <span className={l.outcome === 'found' ? 'warn' : 'dim'}>{WORDS[l.outcome]}</span> },
    { id: 'rule', title: 'Rule', width: 'minmax(150px, 1fr)', render: (l) => <><span className="line mono">{l.rule}</span><span className="line quiet">{titles.get(l.rule) ?? ''}</span></> },
    { id: 'saw', title: 'What it saw', width: 'minmax(240px, 3fr)', render: (l) => <VisibleText text={l.saw.join(' ')} /> },
  ];
  return (
    <FactGrid
      label="Rules that looked" columns={columns} rows={rows} rowKey={(l) => l.rule} twoLines
      onOpen={(l) => {
        const finding = findings.get(l.rule);
        if (finding === undefined) store.getState().navigate('knowledge', { id: `rule ${l.rule}` });
        else store.getState().navigate('findings', { id: finding.id });
      }}
      empty={answer.loading ? 'Loading...' : 'No rule has looked at it, or the case was read by an earlier version: read the evidence again.'}
    />
  );
}
