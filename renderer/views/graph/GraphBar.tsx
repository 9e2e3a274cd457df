import type { ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import { runCommand } from '../../commands/dispatch.ts';
import type { GraphSetup } from '../../state/graph-setup.ts';
import { useWorkbench } from '../../state/react.ts';
import { Button, ViewHead } from '../../ui/index.ts';

interface BarProps {
  readonly setup: GraphSetup;
  readonly capped: boolean;
  readonly servers: readonly { readonly id: string; readonly name: string | null }[];
  readonly expandable: boolean;
  readonly onSetup: (part: Partial<GraphSetup>) => void;
  readonly children: ReactNode;
}

/** What can be asked of the graph, and what it is a graph of. */
export function GraphBar({ setup, capped, servers, expandable, onSetup, children }: BarProps): ReactNode {
  const wb = useWorkbench();
  const run = (id: string) => (): void => void runCommand(wb, id);
  const { question } = setup;
  return (
    <ViewHead title="Graph">
      {servers.length < 2 ? null : (
        <label className="inline">Server <select className="input" value={setup.server ?? ''} onChange={(e) => onSetup({ server: e.target.value === '' ? null : e.target.value, asOf: null, question: null, earlier: [], expand: [] })}>
          <option value="">all {servers.length}</option>
          {servers.map((s) => <option key={s.id} value={s.id}>{visible(s.name ?? s.id)}</option>)}
        </select></label>
      )}
      <Button aria-pressed={setup.twin} onClick={run('graph.twin')}>Table (T)</Button>
      <Button aria-pressed={question?.kind === 'path' || setup.asking} onClick={run('graph.path')}>Path (p)</Button>
      <Button aria-pressed={question?.kind === 'reach' && question.direction === 'forward'} onClick={run('graph.forward')}>Forward (f)</Button>
      <Button aria-pressed={question?.kind === 'reach' && question.direction === 'backward'} onClick={run('graph.backward')}>Back (b)</Button>
      <Button onClick={run('graph.expand')} disabled={!expandable}>Expand (e)</Button>
      <Button onClick={run('graph.collapse')} disabled={setup.expand.length === 0}>Collapse (c)</Button>
      <Button onClick={run('graph.reset')}>Reset (r)</Button>
      <Button onClick={run('graph.export')}>Save (S)</Button>
      <label className="inline"><input type="checkbox" checked={setup.all} onChange={(e) => onSetup({ all: e.target.checked })} /> stock components too</label>
      {children}
      {capped ? <span className="warn">Folded: not everything fits at once. Expand a group (e), find a name (/) or ask (p, f, b).</span> : null}
    </ViewHead>
  );
}
