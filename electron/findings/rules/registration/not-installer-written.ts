import { foldCase } from '../../../../shared/base/compare.ts';
import { UNKNOWN_MOMENT, type Component, type Severity } from '../../../../shared/model/index.ts';
import { attributeOf, sectionName, type RawRegistration } from '../../../components/index.ts';
import { STOCK } from '../../../knowledge/index.ts';
import { groupBy } from '../../group-by.ts';
import type { RuleFacts } from '../../facts.ts';
import { notFound, rule, type FindingDraft } from '../../rule.ts';
import { Subject, distinctRefs, lineOf, refsOf, registrationRef } from '../../words.ts';

type Line = Component['registrations'][number];
/** Lines of the first stock entry of each list of each file. */
type Firsts = ReadonlyMap<string, number>;

const LISTS: ReadonlySet<string> = new Set(['globalModules', 'modules']);
const listOf = (r: Pick<Line, 'evidencePath' | 'section' | 'scope'>): string => `${r.evidencePath}\u0000${sectionName(r.section)}\u0000${r.scope}`;
const isServerList = (r: Pick<Line, 'section' | 'scope'>): boolean => r.scope === 'server' && LISTS.has(sectionName(r.section));
const isLocked = (r: Pick<Line, 'attributes'>): boolean => attributeOf(r, 'lockItem') === 'true';
/** The half of a native module in `<modules>`. */
const enables = (r: Pick<Line, 'section' | 'scope' | 'attributes'>): boolean => isServerList(r) && sectionName(r.section) === 'modules' && (attributeOf(r, 'type') ?? '') === '';

const firsts = new WeakMap<RuleFacts['registrations'], Firsts>();

function stockFirsts({ registrations }: Pick<RuleFacts, 'registrations'>): Firsts {
  const known = firsts.get(registrations);
  if (known !== undefined) return known;
  const found = new Map<string, number>();
  for (const r of registrations) {
    if (r.name === null || !isServerList(r)) continue;
    const stock = sectionName(r.section) === 'globalModules' ? r.image !== null && STOCK.globalModule(r.name, r.image) : STOCK.isModuleName(r.name);
    if (stock) found.set(listOf(r), Math.min(found.get(listOf(r)) ?? r.line, r.line));
  }
  firsts.set(registrations, found);
  return found;
}

interface Odd { readonly unlocked: readonly Line[]; readonly before: readonly Line[] }

function oddOf(c: Component, facts: Pick<RuleFacts, 'registrations'>): Odd {
  const own = c.registrations.filter(isServerList);
  const first = stockFirsts(facts);
  return {
    unlocked: c.kind === 'native-module' ? own.filter((r) => enables(r) && !isLocked(r)) : [],
    before: own.filter((r) => r.line < (first.get(listOf(r)) ?? 0)),
  };
}

const isAsked = (c: Component): boolean => (c.kind === 'native-module' || c.kind === 'managed-module') && c.origin === 'unknown' && c.registrations.some(isServerList);

function ofComponent(c: Component, facts: RuleFacts): FindingDraft[] {
  const { unlocked, before } = oddOf(c, facts);
  if (unlocked.length + before.length === 0) return [];
  const severity: Severity = before.length > 0 ? 'low' : 'info';
  return [{
    severity,
    title: before.length > 0 ? `${Subject(c)} stands before the entries of Windows` : `${Subject(c)} was not written by the installer of Windows: its <modules> entry is not locked`,
    component: c,
    subject: '',
    supports: [
      ...before.map((r) => `In ${sectionName(r.section)} it stands before all entries of Windows (${lineOf(r)}): appcmd, IIS Manager and most installers append.`),
      ...unlocked.map((r) => `Its <modules> entry has no lockItem="true" (${lineOf(r)}), with which the installer of Windows writes native entries.`),
    ],
    refutes: ['The installer of a product writes its entry so: URL Rewrite, Application Request Routing and the ASP.NET Core module have none either.', 'An administrator put it first so that it sees requests before other modules.'],
    refs: distinctRefs([...[...before, ...unlocked].map(registrationRef), ...refsOf(c)]),
    first: c.firstSeen,
  }];
}

