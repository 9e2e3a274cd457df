import type { Output } from '../../shared/contract/index.ts';
import { ARTIFACTS } from '../artifacts/registry.ts';
import { openEvidence } from '../evidence/open.ts';
import { findHosts } from './reading/hosts.ts';

/** What would be read, from names alone: nothing is opened but the list of names. */
export async function previewEvidence(location: string): Promise<Output<'evidence.preview'>> {
  const source = await openEvidence(location);
  try {
    const entries = await source.inventory();
    const files = entries.filter((e) => e.type === 'file');
    const hosts = findHosts(entries);
    const rows = ARTIFACTS.map((artifact) => {
      const found = files.filter((f) => Boolean(artifact.locate(f.evidencePath)));
      return { artifact: artifact.id, title: artifact.title, files: found.length, bytes: found.reduce((n, f) => n + f.size, 0), first: null, last: null, read: 'to be read' as const };
    });
    return { layout: hosts.layout, files: files.length, bytes: files.reduce((n, f) => n + f.size, 0), servers: hosts.hosts.map((h) => h.name ?? h.view.prefix), rows };
  } finally {
    await source.close();
  }
}
