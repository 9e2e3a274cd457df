import { useState, type ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { DataGrid, EmptyState, FailureLine, listSource, ROW_HEIGHT, VisibleText, type Column } from '../../ui/index.ts';

type List = Output<'list.list'>['lists'][number];
type Findings = Output<'finding.list'>['findings'];

interface Row {
  readonly key: string;
  /** Line, rule or severity. */
  readonly mark: string;
  readonly what: string;
  readonly where: string;
  readonly open: () => void;
}

/** Every place that a list met, and what could not be read of it. Enter opens the place. */
export function ListHits({ list }: { readonly list: List }): ReactNode {
  const wb = useWorkbench();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const [at, setAt] = useState(0);
  const answer = useRequest('list.hits', { id: list.id });
  const findings = useRequest('finding.list', list.kind === 'indicators' ? null : {}).value?.findings ?? [];
  const toFinding = (id: string) => (): void => wb.store.getState().navigate('findings', { id });
  const rows: readonly Row[] = [
    ...(answer.value?.hits ?? []).map((hit, i): Row => {
      const [ref] = hit.refs;
      return { key: `hit ${i}`, mark: `line ${hit.line}`, what: hit.value, where: hit.where, open: () => ref !== undefined && openRef(wb, ref) };
    }),
    ...fromFindings(list, findings, toFinding),
    ...(answer.value?.matches ?? []).filter((m) => m.problem !== null).map((m): Row => ({ key: `unread ${m.sha256}`, mark: 'not searched', what: m.sha256, where: m.problem ?? '', open: () => undefined })),
    ...list.problems.map((problem, i): Row => ({ key: `problem ${i}`, mark: 'unread', what: '', where: problem, open: () => undefined })),
  ];
  const columns: readonly Column<Row>[] = [
    { id: 'mark', title: 'Line', width: '100px', render: (r) => r.mark },
    { id: 'what', title: 'Value', width: 'minmax(140px, 1fr)', mono: true, render: (r) => <VisibleText text={r.what} /> },
    { id: 'where', title: 'Where', width: 'minmax(240px, 2fr)', render: (r) => <VisibleText text={r.where} /> },
  ];
  return (
    <div className="stack">
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      <DataGrid
        label={`Hits of ${list.name}`} columns={columns} source={listSource(rows)} rowKey={(r) => r.key} rowHeight={rowHeight} focused={rows.length === 0 ? -1 : Math.min(at, rows.length - 1)} onFocus={(i) => setAt(i)}
        onOpen={(r) => r.open()} empty={<EmptyState title={answer.loading || !list.applied ? 'Being applied...' : 'Nothing of this list is met by the evidence.'} />}
      />
    </div>
  );
}

/** Findings that a known-good list lowered or made, and those of YARA rules. */
function fromFindings(list: List, findings: Findings, open: (id: string) => () => void): Row[] {
  const own = findings.filter((f) => f.lowered?.list === list.id || (list.kind !== 'indicators' && f.list === list.id));
  return own.map((f) => ({ key: f.id, mark: f.lowered === undefined ? f.severity : `${f.lowered.from}, now info`, what: f.refs[0]?.path ?? f.refs[0]?.evidencePath ?? '', where: f.title, open: open(f.id) }));
}
