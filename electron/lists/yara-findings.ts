import { quote } from '../../shared/base/limits.ts';
import type { AnalystList, Component, EvidenceRef, Finding, YaraMatch } from '../../shared/model/index.ts';
import { findingOf, placesOf, subjectOf } from './finding-of.ts';

/** A file of the evidence by its content; the same content may lie at several places. */
export interface FileOfContent { readonly path: string | null; readonly evidencePath: string; readonly server: string | null; readonly components: readonly Component[] }

const MAX_STRINGS = 6;

/** One finding for each place of a file in which rules of a list matched, however many rules. */
export function yaraFindings(matches: readonly YaraMatch[], lists: ReadonlyMap<string, Pick<AnalystList, 'id' | 'name' | 'engine'>>, filesOf: (sha256: string) => readonly FileOfContent[], server: string): Finding[] {
  return matches.flatMap((match) => {
    const list = lists.get(match.list);
    if (list === undefined || match.rules.length === 0) return [];
    return filesOf(match.sha256).flatMap((file) => {
      const owners: readonly (Component | null)[] = file.components.length === 0 ? [null] : file.components;
      return owners.map((component) => ofFile(match, list, file, component, server));
    });
  });
}

function ofFile({ rules, sha256 }: YaraMatch, list: Pick<AnalystList, 'id' | 'name' | 'engine'>, file: FileOfContent, component: Component | null, server: string): Finding {
  const where = file.path ?? file.evidencePath;
  const place = { path: file.path, evidencePath: file.evidencePath, sha256 };
  const strings: EvidenceRef[] = rules.flatMap((r) => r.strings.slice(0, MAX_STRINGS).map(({ offset, length }) => ({ ...place, offset, length })));
  const names = rules.slice(0, 3).map((r) => r.rule).join(', ') + (rules.length > 3 ? ` and ${rules.length - 3} more` : '');
  const what = component === null ? `The file ${quote(where)}` : subjectOf(component);
  return findingOf({
    list: list.id, rule: 'yara-match', server: component?.server ?? file.server ?? server, component, subject: `${list.id} ${file.evidencePath}`,
    // Whoever wrote the rule knows what it means; all that is known here is that it matched.
    severity: component !== null && component.origin === 'unknown' ? 'medium' : 'low',
    title: `${what.charAt(0).toUpperCase()}${what.slice(1)} matches ${rules.length === 1 ? 'the rule' : `${rules.length} rules`} ${quote(names, 120)} of "${quote(list.name, 60)}"`,
    supports: [...rules.flatMap(ruleWords), `Searched with ${list.engine ?? 'YARA'}; the file is ${where}, SHA-256 ${sha256}.`],
    refutes: ['The rule is broad and matches honest programs too: what its strings stand for in this file decides.', ...(component !== null && component.origin !== 'unknown' ? [`The baseline knows the component: ${component.originReason}.`] : [])],
    refs: [...strings, ...(strings.length > 0 ? [] : [{ ...place, offset: 0 }]), ...(component === null ? [] : placesOf(component))],
  });
}

function ruleWords({ rule, file, meta, tags, strings, capped }: YaraMatch['rules'][number]): string[] {
  const told = meta.filter((m) => /^(?:description|desc|info|author|reference|score|severity)$/i.test(m.name)).slice(0, 4).map((m) => `${m.name}: ${quote(m.value)}`);
  const at = strings.slice(0, MAX_STRINGS).map((s) => `${s.id} at offset ${s.offset}`).join(', ');
  const more = strings.length - MAX_STRINGS;
  const met = strings.length === 0 ? 'its condition holds; no string of it is needed or shown' : `${at}${more > 0 || capped ? ` and ${capped ? 'many' : more} more` : ''}`;
  return [`Rule ${quote(rule, 100)}${tags.length === 0 ? '' : ` (${quote(tags.join(' '), 80)})`} of ${quote(file, 100)}: ${met}.${told.length === 0 ? '' : ` The rule says ${told.join('; ')}.`}`];
}
