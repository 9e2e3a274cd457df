import { configurationArtifacts } from '../../artifacts/registry.ts';
import { getBlob } from '../../case/blobs.ts';
import { listNames } from '../../case/manifest-names.ts';
import type { InventoryEntry } from '../../evidence/source.ts';
import type { Connection } from '../../store/store.ts';
import { findHosts } from '../reading/hosts.ts';
import { buildModel, type CaseModel } from './case-model.ts';
import type { KnownConfiguration } from './known-configuration.ts';

/** Parses the configurations that a case embeds again, so that a case answers as it did while its evidence was at hand. */
export async function loadModel(connection: Connection, evidenceId: string): Promise<CaseModel> {
  const names = await listNames(connection, evidenceId);
  const hosts = findHosts(names.map((n): InventoryEntry => ({ evidencePath: n.evidencePath, type: 'file', size: n.size, modified: null, created: null, problem: null })));
  const known: KnownConfiguration[] = [];
  for (const artifact of configurationArtifacts()) {
    for (const name of names) {
      if (name.artifact !== artifact.id || name.sha256 === null) continue;
      const bytes = await getBlob(connection, name.sha256);
      if (bytes === null) continue;
      const { document } = artifact.parse(bytes);
      // What was read although neither place nor content tells it is a section that configSource put there.
      const role = (hosts.hostOf(name.evidencePath) === null ? null : artifact.locate(name.evidencePath)) ?? artifact.roleOf(document) ?? { kind: 'section' as const, copy: null };
      const path = hosts.hostOf(name.evidencePath)?.view.windowsPath(name.evidencePath) ?? null;
      known.push({ configuration: { path, evidencePath: name.evidencePath, sha256: name.sha256, document }, role, modified: name.modified });
    }
  }
  return buildModel(hosts, known, names[0]?.timeFidelity ?? 'none');
}
