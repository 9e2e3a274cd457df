import type { Component, Missing, Place, Server } from '../../../shared/model/index.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import type { CatalogCount, ImageIndex } from '../../components/index.ts';
import type { LogFolder } from '../../iis/index.ts';
import { fileName } from '../../knowledge/index.ts';
import { compareMissing } from './ask-order.ts';
import type { Host } from './hosts.ts';
import { toAskFor } from './to-ask-for.ts';

/**
 * What the configuration names and the evidence does not hold: ask for it now, not after the report.
 * @param catalogs those of this server
 * @param ftpFolders where FTP services log
 * @param notInForce where the applicationHost.config in force lies, when redirection leads to one that was not collected
 */
export function missingOf(server: Server, host: Host | null, components: readonly Component[], images: ImageIndex, notInForce: Place | null, catalogs: CatalogCount, ftpFolders: readonly LogFolder[] = []): Missing[] {
  const found = new Map<string, Missing>();
  const add = (missing: Missing): void => {
    const key = `${missing.what}\0${foldCase(missing.path ?? '')}`;
    // A file that both a stock and an unknown component name is asked for because of the unknown one.
    if (found.get(key)?.about !== 'unknown') found.set(key, missing);
  };
  for (const component of components) for (const missing of missingImages(server, component, images)) add(missing);
  for (const site of server.sites) {
    const resolved = host?.view.resolve(site.logDirectory.path ?? '', 64);
    const there = resolved !== undefined && resolved.status === 'not-a-file';
    const why = site.logEnabled ? `site ${site.name} logs there; it is not in the evidence` : `site ${site.name} would log there, and its logging is switched off now: what it logged before is not in the evidence`;
    if (!there) add({ ...site.logDirectory, evidencePath: '', what: 'log directory', why, server: server.id });
  }
  for (const folder of ftpFolders) {
    const there = host?.view.resolve(folder.directory.path ?? '', 64).status === 'not-a-file';
    if (!there) add({ ...folder.directory, evidencePath: '', what: 'FTP log directory', why: `the FTP service of ${folder.site === null ? 'all sites' : `site ${folder.site.name}`} logs there; it is not in the evidence`, server: server.id });
  }
  if (notInForce !== null) {
    add({ ...notInForce, evidencePath: '', what: 'redirected configuration', why: 'configuration redirection is on: this file was in force, and the local applicationHost.config was not', server: server.id });
  }
  const gap = host === null || catalogs.read + catalogs.unread > 0 ? null : missingCatalogs(server, host, components);
  if (gap !== null) add(gap);
  if (host !== null) for (const missing of toAskFor(server, host, components, images)) add(missing);
  return [...found.values()].sort(compareMissing);
}

/** Both files that the two bitnesses would load, where a 32-bit pool runs the component. */
function missingImages(server: Server, component: Component, images: ImageIndex): Missing[] {
  if (component.image === null || component.registrations.length === 0) return [];
  const narrow = new Set(server.pools.filter((p) => p.bitness === 32).map((p) => p.name));
  const wanted = bitnesses(component, component.loadedBy.map((l) => (narrow.has(l.pool) ? 32 : 64)));
  const image = component.image.split('|')[0] ?? component.image;
  return wanted.flatMap((bitness) => {
    const facts = images.lookup(image, bitness);
    if (facts.status !== 'absent' && facts.status !== 'not-collected') return [];
    const why = facts.status === 'absent' ? 'its folder was collected and the file is not in it' : 'its folder was not collected';
    return [{ ...facts.place, what: `image (${bitness}-bit view)`, why: `${component.kind} ${component.name ?? image} names it; ${why}`, server: server.id, about: component.origin === 'unknown' ? 'unknown' : 'stock' }];
  });
}

/** Windows signs most of its own files through catalogs alone: without those a stock file that nobody touched and a changed one look the same. */
function missingCatalogs(server: Server, host: Host, components: readonly Component[]): Missing | null {
  const bare = components.filter((c) => c.origin === 'stock' && c.file !== null && c.signatures.some((s) => s.status === 'unsigned'));
  if (bare.length === 0) return null;
  const names = [...new Set(bare.map((c) => fileName(c.file?.path ?? c.file?.evidencePath ?? '')))];
  const shown = names.slice(0, 3).join(', ');
  return {
    path: host.view.expand('%windir%\\System32\\CatRoot', 64), evidencePath: '', what: 'catalogs', server: server.id,
    why: `${names.length} ${names.length === 1 ? 'file' : 'files'} of Windows (${shown}${names.length > 3 ? ' ...' : ''}) ${names.length === 1 ? 'has' : 'have'} no signature of ${names.length === 1 ? 'its' : 'their'} own; Windows signs such files through the catalogs of this folder, and without them a genuine file cannot be told from a changed one`,
  };
}

/** What the preconditions of its entries say, else which processes load it; a component that nothing loads is looked for as a 64-bit one. */
function bitnesses(component: Component, loading: readonly (32 | 64)[]): readonly (32 | 64)[] {
  const conditions = component.registrations.flatMap((r) => r.attributes.filter((a) => a.name === 'preCondition').map((a) => a.value.split(',').map((t) => t.trim())));
  if (conditions.length > 0 && conditions.every((c) => c.includes('bitness32'))) return [32];
  if (conditions.length > 0 && conditions.every((c) => c.includes('bitness64'))) return [64];
  const all = [...new Set<32 | 64>(loading)].sort((a, b) => b - a);
  return all.length === 0 ? [64] : all;
}
