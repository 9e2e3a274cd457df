import type { ConfigChange } from '../../../shared/model/index.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import { diffFacts } from './diff.ts';
import type { ConfigFact, CopyFacts, FactList } from './facts.ts';

/** What says nothing about the code that a pool loads. */
const OTHER_KINDS: ReadonlySet<string> = new Set(['setting', 'logging', 'site', 'application', 'directory', 'section-declaration']);

/**
 * Changes from what a pool was started with to a copy of applicationHost.config, in the entries that load code. The
 * service writes for a pool only the sites and pools that concern it, so nothing is told of what its copy leaves out as a
 * whole: other sites, other pools, sections that it does not have.
 */
export function diffPool(pool: { readonly id: string; readonly name: string; readonly facts: CopyFacts }, host: { readonly id: string; readonly facts: CopyFacts }): readonly ConfigChange[] {
  const sections = new Set<string>();
  const sites = new Set<string>();
  for (const fact of allOf(pool.facts)) {
    sections.add(fact.section);
    if (fact.kind === 'site' && fact.scope === 'server') sites.add(foldCase(fact.name));
  }
  const own = foldCase(pool.name);
  const keeps = (fact: ConfigFact): boolean => {
    if (OTHER_KINDS.has(fact.kind)) return false;
    if (fact.kind === 'pool' && fact.scope === 'server') return foldCase(fact.name) === own;
    if (fact.kind === 'pool') return foldCase(fact.scope) === own && fact.name === 'failure';
    if (fact.kind === 'environment-variable') return foldCase(fact.scope) === own;
    return sections.has(fact.section) && (fact.scope === 'server' || sites.has(foldCase(fact.scope.split('/', 1)[0] ?? '')));
  };
  return diffFacts(pool.id, restricted(pool.facts, (fact) => keeps(fact)), host.id, restricted(host.facts, keeps));
}

function* allOf(facts: CopyFacts): Generator<ConfigFact> {
  for (const list of facts.values()) yield* list.facts.values();
}

function restricted(facts: CopyFacts, keeps: (fact: ConfigFact) => boolean): CopyFacts {
  const kept = new Map<string, FactList>();
  for (const [id, list] of facts) kept.set(id, { ordered: list.ordered, facts: new Map([...list.facts].filter(([, fact]) => keeps(fact))) });
  return kept;
}
