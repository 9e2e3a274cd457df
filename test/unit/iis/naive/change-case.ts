import type { Location, Section, Tree } from './tree.ts';

const swap = (text: string): string => text.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()));

const part = <T extends Section | Location>(at: T): T => (at.kind === 'location' ? { ...at, path: swap(at.path) } : at);

/** The same server with the letter case of every virtual and physical path and of every pool name turned round. */
export function changeCase(tree: Tree): Tree {
  return {
    ...tree,
    host: { ...tree.host, parts: tree.host.parts.map(part) },
    files: tree.files.map((file) => ({ ...file, parts: file.parts.map(part) })),
    pools: tree.pools.map((pool) => ({ ...pool, name: swap(pool.name) })),
    sites: tree.sites.map((site) => ({
      ...site,
      applications: site.applications.map((application) => ({
        ...application,
        path: swap(application.path),
        directories: application.directories.map((directory) => ({ ...directory, path: swap(directory.path), folder: swap(directory.folder) })),
      })),
    })),
  };
}
