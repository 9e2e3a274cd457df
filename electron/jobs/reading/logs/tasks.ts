import { compareBy, foldCase } from '../../../../shared/base/compare.ts';
import type { LogArtifact, LogSource } from '../../../artifacts/kit/definition.ts';
import { logArtifact, recogniseLog } from '../../../artifacts/logs.ts';
import { mapLimited } from '../../limited.ts';
import type { CaseModel } from '../../model/case-model.ts';
import type { ReadingContext } from '../context.ts';
import { countedOnce } from './earlier.ts';
import { nameOf, type Inventory, type ManifestFile } from '../inventory.ts';
import { configuredFolders, type ConfiguredFolder } from './folders.ts';
import { judgedLog, logByContent, notALog } from './heads.ts';
import { packedLogs, withoutTwins } from './packed.ts';
import type { LogTask } from '../recognise.ts';

/** A log and the site that wrote it, as far as folder and configuration tell. */
export interface SiteLog {
  readonly file: ManifestFile;
  readonly server: string | null;
  /** Null where each row says it, or nothing does. */
  readonly site: string | null;
  readonly artifact: LogArtifact;
  readonly source: LogSource;
  /** Names of the server's sites by number, where rows say the number; null elsewhere. */
  readonly sites: ReadonlyMap<number, string> | null;
  /** The archive that it is kept in, or null. */
  readonly archive: string | null;
}

/**
 * Every log of the evidence: by place, every file of a configured log folder whatever its name, packed ones, and strays.
 * Logs of shadow copies and packed ones whose rows another log has too are left out.
 */
export async function siteLogs(ctx: ReadingContext, inventory: Inventory, model: CaseModel, tasks: readonly LogTask[]): Promise<SiteLog[]> {
  const folders = configuredFolders(ctx, inventory, model);
  const known = new Set(tasks.map((t) => t.file.evidencePath));
  const placed = (await mapLimited(tasks, 8, ctx.signal, (task) => judgedLog(ctx, task))).filter((t) => t !== null);
  const inFolders = await inConfigured(ctx, inventory, folders, known);
  const strays = await strayLogs(ctx, inventory, known);
  const counted = await countedOnce(ctx, inventory, [...placed, ...inFolders, ...strays]);
  const packed = await withoutTwins(ctx, inventory, await packedLogs(ctx, inventory, new Set(folders.keys())));
  // From here on they are files of the manifest like any other.
  for (const { file } of packed) inventory.files.set(file.evidencePath, file);
  const logs = [...counted.tasks.map((task) => ({ task, archive: null })), ...packed.map((task) => ({ task, archive: task.archive.evidencePath }))];
  const found = logs.map(({ task, archive }): SiteLog => {
    const server = task.file.server ?? counted.servers.get(task.file.evidencePath) ?? null;
    const folder = folders.get(archive ?? task.file.evidencePath) ?? null;
    const artifact = folder?.writes === 'ftp-log' && task.artifact.format === 'w3c' ? logArtifact('ftp-log') ?? task.artifact : task.artifact;
    task.file.artifact = artifact.id;
    return { file: task.file, server, archive, artifact, ...belonging(model, task, server, folder) };
  });
  return found.sort(compareBy((l) => l.file.evidencePath));
}

/** Site and source: what the configuration says of the folder counts before the number in its name. */
function belonging(model: CaseModel, task: LogTask, server: string | null, folder: ConfiguredFolder | null): Pick<SiteLog, 'site' | 'source' | 'sites'> {
  const own = model.servers.find((s) => s.server.id === server)?.server.sites ?? [];
  const source = folder?.writes === 'ftp-log' ? 'ftp-log' : task.source;
  if (folder !== null && folder.site !== null) return { site: folder.site, source, sites: null };
  const site = folder === null ? own.find((s) => s.id === task.siteId)?.name ?? null : null;
  return { site, source, sites: site === null && own.length > 0 ? new Map(own.map((s) => [s.id, s.name])) : null };
}

async function inConfigured(ctx: ReadingContext, inventory: Inventory, folders: ReadonlyMap<string, ConfiguredFolder>, known: Set<string>): Promise<LogTask[]> {
  const files = [...folders.keys()].flatMap((path) => {
    const file = inventory.files.get(path);
    return file === undefined || known.has(path) || file.size === 0 || isPacked(file) || isNoLog(file) ? [] : [file];
  });
  for (const file of files) known.add(file.evidencePath);
  const found = await mapLimited(files, 8, ctx.signal, async (file) => {
    const log = await logByContent(ctx, file);
    if (log === null) notALog(ctx, file);
    return log ?? null;
  });
  return found.filter((t) => t !== null);
}

/** What Windows itself, and the tracing of failed requests, put beside logs. */
const isNoLog = (file: ManifestFile): boolean => /^(?:desktop\.ini|thumbs\.db|fr\d+\.xml|freb\.xsl)$/i.test(nameOf(file.evidencePath));
const isPacked = (file: ManifestFile): boolean => /\.(?:gz|gzip|zip)$/i.test(file.evidencePath);

/** Files with a log's ending that are looked at where no log is expected. */
const MOST_STRAYS = 20_000;
const STRAY_NAME = /\.LOG(?:\.\d+|\.OLD|\.BAK|\.TXT)?$|\.IBL$/;
/** What only web servers log: the firewall, Exchange and others write W3C logs too. */
const WEB_FIELDS = /#Fields:[^\r\n]*\b(?:cs-uri-stem|cs-uri|cs-method|s-reason)\b/;

/** Logs of IIS in places where nothing says that there are any: moved, renamed, kept for later. */
async function strayLogs(ctx: ReadingContext, inventory: Inventory, known: Set<string>): Promise<LogTask[]> {
  const files = [...inventory.files.values()].filter((f) => f.server !== null && f.artifact === null && f.size > 0 && !known.has(f.evidencePath) && STRAY_NAME.test(foldCase(f.evidencePath)));
  const found = await mapLimited(files.slice(0, MOST_STRAYS), 8, ctx.signal, async (file) => {
    if (/\.ibl$/i.test(file.evidencePath)) {
      notALog(ctx, file);
      return null;
    }
    return strayLog(ctx, file);
  });
  return found.filter((t) => t !== null);
}

async function strayLog(ctx: ReadingContext, file: ManifestFile): Promise<LogTask | null> {
  // A file that nothing points at and that cannot be read is no fault of the evidence: it is looked at quietly.
  const head = await quietHead(ctx, file);
  if (head === null || !WEB_FIELDS.test(head.toString('latin1').replaceAll('\0', ''))) return null;
  const found = recogniseLog(file.evidencePath.replaceAll('\\', '_'), head);
  return found === null || !found.certain ? null : { file, artifact: found.artifact, siteId: found.siteId, source: found.source };
}

async function quietHead(ctx: ReadingContext, file: ManifestFile): Promise<Buffer | null> {
  const reader = await ctx.source.open(file.evidencePath).catch(() => null);
  if (reader === null) return null;
  try {
    return Buffer.from(await reader.read(0, 4096));
  } catch {
    return null;
  } finally {
    await reader.close();
  }
}
