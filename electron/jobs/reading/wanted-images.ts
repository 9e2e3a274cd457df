import { foldCase } from '../../../shared/base/compare.ts';
import { codeListArtifacts, configurationArtifacts, imageArtifacts } from '../../artifacts/registry.ts';
import type { CodeFile } from '../../components/index.ts';
import { registrations } from '../../iis/index.ts';
import type { CaseModel } from '../model/case-model.ts';
import { codeFilesOf, wantedAssemblies } from './code-files.ts';
import type { Inventory } from './inventory.ts';
import type { ImageTask } from './recognise.ts';

/**
 * Adds the files behind registrations to those that their folders made interesting, registered ones first: they decide
 * the case, the rest fills it in.
 */
export function wantedImages(inventory: Inventory, model: CaseModel, tasks: readonly ImageTask[], codeFiles: readonly CodeFile[]): ImageTask[] {
  const artifact = imageArtifacts()[0];
  if (artifact === undefined) return [];
  const wanted = new Map<string, ImageTask>();
  const want = (evidencePath: string): void => {
    const file = inventory.files.get(evidencePath);
    if (file === undefined || readOtherwise(file.artifact)) return;
    file.artifact = artifact.id;
    wanted.set(evidencePath, { file, artifact });
  };
  for (const { files, server, host } of model.servers) {
    if (host === null) continue;
    const lines = registrations(files, server);
    for (const line of lines) {
      if (line.image === null || line.image === '') continue;
      for (const bitness of [64, 32] as const) {
        const entry = host.view.resolve(line.image, bitness).entry;
        if (entry !== null) want(entry.evidencePath);
      }
    }
    for (const evidencePath of wantedAssemblies(host, server, lines, codeFilesOf(host, codeFiles))) want(evidencePath);
    // The assemblies that ASP.NET loads without any registration of their own.
    for (const app of server.sites.flatMap((s) => s.applications)) {
      for (const entry of host.view.below(`${app.physicalPath.path ?? ''}\\bin`)) {
        if (foldCase(entry.evidencePath).endsWith('.DLL')) want(entry.evidencePath);
      }
    }
  }
  for (const task of tasks) if (!wanted.has(task.file.evidencePath)) wanted.set(task.file.evidencePath, task);
  return [...wanted.values()];
}

/** A handler may name a configuration file as its script processor; it has been read as what it is. */
function readOtherwise(artifact: string | null): boolean {
  return [...configurationArtifacts(), ...codeListArtifacts()].some((a) => a.id === artifact);
}
