import { foldCase } from '../../../../shared/base/compare.ts';
import { quote } from '../../../../shared/base/limits.ts';
import { UNKNOWN_MOMENT, type ConfigChange, type Severity } from '../../../../shared/model/index.ts';
import { entryAttribute, originOf, sectionName } from '../../../components/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { groupBy } from '../../group-by.ts';
import type { FindingDraft } from '../../rule.ts';
import { between, distinctRefs } from '../../words.ts';

/** A value that loads or admits code, as one state of an entry has it. */
interface Loads {
  readonly setting: string;
  readonly value: string;
  /** Of a value that came and went. */
  readonly severity: Severity;
  /** ATT&CK id beside those of the rule. */
  readonly attack: string | null;
}

const PROFILER = /^(?:COR|CORECLR)_(?:PROFILER|ENABLE_PROFILING)|^DOTNET_STARTUP_HOOKS$|^APPDOMAIN_MANAGER_/i;
const ADMITS = ['notListedIsapisAllowed', 'notListedCgisAllowed'] as const;
const isOpen = (value: string | null): boolean => value !== null && /^(?:true|1)$/i.test(value.trim());

/** What an entry of the copies loads or admits beside the lists of components; values that IIS or a known product sets are left out. */
function loadsOf(change: ConfigChange, text: string | null): Loads[] {
  if (text === null || change.name.startsWith('<')) return [];
  const get = (name: string): string => entryAttribute(text, name) ?? '';
  const foreign = (name: string, written: { readonly image?: string; readonly value?: string }): boolean =>
    originOf({ kind: 'other', section: change.section, name, image: written.image ?? null, type: null, value: written.value ?? null }).origin === 'unknown';
  const file = (setting: string, value: string, severity: Severity, attack: string | null, name = setting): Loads[] =>
    value !== '' && foreign(name, { image: value }) ? [{ setting, value, severity, attack }] : [];
  if (change.kind === 'environment-variable') {
    const value = get('value');
    return PROFILER.test(change.name) && value !== '' && foreign(change.name, { value }) ? [{ setting: change.name, value, severity: 'medium', attack: 'T1574.012' }] : [];
  }
  if (change.kind === 'pool') {
    const loader = get('managedRuntimeLoader');
    return [...(foldCase(loader) === 'WEBENGINE4.DLL' ? [] : file('managedRuntimeLoader', loader, 'high', 'T1574.001')), ...file('CLRConfigFile', get('CLRConfigFile'), 'medium', null)];
  }
  if (sectionName(change.section) === 'isapiCgiRestriction') {
    return ADMITS.filter((name) => isOpen(get(name))).map((setting) => ({ setting, value: get(setting), severity: 'medium', attack: null }));
  }
  return sectionName(change.section) === 'httpCompression' ? file(`${change.name} dll`, get('dll'), 'medium', null, change.name) : [];
}

const sameValue = (a: Loads, b: Loads): boolean => a.setting === b.setting && foldCase(a.value) === foldCase(b.value);
const has = (of: readonly Loads[], one: Loads): boolean => of.some((other) => sameValue(other, one));

/** `applicationPools, ShopPool`; a section of the whole server by its name alone. */
function whereOf({ section, scope, name }: ConfigChange): string {
  return [...new Set([sectionName(section), scope === 'server' ? name : scope])].map((part) => quote(part)).join(', ');
}

/** Settings that loaded or admitted code in a copy and do not now: they work without an entry in any list of components. */
export function removedSettings({ changes, copies }: RuleFacts): FindingDraft[] {
  const files = new Map(copies.map((copy) => [copy.id, copy]));
  const told = changes.filter((c) => c.what !== 'reordered' && c.refs.length > 0);
  const groups = groupBy(told, (c) => [files.get(c.from)?.of ?? '', c.section, c.scope, c.name].join('\u0000'));
  return [...groups].flatMap(([subject, own]) => {
    const last = own.at(-1);
    const now = last === undefined ? [] : loadsOf(last, last.after);
    const lost = new Map<string, FindingDraft>();
    for (const gone of own) {
      const after = loadsOf(gone, gone.after);
      for (const one of loadsOf(gone, gone.before)) {
        if (has(after, one) || has(now, one)) continue;
        const came = own.find((c) => has(loadsOf(c, c.after), one) && !has(loadsOf(c, c.before), one));
        const copy = files.get(came?.to ?? gone.from);
        lost.set(`${one.setting}\u0000${foldCase(one.value)}`, {
          severity: came === undefined ? 'low' : one.severity,
          title: `${one.setting} "${quote(one.value)}" (${whereOf(gone)}) was removed ${between(gone)} of the configuration`,
          component: null,
          subject: [subject, one.setting, one.value].join('\u0000'),
          supports: [came === undefined ? 'It is in the oldest copy that has the entry.' : `It came ${between(came)}.`, `The entry was: ${(gone.before ?? '').slice(0, 300)}`],
          refutes: ['A monitoring, compression or hosting product set it, and its removal is on record.'],
          refs: distinctRefs([...(came?.refs ?? []), ...gone.refs]),
          attack: ['T1070', ...(one.attack === null ? [] : [one.attack])],
          first: copy === undefined ? UNKNOWN_MOMENT : { ...copy.moment, order: copy.order },
        });
      }
    }
    return [...lost.values()];
  });
}
