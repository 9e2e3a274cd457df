import type { CatalogArtifact, CodeListArtifact, ConfigurationArtifact, ConfigurationRole, ImageArtifact, LogArtifact, LogSource } from '../../artifacts/kit/definition.ts';
import { recogniseLog } from '../../artifacts/logs.ts';
import { catalogArtifacts, codeListArtifacts, configurationArtifacts, imageArtifacts, logArtifacts } from '../../artifacts/registry.ts';
import { beginsAsArchive } from '../../evidence/archives.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import type { ReadingContext } from './context.ts';
import { nameOf, type Inventory, type ManifestFile } from './inventory.ts';
import { mapLimited } from '../limited.ts';
import { readHead } from './read-file.ts';

export interface CatalogTask { readonly file: ManifestFile; readonly artifact: CatalogArtifact }
export interface ConfigurationTask { readonly file: ManifestFile; readonly artifact: ConfigurationArtifact; readonly role: ConfigurationRole | null }
export interface CodeListTask { readonly file: ManifestFile; readonly artifact: CodeListArtifact }
export interface ImageTask { readonly file: ManifestFile; readonly artifact: ImageArtifact }
export interface LogTask { readonly file: ManifestFile; readonly artifact: LogArtifact; readonly siteId: number | null; readonly source: LogSource }

/** What will be read as what. On a host places decide; loose files are looked at one by one. */
export interface Recognised {
  readonly configurations: readonly ConfigurationTask[];
  readonly codeLists: readonly CodeListTask[];
  readonly images: ImageTask[];
  readonly catalogs: readonly CatalogTask[];
  readonly logs: LogTask[];
}

const HEAD = 64 * 1024;
/** Files with these endings outside the folders of Windows and of installed programs are looked at: planted code lies there. */
const CODE_NAME = /\.(?:DLL|EXE|OCX|SYS|CPL|ASAX\.DLL)$/;
const SYSTEM_FOLDER = /^[A-Z]:\\(?:WINDOWS|PROGRAM FILES|PROGRAM FILES \(X86\)|WINDOWS\.OLD)\\/;
const WINDOWS_TEMP = /^[A-Z]:\\WINDOWS\\TEMP\\/;

export async function recognise(ctx: ReadingContext, inventory: Inventory): Promise<Recognised> {
  const files = [...inventory.files.values()];
  const located = files.filter((f) => f.server !== null).flatMap(byPlace);
  const loose = await mapLimited(files.filter((f) => f.server === null), 8, ctx.signal, (file) => byContent(ctx, file, inventory.hosts.hosts.length > 0));
  const tasks = [...located, ...loose.flat()];
  for (const task of tasks) task.file.artifact = task.artifact.id;
  return {
    configurations: tasks.filter((t): t is ConfigurationTask => t.artifact.reads === 'configuration'),
    codeLists: tasks.filter((t): t is CodeListTask => t.artifact.reads === 'code-list'),
    images: tasks.filter((t): t is ImageTask => t.artifact.reads === 'image'),
    catalogs: tasks.filter((t): t is CatalogTask => t.artifact.reads === 'catalog'),
    logs: tasks.filter((t): t is LogTask => t.artifact.reads === 'log'),
  };
}

type Task = CatalogTask | CodeListTask | ConfigurationTask | ImageTask | LogTask;

function byPlace(file: ManifestFile): Task[] {
  const place = placeText(file.evidencePath);
  for (const artifact of configurationArtifacts()) {
    const role = artifact.locate(place);
    if (role !== null) return [{ file, artifact, role }];
  }
  for (const artifact of logArtifacts()) {
    const found = artifact.locate(place);
    if (found !== null) return [{ file, artifact, ...found }];
  }
  for (const artifact of catalogArtifacts()) if (artifact.locate(place)) return [{ file, artifact }];
  // They say something only of the application that they lie in.
  if (file.server !== null) for (const artifact of codeListArtifacts()) if (artifact.locate(place)) return [{ file, artifact }];
  for (const artifact of imageArtifacts()) if (artifact.locate(place) || inOddPlace(file)) return [{ file, artifact }];
  return [];
}

/** A backslash in an evidence path is a letter of a name (or the mark of a byte that is no UTF-8), never a folder. */
function placeText(evidencePath: string): string {
  return evidencePath.replaceAll('\\', '_');
}

/** A name that Windows could not have written has no path on the server; what lies under it is looked at all the more. */
function inOddPlace(file: ManifestFile): boolean {
  if (file.path === null) return file.evidencePath.includes('\\') && CODE_NAME.test(foldCase(nameOf(file.evidencePath)));
  if (!CODE_NAME.test(foldCase(nameOf(file.evidencePath)))) return false;
  const path = foldCase(file.path);
  return !SYSTEM_FOLDER.test(path) || WINDOWS_TEMP.test(path);
}

/** Loose files: beside a host only those that a name makes likely, alone everything. */
async function byContent(ctx: ReadingContext, file: ManifestFile, besideHost: boolean): Promise<Task[]> {
  const named = byPlace(file);
  if (file.size === 0) return besideHost ? [] : named;
  if (besideHost && named.length === 0) return [];
  const head = await readHead(ctx, file, Math.min(HEAD, file.size));
  if (head === null) return [];
  for (const artifact of imageArtifacts()) if (artifact.looksLike(head)) return [{ file, artifact }];
  for (const artifact of catalogArtifacts()) if (artifact.looksLike(head)) return [{ file, artifact }];
  if (beginsAsArchive(head)) return named;
  const log = recogniseLog(placeText(file.evidencePath), head);
  if (log !== null && log.certain) return [{ file, artifact: log.artifact, siteId: log.siteId, source: log.source }];
  for (const artifact of configurationArtifacts()) if (artifact.looksLike(head)) return [{ file, artifact, role: null }];
  // Nothing in it is what the name promises: it is still read as that, so that the damage is told.
  return named;
}
