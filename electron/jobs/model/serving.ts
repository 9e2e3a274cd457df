import { foldCase } from '../../../shared/base/compare.ts';
import type { WindowsView } from '../../evidence/windows-view.ts';
import { type LookUp, type UrlSpace, urlSpace } from '../../iis/index.ts';
import type { ServerModel } from './case-model.ts';

/** What a folder of a site has when its content was collected, and not only its configuration, programs and pages with code: those are what is collected alone. */
const CONTENT = /\.(?:html?|css|png|jpe?g|gif|svg|ico|woff2?|pdf)$/i;

export type Space = UrlSpace | { readonly reason: string };

const spaces = new WeakMap<ServerModel, Map<string, Space>>();

/** The requests of one site of a server; made once, because rules ask for a hundred thousand paths. */
export function spaceOf(model: ServerModel, site: string): Space {
  let known = spaces.get(model);
  if (!known) spaces.set(model, (known = new Map()));
  let space = known.get(site);
  if (!space) known.set(site, (space = urlSpace(model.files, model.server.id, site, lookUpOf(model))));
  return space;
}

const looks = new WeakMap<ServerModel, LookUp>();

/** Files of the server as a request meets them. */
function lookUpOf(model: ServerModel): LookUp {
  let look = looks.get(model);
  if (!look) looks.set(model, (look = model.host === null ? nothing : inView(model.host.view, rootsOf(model))));
  return look;
}

const nothing: LookUp = (path) => ({ status: 'not-collected', place: { path, evidencePath: '' } });

/**
 * A file is absent where the folder of its site was collected with its content. Collectors often take configuration and
 * programs alone: there nothing can be said of other files.
 */
function inView(view: WindowsView, roots: readonly string[]): LookUp {
  const collected = new Map<string, boolean>();
  const hasContent = (root: string): boolean => {
    let known = collected.get(root);
    if (known === undefined) collected.set(root, (known = view.below(root).some((entry) => entry.type === 'file' && CONTENT.test(entry.evidencePath))));
    return known;
  };
  return (path) => {
    const { status, path: found, entry } = view.resolve(path, 64);
    const place = { path: found ?? path, evidencePath: entry?.evidencePath ?? '' };
    if (status === 'present') return { status: 'present', place };
    if (status === 'not-a-file') return { status: 'folder', place };
    const folded = foldCase(found ?? path);
    const root = roots.find((one) => folded === one || folded.startsWith(`${one}\\`));
    return { status: root !== undefined && hasContent(root) ? 'absent' : 'not-collected', place };
  };
}

/** Folded folders that URLs lead to, the longest first. */
function rootsOf({ server }: ServerModel): string[] {
  const paths = server.sites.flatMap((s) => s.applications).flatMap((a) => [a.physicalPath.path, ...a.virtualDirectories.map((d) => d.physicalPath.path)]);
  const roots = new Set(paths.flatMap((path) => (path === null || path === '' ? [] : [foldCase(path).replace(/[\\/]+$/, '')])));
  return [...roots].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}
