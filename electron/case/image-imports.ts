import { z } from 'zod';
import type { Connection, Row } from '../store/store.ts';
import { documentSteps } from './document-steps.ts';
import { parsed, text } from './rows.ts';

/** What a program file takes from others: names by DLL (also of delayed imports), and assemblies. */
export interface ImageImports {
  readonly dlls: readonly { readonly dll: string; readonly names: readonly string[] }[];
  readonly assemblies: readonly string[];
}

/** One list of paths: every call of its own would parse the whole text again. */
const FIELDS = `id, to_json(json_extract(doc, ['$.facts.imports', '$.facts.delayImports', '$.facts.clr.references']))::VARCHAR as fields`;
const Dlls = z.array(z.object({ dll: z.string(), names: z.array(z.string()) }));
const Fields = z.tuple([Dlls.nullable(), Dlls.nullable(), z.array(z.string()).nullable()]);

/** By SHA-256. @param wanted the files that are asked for; null: all of the case */
export async function imageImports(connection: Connection, wanted: readonly string[] | null): Promise<ReadonlyMap<string, ImageImports>> {
  const found = new Map<string, ImageImports>();
  const add = (row: Row): void => {
    const sha256 = text(row, 'id');
    const [imports, delayed, references] = parsed(Fields, text(row, 'fields'), `pe ${sha256}`);
    found.set(sha256, { dlls: [...(imports ?? []), ...(delayed ?? [])], assemblies: references ?? [] });
  };
  if (wanted === null) for await (const rows of documentSteps(connection, 'pe', FIELDS)) rows.forEach(add);
  else for (const sha256 of new Set(wanted)) (await connection.all(`select ${FIELDS} from pe where id = $1 limit 1`, [sha256])).forEach(add);
  return found;
}
