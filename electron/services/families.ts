import { compareBy } from '../../shared/base/compare.ts';
import { RequestError } from '../../shared/base/result.ts';
import type { Output } from '../../shared/contract/index.ts';
import type { ComponentFile, Family } from '../../shared/model/index.ts';
import { getDocument } from '../case/documents.ts';
import { FAMILIES, namesOf, registeredTraits } from '../knowledge/index.ts';
import type { Workspace } from '../jobs/workspace.ts';

type Answer = Output<'list.families'>;
type Hit = Answer['families'][number]['hits'][number];

const ENCODED = { ascii: 'text', utf16: 'UTF-16 text', hex: 'bytes', fact: 'a fact of the file' } as const;

/**
 * The families of which a component's file, its name or its place has traits, those with most strong ones first; each with
 * all traits of the family, so that those which are not there show too.
 * @throws RequestError when the case has no such component
 */
export async function familiesOf(workspace: Workspace, id: string): Promise<Answer> {
  const { connection } = workspace.opened.file;
  const component = await getDocument(connection, 'component', id);
  if (component === null) throw new RequestError('usage', 'There is no such component in this case.');
  const hits = new Map<string, Hit[]>();
  const add = (family: string, hit: Hit): void => {
    const known = hits.get(family);
    if (known === undefined) hits.set(family, [hit]);
    else known.push(hit);
  };
  const notes: string[] = [];
  const files = [component.file, component.file32].flatMap((file): ComponentFile[] => (file === null ? [] : [file]));
  for (const file of files) {
    const document = await getDocument(connection, 'pe', file.sha256);
    const path = file.path ?? file.evidencePath;
    if (document === null) notes.push(`${path} is no program file that could be read: it was not searched.`);
    else if (document.traitsAsOf === null) notes.push(`${path} was read by a version that did not search for traits: read the evidence again.`);
    for (const { family, trait, offset, length, encoding } of document?.traits ?? []) {
      add(family, { trait, where: `${path}, ${ENCODED[encoding]}`, offset, length, evidencePath: file.evidencePath });
    }
  }
  if (files.length === 0) notes.push('No file of the component is in the evidence: nothing could be searched.');
  const names = namesOf(component, component.file?.path ?? null);
  for (const family of FAMILIES) for (const trait of registeredTraits(family, names)) add(family.id, { trait: trait.id, where: trait.where === 'module-name' ? 'its name' : 'its path', offset: null, length: 0, evidencePath: null });
  const families = FAMILIES.flatMap((family) => (hits.has(family.id) ? [{ ...family, hits: hits.get(family.id) ?? [] }] : []));
  return { families: families.sort(compareBy((f) => -count(f, f.hits, 'strong'), (f) => -count(f, f.hits, 'weak'), (f) => f.id)), note: notes.length === 0 ? null : notes.join(' ') };
}

function count({ traits }: Family, hits: readonly Hit[], weight: 'strong' | 'weak'): number {
  const met = new Set(hits.map((hit) => hit.trait));
  return traits.filter((trait) => trait.weight === weight && met.has(trait.id)).length;
}
