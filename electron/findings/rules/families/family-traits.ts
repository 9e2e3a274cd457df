import { quote } from '../../../../shared/base/limits.ts';
import { UNKNOWN_MOMENT, type Component } from '../../../../shared/model/index.ts';
import type { ImageFacts } from '../../../components/index.ts';
import { FAMILIES, fileName, fileTraits, namesOf, registeredTraits } from '../../../knowledge/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { imageOf } from '../../image-of.ts';
import { notEvaluable, notFound, rule, type FindingDraft, type Seen } from '../../rule.ts';
import { distinctRefs, fileWords, refsOf, registeredWords, subjectOf } from '../../words.ts';
import { familyRows } from './family-logs.ts';
import { familyMatches, saysMore, type FamilyMatch } from './family-match.ts';
import { alsoSentence, missingSentence, supportSentences, titleWords, traitRefs } from './family-words.ts';
import { FAMILY_TRAITS } from './text.ts';

const SEARCHED = FAMILIES.reduce((n, family) => n + fileTraits(family).length, 0);
/** Other families that are told beside the one that fits best. */
const MAX_BESIDE = 5;

/** The components of each file, registered ones first. */
function byFile(components: readonly Component[]): ReadonlyMap<string, readonly Component[]> {
  const out = new Map<string, Component[]>();
  const add = (component: Component, evidencePath: string | undefined): void => {
    if (evidencePath === undefined) return;
    const known = out.get(evidencePath);
    if (known === undefined) out.set(evidencePath, [component]);
    else if (known.at(-1) !== component) known.push(component);
  };
  for (const registered of [true, false]) {
    for (const c of components) {
      if (c.registrations.length > 0 !== registered) continue;
      add(c, c.file?.evidencePath);
      add(c, c.file32?.evidencePath);
    }
  }
  return out;
}

function draftOf(match: FamilyMatch, beside: readonly FamilyMatch[], image: ImageFacts, components: readonly Component[]): FindingDraft[] {
  const { file, place } = image;
  const { severity } = match;
  if (file === null || severity === null) return [];
  const [component = null, ...others] = components;
  const path = place.path ?? place.evidencePath;
  return [{
    severity,
    title: `File ${quote(fileName(path.replaceAll('/', '\\')))} ${titleWords(match)}`,
    component,
    subject: `${place.evidencePath}\u0000${match.family.id}`,
    supports: [
      ...supportSentences(match),
      ...beside.slice(0, MAX_BESIDE).map(alsoSentence),
      ...(component === null ? [`Nothing registers the file ${quote(path)}, and IIS could not load it as a component by what it exports. SHA-256 ${file.sha256}.`] : [...registeredWords(component), fileWords(component)]),
      ...(others.length === 0 ? [] : [`The same file is that of ${others.slice(0, 3).map(subjectOf).join(', ')}${others.length > 3 ? ` and ${others.length - 3} more` : ''}.`]),
    ],
    refutes: [missingSentence(match), 'Software that looks for such code, or that shares a library or sample with it, has the same traits: a valid signature or a fresh installation with the same hash shows it.', 'Traits name no family: the behaviour has to be examined.'],
    refs: distinctRefs([...traitRefs(match, file), ...(match.rows?.refs ?? []), ...(component === null ? [] : refsOf(component))]),
    first: component?.firstSeen ?? UNKNOWN_MOMENT,
    weight: severity === 'high' || severity === 'medium' ? 2 : 1,
  }];
}

async function drafts(facts: RuleFacts): Promise<FindingDraft[]> {
  const images = facts.images.all.filter((image) => (image.traits?.length ?? 0) > 0);
  if (images.length === 0) return [];
  const [components, rows] = [byFile(facts.components), await familyRows(facts)];
  return images.flatMap((image) => {
    const own = components.get(image.place.evidencePath) ?? [];
    const [best, ...rest] = familyMatches(image, own[0] ?? null, rows).filter((m) => m.severity !== null);
    if (best === undefined) return [];
    const grave = rest.filter((m) => m.severity !== 'low' && saysMore(m, best));
    return [...draftOf(best, rest.filter((m) => !grave.includes(m)), image, own), ...grave.flatMap((m) => draftOf(m, [], image, own))];
  });
}

/** What was looked for in the file of a component of which nothing is told. */
function seen(component: Component, { images }: RuleFacts): Seen | null {
  if (component.file === null) return notEvaluable('Its file is not in the evidence: nothing could be searched for traits.');
  const image = imageOf(images, component.file);
  if (image === null || image.pe === null || image.traits === undefined) return notEvaluable('Its file is no program file that could be read, so it was not searched for traits.');
  const names = FAMILIES.flatMap((family) => registeredTraits(family, namesOf(component, image.place.path)).map((trait) => `${trait.value} (${family.name})`));
  const met = familyMatches(image, component, new Map()).flatMap((m) => m.met.map(({ trait }) => `"${quote(trait.value, 60)}" (${m.family.name}, ${trait.weight})`));
  return notFound(
    `Its file was searched for ${SEARCHED} published traits of ${FAMILIES.length} families: ${met.length === 0 ? 'it has none' : `it has ${met.slice(0, 8).join(', ')}, which is too little to tell`}.`,
    ...(names.length === 0 ? [] : [`Names that were seen with such code: ${names.join(', ')}. A name alone says nothing.`]),
  );
}

/** Published traits of known families in the files of components and in those that nothing registers. */
export const familyTraits = rule('family-traits', FAMILY_TRAITS, drafts, seen);
