import { quote } from '../../../../shared/base/limits.ts';
import { logFolders } from '../../../iis/index.ts';
import type { CaseModel, ServerModel } from '../../model/case-model.ts';
import type { ReadingContext } from '../context.ts';
import type { Inventory } from '../inventory.ts';

/** What the configuration says of a file, by the folder that it lies in. */
export interface ConfiguredFolder {
  readonly writes: 'iis-log' | 'ftp-log';
  /** Name of the site; null in a central folder. */
  readonly site: string | null;
}

/** Where HTTP.sys logs what never reached a site, unless the registry says otherwise. */
const HTTPERR = '%windir%\\System32\\LogFiles\\HTTPERR';

/** Every file in a log folder of any server, by evidence path. Sites that write no rows into files are told. */
export function configuredFolders(ctx: ReadingContext, inventory: Inventory, model: CaseModel): ReadonlyMap<string, ConfiguredFolder> {
  const files = new Map<string, ConfiguredFolder>();
  const done = new Set<string>();
  const add = ({ server, host }: ServerModel, path: string, folder: ConfiguredFolder): void => {
    const key = `${server.id}|${path}`;
    if (host === null || done.has(key)) return;
    done.add(key);
    for (const entry of host.view.below(path)) {
      if (entry.type === 'file' && inventory.files.has(entry.evidencePath) && !files.has(entry.evidencePath)) files.set(entry.evidencePath, folder);
    }
  };
  for (const server of model.servers) {
    for (const folder of logFolders(server.files)) {
      add(server, folder.directory.path ?? '', { writes: folder.writes, site: folder.site?.name ?? null });
      if (folder.withoutRows !== null) withoutRows(ctx, server, folder);
    }
    add(server, HTTPERR, { writes: 'iis-log', site: null });
  }
  return files;
}

/** Silence of such a site is no gap: nothing was to be written. */
function withoutRows(ctx: ReadingContext, { server, files }: ServerModel, folder: ReturnType<typeof logFolders>[number]): void {
  const { path, evidencePath } = files.applicationHost;
  const what = folder.site === null ? 'A site that logs centrally' : `Site ${quote(folder.site.name)}`;
  ctx.problems.add({ path, evidencePath }, server.id, {
    kind: 'unsupported', expected: true,
    message: `${what}: ${folder.withoutRows}. No ${folder.writes === 'ftp-log' ? 'FTP rows' : 'rows'} of files are to be expected since then; logs from before are read.`,
    ...(folder.element === null ? {} : { line: folder.element.line, column: folder.element.column }),
  });
}
