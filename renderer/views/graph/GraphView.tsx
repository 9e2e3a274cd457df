import './graph.css';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { GraphCanvas, type CanvasHandle, type View } from '../../canvas/index.ts';
import { useActions } from '../../commands/actions.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { addNote } from '../../commands/note-actions.ts';
import { GRAPH_SETUP, nextStep, stepBack } from '../../state/graph-setup.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import { useTally } from '../../state/rows.ts';
import { Button, EmptyState, FailureLine, Split } from '../../ui/index.ts';
import { CopySlider } from './CopySlider.tsx';
import { drawnHits, FindBox } from './FindBox.tsx';
import { GraphBar } from './GraphBar.tsx';
import { GraphTwin } from './GraphTwin.tsx';
import { Legend } from './Legend.tsx';
import { NodeDetail } from './NodeDetail.tsx';
import { QuestionBar } from './QuestionBar.tsx';
import { copyTable, saveGraph } from './save-graph.ts';
import { inputOf, useGraph, type Node } from './use-graph.ts';
import { usePlaces } from './use-places.ts';

const DRAWN_AT_MOST = 150;

/** Server, sites, applications, registrations, components, files, entry points and imports as layers: what leads to what, and why. */
export function GraphView(): ReactNode {
  const wb = useWorkbench();
  const setup = useApp((s) => s.graph);
  const focusedId = useApp((s) => s.focused['graph']);
  const params = useApp((s) => s.route.params);
  const { set, setFocused, navigate, toast } = wb.store.getState();
  const [drawAll, setDrawAll] = useState(false);
  const [find, setFind] = useState('');
  const [pulse, setPulse] = useState<string | null>(null);
  const findBox = useRef<HTMLInputElement>(null);
  const canvas = useRef<CanvasHandle>(null);
  const place = useRef<HTMLDivElement>(null);
  const { places, pinned, put, free } = usePlaces();
  const { answer, graph, drawn } = useGraph(setup, places);
  const nodes = useMemo((): readonly Node[] => drawn?.nodes ?? [], [drawn]);
  const edges = drawn?.edges ?? [];
  const focused = nodes.find((n) => n.id === focusedId) ?? firstOf(nodes);
  useTally(nodes.length, graph?.nodes.length ?? 0, 'nodes');

  const focusNode = useCallback((id: string): void => setFocused('graph', id), [setFocused]);
  const toGraph = (): void => (setup.twin ? place.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus() : canvas.current?.focus());
  const took = useRef(false);
  const followed = useRef<unknown>(null);
  useEffect(() => {
    if (drawn === null) return;
    const wanted = params['component'];
    if (wanted !== undefined && followed.current !== params) {
      const own = drawn.nodes.filter((n) => n.component === wanted);
      const node = own.find((n) => n.kind === 'component') ?? own[0];
      // A component that is folded away is shown by the facts that lead to it.
      if (node !== undefined) focusNode(node.id);
      else set({ graph: nextStep(wb.store.getState().graph, { question: { kind: 'reach', node: wanted, direction: 'backward' } }) });
      followed.current = params;
    }
    if (took.current || drawn.nodes.length === 0) return;
    took.current = true;
    // Somebody may have begun to type into Find before the graph was there.
    if (document.activeElement !== findBox.current) requestAnimationFrame(() => (document.activeElement === findBox.current ? undefined : canvas.current?.focus()));
  }, [params, drawn, focusNode, set, wb]);

  const fit = drawn?.of ?? '';
  const keepView = useCallback((view: View) => set({ graphViewport: { ...view, of: fit } }), [set, fit]);

  const viewBefore = (): View | null => {
    const { graphViewport } = wb.store.getState();
    return graphViewport?.of === fit ? graphViewport : null;
  };

  const askPath = (from: string, to: string): void => {
    set({ graph: { ...nextStep(setup, { question: { kind: 'path', from, to } }), asking: true } });
    focusNode(to);
  };
  const back = (): void => {
    if (setup.asking && setup.question === null) set({ graph: { ...setup, asking: false } });
    else if (setup.earlier.length > 0) set({ graph: stepBack(setup) });
    else toast('Nothing was drawn before this.');
    toGraph();
  };
  const showPath = (): void => {
    if (setup.question?.kind === 'path') return back();
    const server = graph?.nodes.find((n) => n.kind === 'server' || n.id.startsWith('server:'));
    if (focused === undefined) return;
    const from = server?.id ?? serverOf(graph?.servers ?? [], setup.server);
    if (from === null || from === focused.id || focused.kind === 'group') set({ graph: { ...setup, asking: true } });
    else askPath(from, focused.id);
  };
  const follow = (direction: 'forward' | 'backward'): void => {
    if (focused === undefined) return;
    if (focused.kind === 'group') return void toast('A group stands for several nodes: expand it and follow one of them.');
    set({ graph: { ...nextStep(setup, { question: { kind: 'reach', node: focused.id, direction } }), asking: false } });
  };
  const expand = (): void => {
    if (focused === undefined) return;
    if (focused.kind !== 'group' && focused.expands === undefined) return void toast('Only a folded group, or a file for what it imports, can be expanded.');
    set({ graph: nextStep(setup, { expand: [...setup.expand.filter((id) => id !== focused.id), focused.id] }) });
  };
  const collapse = (): void => {
    if (setup.expand.length === 0) return void toast('Nothing is expanded.');
    const own = focused === undefined ? undefined : setup.expand.findLast((id) => id === focused.id);
    set({ graph: nextStep(setup, { expand: own === undefined ? setup.expand.slice(0, -1) : setup.expand.filter((id) => id !== own) }) });
  };
  const pin = (): void => {
    const node = focused === undefined ? undefined : drawn?.layout.nodes.get(focused.id);
    if (focused === undefined || drawn === null || node === undefined) return;
    if (pinned.has(focused.id)) free([focused.id]);
    else put({ id: focused.id, dx: 0, y: node.y - drawn.layout.height / 2 });
    wb.store.getState().announce(pinned.has(focused.id) ? 'Free again.' : 'Pinned at its place.');
  };
  const goToHit = (step: number): void => {
    const hits = drawnHits(nodes, find);
    const at = hits.findIndex((n) => n.id === focused?.id);
    const hit = hits[(at + step + hits.length) % Math.max(1, hits.length)];
    if (hit === undefined) return void toast('Nothing is searched for: / finds nodes.');
    showHit(hit.id);
    toGraph();
  };
  const showHit = (id: string): void => {
    focusNode(id);
    setPulse(id);
  };
  const exportInput = { ...inputOf(setup), later: setup.asOf !== null && setup.later };
  const runs: Readonly<Record<string, () => void>> = {
    'graph.twin': () => set({ graph: { ...setup, twin: !setup.twin } }),
    'graph.path': showPath, 'graph.expand': expand, 'graph.collapse': collapse, 'graph.up': back,
    'graph.forward': () => follow('forward'),
    'graph.backward': () => follow('backward'),
    'graph.reset': () => {
      setFind('');
      set({ graph: { ...GRAPH_SETUP, server: setup.server, twin: setup.twin } });
      canvas.current?.fit();
    },
    'graph.find': () => findBox.current?.select(),
    'graph.nextHit': () => goToHit(1), 'graph.previousHit': () => goToHit(-1),
    'graph.pin': pin,
    'graph.free': () => free('all'),
    'graph.zoomIn': () => canvas.current?.zoom(1.2), 'graph.zoomOut': () => canvas.current?.zoom(1 / 1.2),
    'graph.export': () => void saveGraph(wb, exportInput),
    'graph.copyNodes': () => void copyTable(wb, exportInput, 'csv-nodes'), 'graph.copyEdges': () => void copyTable(wb, exportInput, 'csv-edges'),
    'graph.note': () => (focused === undefined ? undefined : void addNote(wb, { about: null, refs: focused.refs, event: null, finding: null, component: focused.component })),
    'row.source': () => {
      const ref = focused?.refs[0];
      if (ref === undefined) toast('This node has no place of its own; its edges have.');
      else openRef(wb, ref);
    },
  };
  useActions(runs);
  const open = (id: string): void => {
    const node = nodes.find((n) => n.id === id);
    if (node?.kind === 'group') expand();
    else if (node !== undefined && node.component !== null) navigate('components', { id: node.component });
  };
  const where = { ...(setup.server === null ? {} : { server: setup.server }), ...(setup.asOf === null ? {} : { asOf: setup.asOf }) };
  const tooMany = nodes.length > DRAWN_AT_MOST && !drawAll;
  const nothing = answer.loading || drawn === null || drawn.nodes.length !== nodes.length ? 'Loading...' : setup.question === null ? 'There is nothing to draw.' : 'No fact of the evidence answers this.';

  return (
    <div className="view">
      <GraphBar setup={setup} capped={graph?.capped === true} servers={graph?.servers ?? []} expandable={focused?.kind === 'group' || focused?.expands !== undefined} onSetup={(part) => set({ graph: { ...setup, ...part } })}>
        <FindBox text={find} nodes={nodes} where={where} input={findBox} onLeave={toGraph} onDrawn={showHit} onFolded={(id) => askPath(serverOf(graph?.servers ?? [], setup.server) ?? id, id)} onText={(text) => {
          setFind(text);
          const hit = drawnHits(nodes, text)[0];
          if (hit !== undefined) showHit(hit.id);
        }} />
      </GraphBar>
      {answer.failure === null ? null : <FailureLine message={answer.failure.message} />}
      {graph === null || graph.copies.length === 0 ? null : graph.servers.length > 1 && setup.server === null
        ? <p className="pad quiet">Each server has its own configuration copies: choose a server to go back in time.</p>
        : <CopySlider copies={graph.copies} asOf={setup.asOf} nodes={graph.nodes} showLater={setup.later} onShowLater={(later) => set({ graph: { ...setup, later } })} onChange={(asOf) => set({ graph: { ...setup, asOf } })} />}
      {setup.question === null && !setup.asking ? null : (
        <QuestionBar question={setup.question} answer={answer.value} where={where} from={serverOf(graph?.servers ?? [], setup.server)} to={null} onPath={askPath} onLeave={toGraph} onClose={back} />
      )}
      <div className="view-rest" ref={place}>
        <Split id="graph" parts={[
          { id: 'drawing', size: 78, content: drawn === null || nodes.length === 0 ? <div className="pad"><EmptyState title={nothing} /></div>
            : setup.twin ? <GraphTwin nodes={nodes} edges={edges} focused={focused?.id ?? null} onFocus={focusNode} />
            : tooMany ? <div className="pad"><EmptyState title={`${nodes.length} nodes are more than can be read at once.`}><Button onClick={() => setDrawAll(true)}>Draw them all</Button><Button onClick={runs['graph.twin']}>Show the table (T)</Button></EmptyState></div>
            : <div className="graph-box"><GraphCanvas
              nodes={nodes} edges={edges} layout={drawn.layout} focused={focused?.id ?? null} pinned={pinned} pulse={pulse} fit={fit} before={viewBefore} onView={keepView} handle={canvas}
              onFocus={focusNode} onOpen={open} onMove={(id, byColumns, y) => put({ id, dx: (places.find((p) => p.id === id)?.dx ?? 0) + byColumns, y })}
            /><Legend /></div> },
          { id: 'detail', size: 22, content: <NodeDetail node={focused} nodes={nodes} edges={edges} /> },
        ]} />
      </div>
    </div>
  );
}

/** Where the eye goes first: the worst component, else whatever is worst. */
function firstOf(nodes: readonly Node[]): Node | undefined {
  return nodes.find((n) => n.severity === 'high' && n.kind === 'component') ?? nodes.find((n) => n.severity === 'high') ?? nodes[0];
}

/** Id of the node of the server that is drawn, or of the first one. */
function serverOf(servers: readonly { readonly id: string }[], chosen: string | null): string | null {
  const server = servers.find((s) => chosen === null || s.id === chosen);
  return server === undefined ? null : `server:${server.id}`;
}