/** Stock entries that lost their lock: written again by hand, or unlocked so that a web.config can remove them. */
function ofStock(facts: RuleFacts): FindingDraft[] {
  const lines = facts.registrations.filter((r) => r.name !== null && STOCK.locksModule(r.name) && enables(r));
  return [...groupBy(lines, listOf).values()].flatMap((list): FindingDraft[] => {
    const open = list.filter((r) => !isLocked(r));
    // A file in which most are unlocked was made by another tool, or is that of IIS Express.
    if (open.length === 0 || open.length * 2 > list.length) return [];
    const removed = removedBelow(open, facts);
    return [{
      severity: removed.length > 0 ? 'low' : 'info',
      title: `${open.length === 1 ? 'The stock module' : `${open.length} stock modules,`} ${open.slice(0, 5).map((r) => `"${r.name ?? ''}"`).join(', ')} ${open.length === 1 ? 'is' : 'are'} not locked in <modules>`,
      component: null,
      subject: listOf(list[0] ?? open[0] ?? { evidencePath: '', section: '', scope: '' }),
      supports: [
        ...open.slice(0, 5).map((r) => `"${r.name ?? ''}" has no lockItem="true" (${lineOf(r)}); the ${list.length - open.length} other native entries of Windows there have it.`),
        'A web.config can remove a module that is not locked: its requests are then handled without it.',
        ...removed,
      ],
      refutes: ['An administrator unlocked it on purpose, so that one application can leave it out.', 'The entry was removed and added again with appcmd or IIS Manager, which write no lock.'],
      refs: distinctRefs(open.map(registrationRef)),
      attack: open.some((r) => r.name === 'HttpLoggingModule') ? ['T1562.002'] : [],
      first: UNKNOWN_MOMENT,
    }];
  });
}

/** Changes of the copies that say so; which web.config removes a module is told by the effective lists. */
function removedBelow(open: readonly RawRegistration[], { changes }: RuleFacts): string[] {
  const names = new Set(open.map((r) => foldCase(r.name ?? '')));
  return changes.filter((c) => c.section === 'system.webServer/modules' && c.scope !== 'server' && /^<remove\b/.test(c.after ?? '') && names.has(foldCase(c.name))).slice(0, 3)
    .map((c) => `At ${c.scope} a line that removes "${c.name}" was added.`);
}

/** How an entry stands in its list shows who wrote it. */
export const notInstallerWritten = rule(
  'not-installer-written',
  {
    title: 'Entry that the installer of Windows did not write so',
    condition: 'An unknown module of the whole server stands before all entries of Windows in globalModules or modules, or its native <modules> entry lacks lockItem="true". Or single native entries of Windows lack the lock that the others of the list have.',
    severityHow: 'low before the entries of Windows, info without a lock alone; stock entries without their lock: info, low where the copies show that an application then removed the module.',
    reference: 'Microsoft Learn, How to Use Locking in IIS 7.0 Configuration',
    version: 1,
    weight: 1,
    meaning: 'Setup of Windows writes native modules with a lock and appends in a fixed order. An entry that does not look so was written by a product, a tool or a person; an entry at the top is called first.',
    rarity: 'common without a lock: every product is; rare before the entries of Windows',
    relevance: 'low alone: it says how the entry was written, and nothing of the code',
    falsePositives: ['URL Rewrite, Application Request Routing, the ASP.NET Core module and CSP Gateway write entries without a lock; CSP Gateway also writes the first one.'],
    supportedBy: ['The history shows no installation at the time of the entry.', 'The image is unsigned or lies outside Program Files.'],
    refutedBy: ['The installer log of the product shows the same entry.'],
    attack: ['T1505.004'],
    d3fend: ['D3-SWI', 'D3-RC'],
    references: ['Microsoft Learn, How to Use Locking in IIS Configuration: https://learn.microsoft.com/iis/get-started/planning-for-security/how-to-use-locking-in-iis-configuration'],
  },
  (facts) => [...facts.components.filter(isAsked).flatMap((c) => ofComponent(c, facts)), ...ofStock(facts)],
  (c) => (isAsked(c) ? notFound('Its entries stand behind those of Windows, and a native one is locked as those of Windows are.') : null),
);
