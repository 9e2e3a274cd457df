import { compareText, foldCase } from '../../../shared/base/compare.ts';
import type { Server } from '../../../shared/model/index.ts';
import { CODE_FOLDERS, type CodeFile, type CodeFolder, gacPaths, PRE_START, strongName } from '../../components/index.ts';
import type { RawRegistration } from '../../iis/index.ts';
import { mapLimited } from '../limited.ts';
import type { ReadingContext } from './context.ts';
import type { Host } from './hosts.ts';
import { nameOf, placeOf } from './inventory.ts';
import { readWhole } from './read-file.ts';
import type { CodeListTask } from './recognise.ts';

/** Shadow copies of one folder of compiled code that are looked at. */
const MAX_SHADOW_COPIES = 5000;

/** Reads the small files that bring code into applications; files without anything usable are left out. */
export async function readCodeFiles(ctx: ReadingContext, tasks: readonly CodeListTask[]): Promise<CodeFile[]> {
  const read = await mapLimited(tasks, 4, ctx.signal, async ({ file, artifact }): Promise<CodeFile[]> => {
    const whole = await readWhole(ctx, file, artifact.maxBytes);
    if (whole === null) return [];
    const { entries, problems } = artifact.parse(whole.bytes);
    ctx.problems.addAll(placeOf(file), file.server, problems);
    return [{ place: placeOf(file), sha256: whole.sha256, section: artifact.section, entries, modified: file.modified, shadowCopies: [] }];
  });
  return read.flat().sort((a, b) => compareText(a.place.evidencePath, b.place.evidencePath));
}

/** The code files of one host; lists of start code with the copies of assemblies that lie beside them. */
export function codeFilesOf(host: Host, files: readonly CodeFile[]): CodeFile[] {
  return files.filter((file) => host.view.windowsPath(file.place.evidencePath) !== null).map((file) => {
    if (file.section !== PRE_START || file.place.path === null) return file;
    // `assembly\dl3`: ASP.NET loads copies of the files in `bin`, so that these can be replaced while it runs.
    const folder = file.place.path.replace(/\\[^\\]*$/, '');
    const wanted = new Set(file.entries.map((entry) => foldCase(entry.name)));
    const shadowCopies = host.view.below(`${folder}\\assembly`).slice(0, MAX_SHADOW_COPIES).flatMap((entry) => {
      const name = /^(.+)\.dll$/i.exec(nameOf(entry.evidencePath))?.[1];
      return name === undefined || !wanted.has(foldCase(name)) ? [] : [{ name, place: { path: host.view.windowsPath(entry.evidencePath), evidencePath: entry.evidencePath } }];
    });
    return { ...file, shadowCopies };
  });
}

/** Folders of source code at the root of each application, with how much is in them. */
export function codeFoldersOf(host: Host, server: Server): CodeFolder[] {
  const roots = new Set(server.sites.flatMap((s) => s.applications).map((a) => (a.physicalPath.path ?? '').replace(/[\\/]+$/, '')).filter((root) => root !== ''));
  return [...roots].flatMap((root) => CODE_FOLDERS.flatMap((name): CodeFolder[] => {
    const path = `${root}\\${name}`;
    const files = host.view.below(path).filter((entry) => entry.type === 'file');
    const [first] = files;
    return first === undefined ? [] : [{ name, path, files: files.length, first: { path: host.view.windowsPath(first.evidencePath), evidencePath: first.evidencePath } }];
  }));
}

/** Evidence paths of assemblies that are worth reading because of a strong name in the configuration or a line of a list. */
export function wantedAssemblies(host: Host, server: Server, lines: readonly RawRegistration[], files: readonly CodeFile[]): string[] {
  const found = new Set<string>();
  const names = new Set([
    ...lines.flatMap((line) => (line.type === null ? [] : [line.type])),
    ...files.filter((f) => f.section === PRE_START).flatMap((f) => f.entries.map((e) => e.attributes[0]?.value ?? e.name)),
  ]);
  for (const name of names) {
    const strong = strongName(name);
    if (strong === null) continue;
    for (const bitness of [64, 32] as const) {
      for (const path of gacPaths(strong, '', bitness)) {
        const { entry } = host.view.resolve(path, 64);
        if (entry?.type === 'file') found.add(entry.evidencePath);
      }
    }
  }
  // What lies in a bin folder is read there; a shadow copy counts where nothing else is left of the assembly.
  const inBins = new Set(server.sites.flatMap((s) => s.applications).flatMap((a) => host.view.below(`${a.physicalPath.path ?? ''}\\bin`)).map((entry) => foldCase(nameOf(entry.evidencePath))));
  for (const file of files) {
    for (const { name, place } of file.shadowCopies) if (!inBins.has(`${foldCase(name)}.DLL`)) found.add(place.evidencePath);
  }
  return [...found];
}
