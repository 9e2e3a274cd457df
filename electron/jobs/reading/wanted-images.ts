import { foldCase } from '../../../shared/base/compare.ts';
import { imageArtifacts } from '../../artifacts/registry.ts';
import { registrations } from '../../iis/index.ts';
import type { CaseModel } from '../model/case-model.ts';
import type { Inventory } from './inventory.ts';
import type { ImageTask } from './recognise.ts';

/**
 * Adds the files behind registrations to those that their folders made interesting, registered ones first: they decide
 * the case, the rest fills it in.
 */
export function wantedImages(inventory: Inventory, model: CaseModel, tasks: readonly ImageTask[]): ImageTask[] {
  const artifact = imageArtifacts()[0];
  if (artifact === undefined) return [];
  const wanted = new Map<string, ImageTask>();
  for (const { files, server, host } of model.servers) {
    if (host === null) continue;
    for (const line of registrations(files, server)) {
      if (line.image === null || line.image === '') continue;
      for (const bitness of [64, 32] as const) {
        const entry = host.view.resolve(line.image, bitness).entry;
        const file = entry === null ? undefined : inventory.files.get(entry.evidencePath);
        if (file === undefined || isConfiguration(file.artifact)) continue;
        file.artifact = artifact.id;
        wanted.set(file.evidencePath, { file, artifact });
      }
    }
    // The assemblies that ASP.NET loads without any registration of their own.
    for (const app of server.sites.flatMap((s) => s.applications)) {
      for (const entry of host.view.below(`${app.physicalPath.path ?? ''}\\bin`)) {
        const file = inventory.files.get(entry.evidencePath);
        if (file === undefined || !foldCase(file.evidencePath).endsWith('.DLL')) continue;
        file.artifact = artifact.id;
        wanted.set(file.evidencePath, { file, artifact });
      }
    }
  }
  for (const task of tasks) if (!wanted.has(task.file.evidencePath)) wanted.set(task.file.evidencePath, task);
  return [...wanted.values()];
}

/** A handler may name a configuration file as its script processor; it has been read as what it is. */
function isConfiguration(artifact: string | null): boolean {
  return artifact === 'iis-config';
}
