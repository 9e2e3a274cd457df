import type { ConfigurationRole } from '../../artifacts/kit/definition.ts';
import type { ConfigurationFile } from '../../iis/configuration-files.ts';
import { readSchema } from '../../iis/schema/read-schema.ts';
import { mapLimited } from '../limited.ts';
import type { ReadingContext } from './context.ts';
import { placeOf, type ManifestFile } from './inventory.ts';
import { readWhole } from './read-file.ts';
import type { ConfigurationTask } from './recognise.ts';

/** A configuration file after reading: what it is and what stands in it. */
export interface ReadConfiguration {
  readonly file: ManifestFile;
  readonly role: ConfigurationRole;
  readonly configuration: ConfigurationFile;
}

/** Where the bytes of a configuration go: into the case, so that it reads the same without the evidence. */
export type KeepBytes = (contents: readonly Uint8Array[]) => Promise<unknown>;

/** Bytes that wait before they are written: one deed for many small files, flat memory for large ones. */
const KEEP_AT = 16 * 1024 * 1024;

/** Parses every configuration file and history copy; files that are none after all are left out. */
export async function readConfigurations(ctx: ReadingContext, tasks: readonly ConfigurationTask[], keep: KeepBytes): Promise<ReadConfiguration[]> {
  let done = 0;
  ctx.board.progress('configuration', 0, tasks.length);
  let waiting: Uint8Array[] = [];
  const keepAll = async (): Promise<void> => {
    const now = waiting;
    waiting = [];
    await keep(now);
  };
  const read = await mapLimited(tasks, 4, ctx.signal, async (task) => {
    const whole = await readWhole(ctx, task.file, task.artifact.maxBytes);
    ctx.board.progress('configuration', ++done, tasks.length);
    if (whole === null) return [];
    const parsed = task.artifact.parse(whole.bytes);
    const role = task.role ?? task.artifact.roleOf(parsed.document);
    // A schema counts where IIS looks for it; one that lies about elsewhere says nothing of a server.
    if (role === null || (role.kind === 'schema' && task.role === null)) {
      // Recognised by its first bytes and yet no configuration: some other XML. Damage is told, a clean stranger is not.
      if (parsed.document.root === null) ctx.problems.addAll(placeOf(task.file), task.file.server, parsed.problems);
      else task.file.artifact = role === null ? null : 'iis-schema';
      return [];
    }
    ctx.problems.addAll(placeOf(task.file), task.file.server, parsed.problems);
    waiting.push(whole.bytes);
    if (waiting.reduce((n, b) => n + b.length, 0) >= KEEP_AT) await keepAll();
    const configuration = { ...placeOf(task.file), sha256: whole.sha256, document: parsed.document };
    if (role.kind === 'schema') ctx.problems.addAll(placeOf(task.file), task.file.server, readSchema([configuration]).problems.map((p) => p.found));
    return [{ file: task.file, role, configuration }];
  });
  await keepAll();
  return read.flat();
}
