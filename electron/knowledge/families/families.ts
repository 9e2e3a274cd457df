import { z } from 'zod';
import { Family, type FamilyTrait, Reference } from '../../../shared/model/index.ts';
import managed from './groups/managed-back-doors.json' with { type: 'json' };
import memory from './groups/memory-and-beside.json' with { type: 'json' };
import native2021 from './groups/native-back-doors-2021.json' with { type: 'json' };
import native from './groups/native-back-doors.json' with { type: 'json' };
import references from './groups/references.json' with { type: 'json' };
import search from './groups/search-fraud.json' with { type: 'json' };

const WrittenFamily = Family.extend({ references: z.array(z.string()).min(1) }).strict();

/** A file of families as it is written. */
const Group = z.object({ title: z.string(), date: z.string(), licence: z.string(), families: z.array(WrittenFamily) }).strict();

const REFERENCES: ReadonlyMap<string, Reference> = new Map(Object.entries(z.record(z.string(), Reference.strict()).parse(references)));

const GROUPS = [native2021, search, native, managed, memory].map((group) => Group.parse(group));

function withReferences(family: z.infer<typeof WrittenFamily>): Family {
  return {
    ...family,
    references: family.references.map((id) => {
      const reference = REFERENCES.get(id);
      if (reference === undefined) throw new Error(`family ${family.id} rests on ${id}, which references.json does not have`);
      return reference;
    }),
  };
}

/** Known malicious families with their published traits. Facts, each with its source; never a verdict about a file. */
export const FAMILIES: readonly Family[] = GROUPS.flatMap((group) => group.families.map(withReferences));

/** Day of the newest file of the list; a case says by it which traits its files were searched for. */
export const FAMILIES_DATE: string = GROUPS.map((group) => group.date).reduce((a, b) => (a > b ? a : b));

const BY_ID: ReadonlyMap<string, Family> = new Map(FAMILIES.map((family) => [family.id, family]));

export const familyOf = (id: string): Family | null => BY_ID.get(id) ?? null;

const REGISTERED: ReadonlySet<FamilyTrait['where']> = new Set<FamilyTrait['where']>(['file-name', 'path', 'module-name']);

/** A trait of how the code is registered or called: anybody can choose such a name, so it never counts as strong. */
export const isOfRegistration = (trait: FamilyTrait): boolean => REGISTERED.has(trait.where);

/** Traits that a file itself has or has not. */
export const fileTraits = (family: Family): readonly FamilyTrait[] => family.traits.filter((trait) => !isOfRegistration(trait));
