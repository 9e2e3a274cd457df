import type { Server } from '../../../shared/model/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import type { LogArtifact } from '../../artifacts/kit/definition.ts';
import { logArtifacts } from '../../artifacts/registry.ts';
import type { CaseModel, ServerModel } from '../model/case-model.ts';
import type { ReadingContext } from './context.ts';
import { countedOnce } from './earlier-logs.ts';
import { nameOf, placeOf, type Inventory, type ManifestFile } from './inventory.ts';
import { readHead } from './read-file.ts';
import type { LogTask } from './recognise.ts';

/** A log and the site that wrote it, as far as folder and configuration tell. */
export interface SiteLog { readonly file: ManifestFile; readonly server: string | null; readonly site: string | null }

/**
 * Logs by place, and every file of a configured log directory whatever its name; newest names first, because the days
 * around the answer are usually the last ones.
 */
export async function siteLogs(ctx: ReadingContext, inventory: Inventory, model: CaseModel, tasks: readonly LogTask[]): Promise<SiteLog[]> {
  const logs = new Map<string, SiteLog>();
  const readable: LogTask[] = [];
  for (const task of tasks) {
    if (await isOtherFormat(ctx, task)) task.file.artifact = null;
    else readable.push(task);
  }
  const counted = await countedOnce(ctx, inventory, readable);
  for (const { file, siteId } of counted.tasks) {
    const server = file.server ?? counted.servers.get(file.evidencePath) ?? null;
    logs.set(file.evidencePath, { file, server, site: siteOf(model, server, siteId) });
  }
  const [artifact] = logArtifacts();
  for (const server of model.servers) for (const extra of await configuredLogs(ctx, inventory, server, logs, artifact)) logs.set(extra.file.evidencePath, extra);
  return [...logs.values()].sort(compareBy((l) => l.file.evidencePath)).reverse();
}

/** Names that IIS gives its own format (`in`), NCSA (`nc`) and FTP logs; what they hold is not read, and that is said. */
const OTHER_NAME = /^(?:u_)?(?:in|nc)\d/i;

async function isOtherFormat(ctx: ReadingContext, { file, artifact }: LogTask): Promise<boolean> {
  if (file.size === 0) return false;
  const head = await readHead(ctx, file, artifact.headBytes);
  if (head === null || artifact.looksLike(head)) return false;
  const name = nameOf(file.evidencePath);
  // A W3C name with a damaged head is read all the same: its rows may follow.
  if (/^(?:u_)?ex/i.test(name) && !OTHER_NAME.test(name)) return false;
  ctx.problems.add(placeOf(file), file.server, { kind: 'unsupported', message: 'This log is not in W3C extended format (it may be IIS, NCSA or another format); it was listed and not read.' });
  return true;
}

function siteOf(model: CaseModel, id: string | null, siteId: number | null): string | null {
  const server: Server | undefined = model.servers.find((s) => s.server.id === id)?.server;
  return server?.sites.find((s) => s.id === siteId)?.name ?? null;
}

async function configuredLogs(ctx: ReadingContext, inventory: Inventory, { server, host }: ServerModel, known: ReadonlyMap<string, SiteLog>, artifact: LogArtifact | undefined): Promise<SiteLog[]> {
  const found: SiteLog[] = [];
  for (const site of server.sites) {
    for (const entry of host?.view.below(site.logDirectory.path ?? '') ?? []) {
      const file = inventory.files.get(entry.evidencePath);
      if (file === undefined || known.has(entry.evidencePath) || file.size === 0 || artifact === undefined) continue;
      const head = await readHead(ctx, file, artifact.headBytes);
      if (head === null || !artifact.looksLike(head)) continue;
      file.artifact = artifact.id;
      found.push({ file, server: file.server, site: site.name });
    }
  }
  return found;
}
