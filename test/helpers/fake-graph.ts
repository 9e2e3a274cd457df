import type { Output } from '../../shared/contract/index.ts';
import { APP_HOST, components } from './fake-data.ts';

type Graph = Omit<Output<'graph.view'>, 'copies' | 'servers' | 'counts'>;
type Node = Graph['nodes'][number];
type Edge = Graph['edges'][number];

const node = (id: string, kind: Node['kind'], layer: number, label: string, more: Partial<Node> = {}): Node => ({
  id, kind, layer, label, detail: `${kind} ${label}`, severity: null, absent: false, historyOnly: false, count: 1, component: null, refs: [], ...more,
});
const edge = (from: string, to: string, reason: string, style: Edge['style'] = 'solid'): Edge => ({ id: `${from}>${to}`, from, to, reason, style, refs: [{ ...APP_HOST, line: 312, column: 13 }] });

/** @param all with every stock component; else they are one folded node */
export function graph(all: boolean, asOf?: string): Graph {
  const before = asOf === 'CFGHISTORY_0000000001' || asOf === 'CFGHISTORY_0000000002';
  const nodes: Node[] = [
    node('server', 'server', 0, 'WEB01'), node('site1', 'site', 1, 'Shop'), node('site2', 'site', 1, 'Default Web Site'), node('pool1', 'pool', 1, 'ShopPool'),
    node('app1', 'application', 2, 'Shop/'), node('app2', 'application', 2, 'Shop/api'), node('app3', 'application', 2, 'Default Web Site/'),
    node('reg-managed', 'registration', 3, 'modules ShopImaging'), node('c-managed', 'component', 4, 'ShopImaging', { severity: 'info', component: 'c-managed' }), node('file-managed', 'file', 5, 'Shop.Imaging.dll'), node('ep-managed', 'entry-point', 6, 'Shop.Imaging.ResizeModule'),
    node('file-absent', 'file', 5, 'oldfilter.dll', { absent: true }),
  ];
  const edges: Edge[] = [
    edge('server', 'site1', 'site id 2'), edge('server', 'site2', 'site id 1'), edge('server', 'pool1', 'application pool'), edge('site1', 'app1', 'application /'), edge('site1', 'app2', 'application /api'), edge('site2', 'app3', 'application /'), edge('pool1', 'app1', 'runs in this pool'),
    edge('app1', 'reg-managed', 'registered in web.config line 24'), edge('reg-managed', 'c-managed', 'names this type'), edge('c-managed', 'file-managed', 'type found in this assembly'), edge('file-managed', 'ep-managed', 'implements IHttpModule'), edge('c-managed', 'file-absent', 'referenced, not in the evidence', 'dashed'),
  ];
  if (!before) {
    nodes.push(
      node('reg-planted', 'registration', 3, 'globalModules HttpCacheExt', { severity: 'high' }), node('c-planted', 'component', 4, 'HttpCacheExt', { severity: 'high', component: 'c-planted', refs: [{ ...APP_HOST, line: 312, column: 13 }] }),
      node('file-planted', 'file', 5, 'cachehttp.dll', { severity: 'high' }), node('ep-planted', 'entry-point', 6, 'RegisterModule'),
    );
    edges.push(
      edge('app1', 'reg-planted', 'registered at applicationHost.config line 312'), edge('app2', 'reg-planted', 'registered at applicationHost.config line 312'), edge('app3', 'reg-planted', 'registered at applicationHost.config line 312'),
      edge('reg-planted', 'c-planted', 'names this module', 'clock'), edge('c-planted', 'file-planted', 'image="C:\\ProgramData\\Ext\\cachehttp.dll"'), edge('file-planted', 'ep-planted', 'exports RegisterModule'),
    );
  }
  const stock = components.filter((c) => c.origin === 'stock');
  if (all) {
    for (const c of stock) {
      nodes.push(node(`reg-${c.id}`, 'registration', 3, `globalModules ${c.name}`), node(c.id, 'component', 4, c.name ?? '', { component: c.id }), node(`file-${c.id}`, 'file', 5, `${(c.name ?? '').toLowerCase()}.dll`));
      edges.push(edge('app1', `reg-${c.id}`, 'registered in applicationHost.config'), edge(`reg-${c.id}`, c.id, 'names this module'), edge(c.id, `file-${c.id}`, 'image'));
    }
  } else {
    nodes.push(node('group', 'group', 4, `${stock.length} stock native modules`, { count: stock.length }));
    edges.push(edge('app1', 'group', 'registered in applicationHost.config'), edge('app3', 'group', 'registered in applicationHost.config'));
  }
  return { nodes, edges, capped: false };
}
