import type { Output } from '../../shared/contract/index.ts';
import { APP_HOST } from './fake-data.ts';

const stretch = (from: string, to: string, state: 'read' | 'unread' | 'none', ...logs: string[]): Output<'timeline.coverage'>['lanes'][number]['stretches'][number] => ({ from, to, state, logs });

/** Two sites and HTTP.sys: one read, one with a hole and a part that is not read yet. */
export const coverage: Output<'timeline.coverage'> = {
  revision: 1, partial: true, first: '2026-02-26T00:00:00Z', last: '2026-03-03T23:59:58Z',
  lanes: [
    { source: 'iis-log', server: 's1', site: 'Default Web Site', files: 3, bytes: 180_000_000, read: 180_000_000, stretches: [stretch('2026-02-27T00:00:00Z', '2026-03-03T23:59:58Z', 'read', 'a.log', 'b.log')] },
    { source: 'iis-log', server: 's1', site: 'Shop', files: 4, bytes: 220_000_000, read: 84_000_000, stretches: [stretch('2026-02-26T00:00:00Z', '2026-02-28T12:00:00Z', 'unread', 'c.log', 'd.log'), stretch('2026-02-28T12:00:00Z', '2026-03-01T18:00:00Z', 'none', 'd.log', 'e.log'), stretch('2026-03-01T18:00:00Z', '2026-03-03T20:00:00Z', 'read', 'e.log', 'f.log')] },
    { source: 'httperr', server: 's1', site: null, files: 1, bytes: 900_000, read: 900_000, stretches: [stretch('2026-02-27T08:00:00Z', '2026-03-03T06:00:00Z', 'read', 'httperr1.log')] },
  ],
};

export const serving: Output<'request.explain'> = {
  reason: null, assumptions: ['the configuration was the same then', 'the logged path is the one before rewriting'], site: 'Shop', application: '/', pool: 'ShopPool',
  file: { path: 'D:\\Sites\\Shop\\products\\list.aspx', evidencePath: 'D/Sites/Shop/products/list.aspx', status: 'present' },
  handler: { name: 'PageHandlerFactory-Integrated-4.0', path: '*.aspx', verb: 'GET,HEAD,POST,DEBUG', type: 'System.Web.UI.PageHandlerFactory', image: null, modules: ['ManagedPipelineHandler'], component: null, from: { ...APP_HOST, line: 402, column: 9 } },
  modules: [{ name: 'HttpCacheExt', component: 'c-planted', origin: 'unknown', from: { ...APP_HOST, line: 312, column: 13 } }, { name: 'RequestFilteringModule', component: 'c-RequestFilteringModule', origin: 'stock', from: { ...APP_HOST, line: 127, column: 13 } }],
};
