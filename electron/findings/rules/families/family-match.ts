import { compareBy } from '../../../../shared/base/compare.ts';
import { SEVERITIES, type Component, type Family, type FamilyTrait, type Severity, type TraitHit } from '../../../../shared/model/index.ts';
import type { ImageFacts } from '../../../components/index.ts';
import { familyOf, fileTraits, namesOf, registeredTraits } from '../../../knowledge/index.ts';
import { groupBy } from '../../group-by.ts';
import type { FamilyRows } from './family-logs.ts';

export interface MetTrait { readonly trait: FamilyTrait; readonly hits: readonly TraitHit[] }

/** How the traits of one family fit one file. */
export interface FamilyMatch {
  readonly family: Family;
  readonly met: readonly MetTrait[];
  /** Traits of the name, the file's name or its place. */
  readonly named: readonly FamilyTrait[];
  readonly missing: readonly FamilyTrait[];
  readonly rows: FamilyRows | null;
  /** Strong traits at different places, rows with an exact text among them; weak ones at still other places, and names. */
  readonly strong: number;
  readonly weak: number;
  /** Weak ones in the file alone. */
  readonly weakInFile: number;
  readonly severity: Severity | null;
  /** What raised or lowered the severity, in sentences. */
  readonly reasons: readonly string[];
}

/** Weak traits in the file that together say something, where no strong one does. */
const MANY_WEAK = 4;

const rank = (s: Severity | null): number => (s === null ? SEVERITIES.length : SEVERITIES.indexOf(s));

/** Two traits of one text are one place; a fact of the whole file is one of its own. */
const placeOf = ({ trait, hits }: MetTrait): string => (hits[0] === undefined || hits[0].encoding === 'fact' ? `fact ${trait.id}` : `text ${hits[0].text}`);

function bySums(strong: number, weak: number, weakInFile: number): Severity | null {
  if (strong >= 3) return 'high';
  if (strong === 2 || (strong === 1 && weak >= 2)) return 'medium';
  return strong === 1 || weakInFile >= MANY_WEAK ? 'low' : null;
}

const RAISED: Readonly<Record<Severity, Severity>> = { info: 'info', low: 'medium', medium: 'high', high: 'high' };
const LOWERED: Readonly<Record<Severity, Severity>> = { info: 'info', low: 'low', medium: 'low', high: 'medium' };

/** A file whose signature holds is somebody's by name: products that look for such code carry the same texts. */
function weighed(base: Severity, strong: number, family: Family, component: Component | null, image: ImageFacts, signer: boolean): { readonly severity: Severity; readonly reasons: readonly string[] } {
  const status = image.authenticode?.status ?? 'not-checked';
  if ((status === 'valid' || status === 'catalog') && !signer) {
    const known = component !== null && component.origin !== 'unknown';
    return {
      severity: known ? 'low' : LOWERED[base],
      reasons: [`Its signature holds${known ? ' and it is registered as a known product is' : ''}, which lowers the severity: software that looks for such code carries the same texts.`],
    };
  }
  if (strong > 0 && component !== null && component.origin === 'unknown' && family.kinds.includes(component.kind)) {
    return { severity: RAISED[base], reasons: [`It is a ${component.kind}, as this family is, is neither part of IIS nor of a known product, and no valid signature vouches for it: together with the traits this raises the severity.`] };
  }
  return { severity: base, reasons: [] };
}

function matchOf(family: Family, hits: readonly TraitHit[], image: ImageFacts, component: Component | null, rows: FamilyRows | null): FamilyMatch {
  const byTrait = groupBy(hits, (hit) => hit.trait);
  const all = fileTraits(family);
  const met = all.flatMap((trait): MetTrait[] => (byTrait.has(trait.id) ? [{ trait, hits: byTrait.get(trait.id) ?? [] }] : []));
  const path = image.place.path ?? image.place.evidencePath;
  const named = component === null ? registeredTraits(family, { path, module: null }) : registeredTraits(family, namesOf(component, path));
  const strongPlaces = new Set(met.filter(({ trait }) => trait.weight === 'strong').map(placeOf));
  const weakPlaces = new Set(met.filter(({ trait }) => trait.weight === 'weak').map(placeOf).filter((place) => !strongPlaces.has(place)));
  const inLog = strongPlaces.size === 0 ? null : rows;
  const strong = strongPlaces.size + (inLog?.exact === true ? 1 : 0);
  const weak = weakPlaces.size + named.length + (inLog !== null && !inLog.exact ? 1 : 0);
  const base = bySums(strong, weak, weakPlaces.size);
  const { severity, reasons } = base === null
    ? { severity: null, reasons: [] }
    : weighed(base, strong, family, component, image, met.some(({ trait }) => trait.where === 'signer'));
  return { family, met, named, missing: all.filter((trait) => !byTrait.has(trait.id)), rows, strong, weak, weakInFile: weakPlaces.size, severity, reasons };
}

/**
 * Every family of which a file has a trait, the best fit first.
 * @param rows what the logs have of the triggers of families, by family
 */
export function familyMatches(image: ImageFacts, component: Component | null, rows: ReadonlyMap<string, FamilyRows>): FamilyMatch[] {
  return [...groupBy(image.traits ?? [], (hit) => hit.family)]
    .flatMap(([id, hits]) => {
      const family = familyOf(id);
      return family === null ? [] : [matchOf(family, hits, image, component, rows.get(id) ?? null)];
    })
    .sort(compareBy((m) => rank(m.severity), (m) => -m.strong, (m) => -m.weak, (m) => m.family.id));
}

/** Whether a match has a strong trait at a place where the other has none: it says something of its own. */
export function saysMore(match: FamilyMatch, than: FamilyMatch): boolean {
  const places = new Set(than.met.map(placeOf));
  return match.met.some((m) => m.trait.weight === 'strong' && !places.has(placeOf(m)));
}
