import { createRouter } from '../../../electron/ipc/router.ts';
import { createServices } from '../../../electron/services/index.ts';
import { layoutGraph } from '../../../shared/base/layered.ts';
import type { Input, Output, RequestName } from '../../../shared/contract/index.ts';

/** `layout NODES` times the layout alone; `view CASE` asks the services about a case, validation included. Prints one line of JSON. */
const [side = 'layout', first = ''] = process.argv.slice(2);

/** Nodes in seven columns and three edges for each, most of them between neighbouring columns; the same every time. */
function generated(count: number): { nodes: { id: string; layer: number }[]; edges: { from: string; to: string }[] } {
  let state = 12_345;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const nodes = Array.from({ length: count }, (_, i) => ({ id: `n${i}`, layer: i % 7 }));
  const edges = nodes.flatMap(({ id, layer }, i) => (layer === 6 ? [] : Array.from({ length: 3 }, () => {
    const to = Math.min(count - 1, i - layer + 7 * (random(5) - 2) + Math.min(6, layer + 1 + (random(4) === 0 ? 1 : 0)));
    return { from: id, to: `n${Math.max(0, to)}` };
  })));
  return { nodes, edges };
}

/** Milliseconds of the clock, or of the processor where that is less, because other work on the machine holds the clock back. */
function stopwatch(): () => number {
  const begun = performance.now();
  const used = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(used);
    return Math.min(performance.now() - begun, (user + system) / 1000);
  };
}

async function view(): Promise<unknown> {
  const none = new URL('file:///none');
  const services = createServices({ imageWorker: none, spoolWorker: none, yaraChild: none, emit: () => undefined });
  const router = createRouter(services.handlers, (name, error) => {
    throw error instanceof Error ? error : new Error(name);
  });
  const timed = async <N extends RequestName>(name: N, input: Input<N>): Promise<{ ms: number; value: Output<N> }> => {
    const elapsed = stopwatch();
    const result = await router.dispatch(name, input);
    if (!result.ok) throw new Error(`${name}: ${result.failure.message}`);
    return { ms: elapsed(), value: result.value as Output<N> };
  };
  const size = (value: unknown): number => JSON.stringify(value).length;
  try {
    const open = await timed('case.open', { path: first });
    const files = await timed('config.files', {});
    const cold = await timed('graph.view', {});
    const warm = await timed('graph.view', {});
    const find = await timed('graph.find', { text: 'app4', limit: 60 });
    const findAgain = await timed('graph.find', { text: 'app5', limit: 60 });
    const application = find.value.hits.find((n) => n.kind === 'application');
    const component = warm.value.nodes.find((n) => n.kind === 'component');
    const path = await timed('graph.view', { question: { kind: 'path', from: application?.id ?? '', to: component?.id ?? '' } });
    const back = await timed('graph.view', { question: { kind: 'reach', node: component?.id ?? '', direction: 'backward' } });
    const group = warm.value.nodes.find((n) => n.id.startsWith('group:sites:'));
    const sites = await timed('graph.view', { expand: [group?.id ?? ''] });
    const whole = await timed('graph.view', { whole: true });
    const row = ({ ms, value }: { ms: number; value: Output<'graph.view'> }): object => ({ ms, nodes: value.nodes.length, edges: value.edges.length, kb: size(value) / 1000, groups: value.nodes.filter((n) => n.kind === 'group').map((n) => n.label).slice(0, 4) });
    return { opening: { ms: open.ms, hits: 0, kb: 0 }, configuration: { ms: files.ms, hits: files.value.files.length, kb: 0 }, first: row(cold), again: row(warm), find: { ms: find.ms, hits: find.value.total, kb: size(find.value) / 1000 }, findAgain: { ms: findAgain.ms, hits: findAgain.value.total, kb: size(findAgain.value) / 1000 }, path: row(path), back: { ...row(back), counts: back.value.counts }, sitesOpened: row(sites), whole: row(whole) };
  } finally {
    await services.close();
  }
}

function layout(): unknown {
  const { nodes, edges } = generated(Number(first));
  const runs = Array.from({ length: 3 }, () => {
    const elapsed = stopwatch();
    layoutGraph(nodes, edges, { columnWidth: 1, rowHeight: 60 });
    return elapsed();
  });
  return { nodes: nodes.length, edges: edges.length, runs };
}

process.stdout.write(`${JSON.stringify(side === 'layout' ? layout() : await view())}\n`);
