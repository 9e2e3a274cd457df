import type { ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { useApp } from '../../state/react.ts';
import { Fields, VisibleText } from '../../ui/index.ts';

type Component = Output<'component.list'>['components'][number];

const KINDS: readonly { readonly kind: Component['kind']; readonly words: string }[] = [
  { kind: 'native-module', words: 'native modules' }, { kind: 'managed-module', words: 'managed modules' },
  { kind: 'isapi-filter', words: 'ISAPI filters' }, { kind: 'isapi-extension', words: 'ISAPI extensions' },
  { kind: 'managed-handler', words: 'managed handlers' }, { kind: 'cgi', words: 'CGI programs' }, { kind: 'other', words: 'others' },
];

/** `41 (38 stock, 1 known product, 2 not)` for one kind. */
export function originWords(components: readonly Component[]): string {
  const of = (origin: Component['origin']): number => components.filter((c) => c.origin === origin).length;
  const parts = [`${of('stock')} stock`];
  if (of('known-product') > 0) parts.push(`${of('known-product')} known product`);
  parts.push(`${of('unknown')} unknown`);
  return `${components.length} (${parts.join(', ')})`;
}

export function ServerGlance({ components }: { readonly components: readonly Component[] }): ReactNode {
  const info = useApp((s) => s.info);
  if (info === null || info.servers.length === 0) return <p className="dim">No server configuration was read yet.</p>;
  return (
    <>
      {info.servers.map((server) => {
        const own = components.filter((c) => c.server === server.id);
        return (
          <div key={server.id} className="glance">
            <p><strong><VisibleText text={server.name ?? server.id} /></strong>{server.iisVersion === null ? '' : ` · IIS ${server.iisVersion}`}{server.redirected ? <span className="warn"> · configuration redirected: the local file is not the live one</span> : null}</p>
            <Fields label="Components by kind" fields={KINDS.map(({ kind, words }) => ({ kind, words, of: own.filter((c) => c.kind === kind) })).filter((k) => k.of.length > 0).map((k) => ({ name: k.words, value: <span className={k.of.some((c) => c.origin === 'unknown') ? '' : 'dim'}>{originWords(k.of)}</span> }))} />
            <h3>Sites</h3>
            <ul className="site-list">
              {server.sites.map((site) => (
                <li key={site.id}>
                  <strong><VisibleText text={site.name} /></strong> <span className="quiet">id {site.id}</span> · <span className="mono"><VisibleText text={site.bindings.join(', ')} /></span>
                  {site.applications.map((app) => <div key={app.path} className="dim indent"><span className="mono"><VisibleText text={app.path} /></span> · pool <VisibleText text={app.pool} /> ({app.pipeline}, {app.clr === '' ? 'no CLR' : `CLR ${app.clr}`}, {app.bitness}-bit) · <span className="mono"><VisibleText text={app.physicalPath.path ?? app.physicalPath.evidencePath} /></span></div>)}
                  <div className="quiet indent">log {site.logEnabled ? '' : 'off; '}<span className="mono"><VisibleText text={site.logDirectory.path ?? site.logDirectory.evidencePath} /></span> ({site.logFormat})</div>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </>
  );
}
