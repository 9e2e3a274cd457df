import { compareBy, foldCase } from '../../../../shared/base/compare.ts';
import type { ParseProblem } from '../../../../shared/model/index.ts';
import { hasPackedName } from '../../../evidence/archives.ts';
import { EvidenceUnreadable, type ArchiveListing } from '../../../evidence/source.ts';
import { mapLimited } from '../../limited.ts';
import type { ReadingContext } from '../context.ts';
import { withoutParts } from './earlier.ts';
import { nameOf, placeOf, type Inventory, type ManifestFile } from '../inventory.ts';
import { logByContent, namedFormat } from './heads.ts';
import type { LogTask } from '../recognise.ts';

/** Folders that hold logs and what became of them, whatever the configuration says. */
const LOG_PLACE = /(?:^|\/)(?:(?:W3|MSFTP|FTP)SVC\d*|HTTPERR|ADVANCEDLOGS|(?:WEB|IIS|OLD|HTTP|ARCHIVED?)?[ _-]?LOG(?:FILE)?S?)\//;
/** Folders that nothing but a service of IIS makes: an archive in them is one of logs, also where no configuration tells. */
const SERVICE_PLACE = /(?:^|\/)(?:(?:W3|MSFTP|FTP)SVC\d+|HTTPERR)\//;
/** Archives that are looked into; a server has one for each rotated log at most. */
const MOST = 20_000;

/** A log that is kept in an archive. */
export interface PackedLog extends LogTask { readonly archive: ManifestFile }

/**
 * Logs in gzip files and zips: those in the log folders, those whose name or folder is a log's, and loose ones. Each is
 * listed under `<archive>/<inner name>`, with the place of the archive.
 * @param folders evidence paths of everything in the log folders
 */
export async function packedLogs(ctx: ReadingContext, inventory: Inventory, folders: ReadonlySet<string>): Promise<PackedLog[]> {
  if (ctx.source.members === undefined) return [];
  const alone = inventory.hosts.hosts.length === 0;
  const archives = [...inventory.files.values()].filter((file) => hasPackedName(file.evidencePath) && (alone || folders.has(file.evidencePath) || isLogPlace(file)));
  if (archives.length > MOST) ctx.problems.add(placeOf(archives[MOST] as ManifestFile), null, { kind: 'limit', message: `${archives.length - MOST} more archives beside logs were not looked into.` });
  const found = await mapLimited(archives.slice(0, MOST), 4, ctx.signal, (archive) => logsIn(ctx, archive, folders.has(archive.evidencePath) || SERVICE_PLACE.test(foldCase(archive.evidencePath))));
  return found.flat();
}

function isLogPlace(file: ManifestFile): boolean {
  const inner = { ...file, evidencePath: file.evidencePath.replace(/\.[^./]*$/, '') };
  return LOG_PLACE.test(foldCase(file.evidencePath)) || namedFormat(inner) !== null || namedFormat({ ...inner, evidencePath: `${inner.evidencePath}.log` }) !== null;
}

async function logsIn(ctx: ReadingContext, archive: ManifestFile, inLogFolder: boolean): Promise<PackedLog[]> {
  const told: { readonly file: ManifestFile; readonly problem: ParseProblem }[] = [];
  const listing = await listed(ctx, archive, told);
  const logs: PackedLog[] = [];
  for (const member of listing?.members ?? []) {
    if (ctx.signal.aborted) break;
    const file = memberFile(archive, member.evidencePath, member.size);
    if (member.refusal !== null) {
      told.push({ file, problem: member.refusal });
      continue;
    }
    if (member.problem !== null) told.push({ file, problem: member.problem });
    if (member.size === 0) continue;
    const place = placeOfMember(file, archive);
    const log = await logByContent(ctx, file, place) ?? promised(file, place);
    if (log !== null) logs.push({ ...log, archive });
    else if (/\.(?:log|ibl)$/i.test(file.evidencePath)) told.push({ file, problem: { kind: 'unsupported', message: 'This file of an archive is in no log format that this version reads; it was listed and not read.' } });
  }
  // An archive without a log, somewhere else, is none of ours.
  if (inLogFolder || logs.length > 0) for (const { file, problem } of told) ctx.problems.add(placeOf(file), file.server, problem);
  if (inLogFolder && logs.length === 0 && told.length === 0) {
    ctx.problems.add(placeOf(archive), archive.server, { kind: 'unsupported', message: 'This archive lies in a log folder and holds no log in a format that this version reads; it was listed and not read.' });
  }
  return logs;
}

async function listed(ctx: ReadingContext, archive: ManifestFile, told: { readonly file: ManifestFile; readonly problem: ParseProblem }[]): Promise<ArchiveListing | null> {
  try {
    const listing = await ctx.source.members?.(archive.evidencePath, ctx.signal) ?? null;
    for (const problem of listing?.problems ?? []) told.push({ file: archive, problem });
    return listing;
  } catch (error) {
    if (!(error instanceof EvidenceUnreadable)) throw error;
    told.push({ file: archive, problem: error.problem });
    return null;
  }
}

/** As if it lay unpacked beside its archive: the folder says service and site. */
function placeOfMember(file: ManifestFile, archive: ManifestFile): string {
  return archive.evidencePath.slice(0, archive.evidencePath.lastIndexOf('/') + 1) + file.evidencePath.slice(archive.evidencePath.length + 1);
}

/** A name that is a log's is read even if its head is damaged. */
function promised(file: ManifestFile, place: string): LogTask | null {
  const artifact = namedFormat(file);
  return artifact === null ? null : { file, artifact, ...(artifact.locate(place) ?? { siteId: null, source: artifact.source }) };
}

/** The manifest line of a member. Its times are those of the archive: the rotation wrote both. */
function memberFile(archive: ManifestFile, evidencePath: string, size: number): ManifestFile {
  const inner = evidencePath.slice(archive.evidencePath.length);
  return { ...archive, path: archive.path === null ? null : archive.path + inner.replaceAll('/', '\\'), evidencePath, size, sha256: null, artifact: null };
}

/**
 * Leaves out packed logs whose rows the log beside the archive has too, and the shorter of two of the same name; a
 * request is to count once.
 * @param plain logs that lie in the evidence as they are
 */
export async function withoutTwins(ctx: ReadingContext, inventory: Inventory, packed: readonly PackedLog[]): Promise<PackedLog[]> {
  const groups = new Map<string, PackedLog[]>();
  const beside = new Map<string, ManifestFile>();
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const wanted = new Set<string>();
  for (const log of packed) {
    const key = foldCase(folderOf(log.archive.evidencePath) + nameOf(log.file.evidencePath));
    wanted.add(key);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(log);
  }
  for (const file of inventory.files.values()) {
    const key = foldCase(file.evidencePath);
    if (wanted.has(key)) beside.set(key, file);
  }
  const left: PackedLog[] = [];
  for (const [key, group] of groups) left.push(...(await withoutParts(ctx, beside.get(key), group[0]?.file.server ?? null, group)));
  return left.sort(compareBy((l) => l.file.evidencePath));
}
