import { z } from 'zod';
import { AnalystList, Family, ListHit, ListKind, YaraMatch } from '../model/index.ts';
import { Nothing, request } from './define.ts';

const Path = z.string().min(1).max(4096);

/** A list without its content, for the screen. */
export const ListRow = AnalystList.pick({ id: true, kind: true, name: true, from: true, sha256: true, added: true, problems: true, engine: true }).extend({
  /** Indicators, entries of a known-good list, or rule files. */
  entries: z.number().int(),
  /** Places that indicators met, files in which a rule matched, or findings that a known-good list lowered or made. */
  hits: z.number().int(),
  /** False until the findings are those of this list. */
  applied: z.boolean(),
  /** Of YARA: contents that were searched, and those that could not be. */
  searched: z.number().int(), unsearched: z.number().int(),
});
export type ListRow = z.infer<typeof ListRow>;

/** Lists and rule folders that the analyst brings; adding or removing one renews the findings that rest on lists. */
export const listRequests = {
  'list.list': request(Nothing, z.object({ lists: z.array(ListRow), yara: z.object({ program: z.string(), version: z.string() }) })),
  /** `program`: an external `yara` or `yr` for a list of rules, instead of the built-in one. */
  'list.add': request(z.object({ kind: ListKind, path: Path, name: z.string().max(200).optional(), program: Path.optional() }), ListRow),
  'list.remove': request(z.object({ id: z.string() }), Nothing),
  'list.hits': request(z.object({ id: z.string() }), z.object({ hits: z.array(ListHit), matches: z.array(YaraMatch) })),
  /** Writes a known-good list of a server of this case. */
  'list.makeKnownGood': request(z.object({ server: z.string().optional(), path: Path, replace: z.boolean().optional() }), z.object({ path: z.string(), entries: z.number().int() })),
  /** Which traits of which families stand in the file of a component and which do not. */
  'list.families': request(z.object({ component: z.string() }), z.object({
    /** `where` in words; `offset` and `length` of the bytes in that file, null and 0 for what is a name. */
    families: z.array(Family.extend({ hits: z.array(z.object({ trait: z.string(), where: z.string(), offset: z.number().int().nullable(), length: z.number().int(), evidencePath: z.string().nullable() })) })),
    /** What could not be searched, or null. */
    note: z.string().nullable(),
  })),
};
