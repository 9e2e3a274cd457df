import type { ReactNode } from 'react';
import { EDGE_WORDS, stateWords } from '../../canvas/index.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { useWorkbench } from '../../state/react.ts';
import { Button, DetailPane, Fields, SeverityWord, SourceList, VisibleText } from '../../ui/index.ts';
import type { Edge, Node } from './use-graph.ts';


export function NodeDetail({ node, nodes, edges }: { readonly node: Node | undefined; readonly nodes: readonly Node[]; readonly edges: readonly Edge[] }): ReactNode {
  const wb = useWorkbench();
  if (node === undefined) return <DetailPane label="Node"><p className="dim">No node has the focus.</p></DetailPane>;
  const labelOf = (id: string): string => nodes.find((n) => n.id === id)?.label ?? id;
  const facts = (list: readonly Edge[], other: (e: Edge) => string, arrow: string): ReactNode => (
    <ul className="edge-list">
      {list.slice(0, 60).map((edge) => (
        <li key={edge.id}>
          <span>{arrow} <strong><VisibleText text={labelOf(other(edge))} /></strong>: <VisibleText text={edge.reason} />{edge.style === 'solid' ? '' : ` (${EDGE_WORDS[edge.style]})`}</span>
          <SourceList label={`Sources of ${edge.reason}`} refs={edge.refs} onOpen={(ref) => openRef(wb, ref)} />
        </li>
      ))}
      {list.length > 60 ? <li className="quiet">and {list.length - 60} more: see the table (T)</li> : null}
    </ul>
  );
  const into = edges.filter((e) => e.to === node.id);
  const out = edges.filter((e) => e.from === node.id);
  return (
    <DetailPane label="Node" title={<VisibleText text={node.label} />} actions={node.component === null ? undefined : <Button onClick={() => wb.store.getState().navigate('components', { id: node.component ?? '' })}>Open the component (Enter)</Button>}>
      <Fields fields={[
        { name: 'kind', value: node.kind }, { name: 'detail', value: node.detail },
        { name: 'findings', value: node.severity === null ? 'none' : <SeverityWord severity={node.severity} /> },
        { name: 'in the evidence', value: node.absent ? 'no: named by the configuration only' : 'yes' }, { name: 'at this moment', value: stateWords({ ...node, absent: false, count: 1 }) || 'there, and in force now' },
        ...(node.count > 1 ? [{ name: 'stands for', value: `${node.count} nodes` }] : []),
      ]} />
      {node.refs.length === 0 ? null : <div><h3>Sources</h3><SourceList label="Sources of the node" refs={node.refs} onOpen={(ref) => openRef(wb, ref)} /></div>}
      {into.length === 0 ? null : <div><h3>Leads here</h3>{facts(into, (e) => e.from, 'from')}</div>}
      {out.length === 0 ? null : <div><h3>Leads to</h3>{facts(out, (e) => e.to, 'to')}</div>}
    </DetailPane>
  );
}
