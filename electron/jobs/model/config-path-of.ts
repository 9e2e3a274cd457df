import type { Server } from '../../../shared/model/index.ts';
import { foldCase } from '../../../shared/base/compare.ts';

/**
 * Configuration path at which a web.config stands by the folders of the sites (`Site/app/folder`), the deepest first; the
 * Windows folder itself where no site reaches it, so that entries of two files never meet.
 * @param of Windows path of the web.config
 */
export function configPathOf(server: Server, of: string): string {
  const folder = of.slice(0, of.lastIndexOf('\\'));
  let best = { length: -1, path: folder };
  for (const site of server.sites) {
    for (const application of site.applications) {
      const base = application.path === '/' ? site.name : `${site.name}${application.path}`;
      const roots = [{ path: '', physicalPath: application.physicalPath }, ...application.virtualDirectories.map((d) => ({ path: d.path, physicalPath: d.physicalPath }))];
      for (const { path, physicalPath } of roots) {
        const root = (physicalPath.path ?? '').replace(/\\+$/, '');
        if (root === '' || root.length <= best.length || !(foldCase(folder) === foldCase(root) || foldCase(folder).startsWith(`${foldCase(root)}\\`))) continue;
        const below = folder.slice(root.length).split('\\').filter((part) => part !== '');
        best = { length: root.length, path: [base, ...path.split('/').filter((part) => part !== ''), ...below].join('/') };
      }
    }
  }
  return best.path;
}
