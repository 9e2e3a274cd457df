import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { GraphCanvas, reach } from '../../canvas/index.ts';
import { useActions } from '../../commands/actions.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { refused } from '../../commands/case-actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { addNote } from '../../commands/note-actions.ts';
import { useApp, useRequest, useWorkbench } from '../../state/react.ts';
import { useTally } from '../../state/rows.ts';
import { Button, EmptyState, FailureLine, Split, ViewHead } from '../../ui/index.ts';
import { CopySlider } from './CopySlider.tsx';
import { GraphTwin } from './GraphTwin.tsx';
import { Legend } from './Legend.tsx';
import { NodeDetail } from './NodeDetail.tsx';

const DRAWN_AT_MOST = 150;
const NO_PATH: ReadonlySet<string> = new Set();

/** Server, sites, applications, registrations, components, files and entry points as layers: what leads to what, and why. */
export function GraphView(): ReactNode {
  const wb = useWorkbench();
  const settings = useApp((s) => s.graph);
  const focusedId = useApp((s) => s.focused['graph']);
  const params = useApp((s) => s.route.params);
  const { set, setFocused, navigate, toast } = wb.store.getState();
  const [path, setPath] = useState<ReadonlySet<string>>(NO_PATH);
  const [only, setOnly] = useState<ReadonlySet<string> | null>(null);
  const [resets, setResets] = useState(0);
  const [drawAll, setDrawAll] = useState(false);
  const [find, setFind] = useState('');
  const findBox = useRef<HTMLInputElement>(null);
  const answer = useRequest('graph.view', { all: settings.all, expand: [...settings.expand], ...(settings.asOf === null ? {} : { asOf: settings.asOf, later: true }) });
  const graph = answer.value;

  const [showLater, setShowLater] = useState(false);
  const nodes = useMemo(() => (graph?.nodes ?? []).filter((n) => (only === null || only.has(n.id)) && (showLater || n.arrival !== 'later')), [graph, only, showLater]);
  const edges = useMemo(() => {
    const there = new Set(nodes.map((n) => n.id));
    return (graph?.edges ?? []).filter((e) => there.has(e.from) && there.has(e.to));
  }, [graph, nodes]);
  const focused = nodes.find((n) => n.id === focusedId) ?? nodes.find((n) => n.severity === 'high' && n.kind === 'component') ?? nodes.find((n) => n.severity === 'high') ?? nodes[0];
  useTally(nodes.length, graph?.nodes.length ?? 0, 'nodes');

  const hasGraph = graph !== null;
  const place = useRef<HTMLDivElement>(null);
  const took = useRef(false);
  useEffect(() => {
    if (graph === null) return;
    const wanted = params['component'];
    const own = wanted === undefined ? [] : graph.nodes.filter((n) => n.component === wanted);
    const node = own.find((n) => n.kind === 'component') ?? own[0];
    if (node !== undefined) setFocused('graph', node.id);
    if (took.current) return;
    took.current = true;
    // Somebody may have begun to type into Find before the graph was there.
    if (document.activeElement === findBox.current) return;
    const item = node === undefined ? '[tabindex="0"]' : `[data-node="${CSS.escape(node.id)}"]`;
    place.current?.querySelector<HTMLElement>(`[role="treeitem"]${item}`)?.focus({ preventScroll: true });
  }, [params, graph, setFocused]);

  const showPath = async (): Promise<void> => {
    if (path.size > 0) return setPath(NO_PATH);
    const server = graph?.nodes.find((n) => n.kind === 'server');
    if (focused === undefined || server === undefined) return;
    const result = await wb.client.request('graph.path', { from: server.id, to: focused.id });
    if (!result.ok) return void refused(wb, result.failure);
    if (result.value.nodes.length === 0) return void toast('No chain of facts leads from the server to this node.');
    setPath(new Set(result.value.nodes.map((n) => n.id)));
    wb.store.getState().announce(`Path: ${result.value.nodes.map((n) => n.label).join(', then ')}`);
  };
  const reset = (): void => {
    setPath(NO_PATH);
    setOnly(null);
    setFind('');
    set({ graph: { ...settings, all: false, expand: [], asOf: null } });
    setResets((n) => n + 1);
  };
  const follow = (direction: 'forward' | 'backward'): void => {
    if (focused !== undefined) setOnly(new Set(reach(graph?.edges ?? [], focused.id, direction)));
  };
  const expand = (): void => {
    if (focused === undefined) return;
    if (focused.count <= 1) return void toast('Only a folded group can be expanded.');
    set({ graph: { ...settings, expand: [...new Set([...settings.expand, focused.id])].slice(-200) } });
  };
  useActions({
    'graph.twin': () => set({ graph: { ...settings, twin: !settings.twin } }),
    'graph.path': () => void showPath(),
    'graph.expand': expand,
    'graph.collapse': () => set({ graph: { ...settings, expand: settings.expand.slice(0, -1) } }),
    'graph.forward': () => follow('forward'),
    'graph.backward': () => follow('backward'),
    'graph.reset': reset,
    'graph.find': () => findBox.current?.focus(),
    'row.source': () => {
      const ref = focused?.refs[0];
      if (ref === undefined) toast('This node has no place of its own; its edges have.');
      else openRef(wb, ref);
    },
    'row.note': () => (focused === undefined ? undefined : void addNote(wb, { about: null, refs: focused.refs, event: null, finding: null, component: focused.component })),
  });
  const onFind = (text: string): void => {
    setFind(text);
    const hit = text === '' ? undefined : nodes.find((n) => `${n.label} ${n.detail}`.toLowerCase().includes(text.toLowerCase()));
    if (hit !== undefined) setFocused('graph', hit.id);
  };
  const hits = find === '' ? 0 : nodes.filter((n) => `${n.label} ${n.detail}`.toLowerCase().includes(find.toLowerCase())).length;
  const tooMany = nodes.length > DRAWN_AT_MOST && !drawAll;

  return (
    <div className="view">
      <ViewHead title="Graph">
        <Button aria-pressed={settings.twin} onClick={() => void runCommand(wb, 'graph.twin')}>Table (T)</Button>
        <Button aria-pressed={path.size > 0} onClick={() => void showPath()}>Path (p)</Button>
        <Button onClick={expand} disabled={focused === undefined || focused.count <= 1}>Expand (e)</Button>
        <Button onClick={reset}>Reset (r)</Button>
        <label className="inline"><input type="checkbox" checked={settings.all} onChange={(e) => set({ graph: { ...settings, all: e.target.checked } })} /> stock components too</label>
        <label className="inline">Find <input ref={findBox} className="input" value={find} onChange={(e) => onFind(e.target.value)} onKeyDown={(e) => (e.key === 'Escape' || e.key === 'Enter' ? place.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus() : undefined)} /></label>
        {find === '' ? null : <span className="dim" role="status">{hits} found</span>}
        {only === null ? null : <Button tone="quiet" onClick={() => setOnly(null)}>Show the rest again</Button>}
        {graph?.capped === true ? <span className="warn">Not everything is drawn: the graph was cut at its limit.</span> : null}
      </ViewHead>
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      {graph === null || graph.copies.length === 0 ? null : <CopySlider copies={graph.copies} asOf={settings.asOf} nodes={graph.nodes} showLater={showLater} onShowLater={setShowLater} onChange={(asOf) => set({ graph: { ...settings, asOf } })} />}
      <div className="view-rest" ref={place}>
        <Split id="graph" parts={[
          { id: 'drawing', size: 78, content: nodes.length === 0 ? <div className="pad"><EmptyState title={answer.loading ? 'Loading...' : 'There is nothing to draw.'} /></div>
            : settings.twin ? <GraphTwin nodes={nodes} edges={edges} focused={focused?.id ?? null} onFocus={(id) => setFocused('graph', id)} />
            : tooMany ? <div className="pad"><EmptyState title={`${nodes.length} nodes are more than can be read at once.`}><Button onClick={() => setDrawAll(true)}>Draw them all</Button><Button onClick={() => void runCommand(wb, 'graph.twin')}>Show the table (T)</Button></EmptyState></div>
            : <div className="graph-box"><GraphCanvas nodes={nodes} edges={edges} focused={focused?.id ?? null} path={path} fit={`${resets} ${hasGraph} ${settings.twin} ${settings.all}`} onFocus={(id) => setFocused('graph', id)} onOpen={(id) => {
              const node = nodes.find((n) => n.id === id);
              if (node !== undefined && node.count > 1) expand();
              else if (node?.component !== null && node !== undefined) navigate('components', { id: node.component });
            }} /><Legend /></div> },
          { id: 'detail', size: 22, content: <NodeDetail node={focused} nodes={nodes} edges={edges} /> },
        ]} />
      </div>
    </div>
  );
}
