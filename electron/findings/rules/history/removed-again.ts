import { quote } from '../../../../shared/base/limits.ts';
import { mainLine, UNKNOWN_MOMENT, type ComponentKind, type ConfigChange, type FileStatus, type Severity } from '../../../../shared/model/index.ts';
import { entryAttribute, originOf, sectionName } from '../../../components/index.ts';
import { canonicalImage, folderTrust, typeKey } from '../../../knowledge/index.ts';
import { groupBy } from '../../group-by.ts';
import type { RuleFacts } from '../../facts.ts';
import { rule, type FindingDraft } from '../../rule.ts';
import { between, capital, copyWords, distinctRefs, kindWords } from '../../words.ts';
import { removedSettings } from './removed-settings.ts';
import { REMOVED_AGAIN } from '../../texts/history.ts';

const FILE_WORDS: Readonly<Record<FileStatus, string>> = {
  present: 'Its file is in the evidence.',
  absent: 'Its file is not in its folder, which was collected.',
  'not-collected': 'Its file was not collected.',
  'not-a-file': 'What it names is no file.',
  none: 'It names a type and no file.',
};

interface Past { readonly kind: ComponentKind; readonly image: string | null; readonly type: string | null }

/** What an entry of a copy was, from its attributes; null for settings and for entries that name no code. */
function pastOf(change: ConfigChange, text: string | null): Past | null {
  if (text === null || change.name.startsWith('<')) return null;
  const get = (name: string): string | null => entryAttribute(text, name);
  const type = get('type') === '' ? null : get('type');
  switch (sectionName(change.section)) {
    case 'globalModules':
      return { kind: 'native-module', image: get('image'), type: null };
    case 'isapiFilters':
      return { kind: 'isapi-filter', image: get('path'), type: null };
    // Without a type it is the other half of a native module, which is told with its globalModules entry.
    case 'modules':
    case 'httpModules':
      return type === null ? null : { kind: 'managed-module', image: null, type };
    case 'handlers':
    case 'httpHandlers': {
      const image = get('scriptProcessor');
      if (type !== null) return { kind: 'managed-handler', image: null, type };
      if (image === null || image === '') return null;
      return { kind: /\.exe(?:\||$)/i.test(image) ? 'cgi' : 'isapi-extension', image: image.split('|', 1)[0] ?? image, type: null };
    }
    case 'Filters':
      return { kind: 'isapi-filter', image: get('FilterPath'), type: null };
    case 'ScriptMaps': {
      const image = get('ScriptMaps')?.split(',')[1]?.trim() ?? '';
      return image === '' ? null : { kind: /\.dll$/i.test(image) ? 'isapi-extension' : 'cgi', image, type: null };
    }
    default:
      return null;
  }
}

function severityFor(kind: ComponentKind, image: string | null, cameToo: boolean): Severity {
  const native = kind === 'native-module' || kind === 'isapi-filter' || kind === 'isapi-extension';
  if (!cameToo) return 'low';
  if (!native) return 'low';
  const trust = image === null ? 'system' : folderTrust(image);
  return trust === 'system' || trust === 'program' ? 'medium' : 'high';
}

/** One state of an entry that names code which the file in force does not name there. */
interface Lost {
  readonly own: readonly ConfigChange[];
  readonly past: Past;
  /** The change that took it away, and the one that brought it; undefined where the oldest copy has it. */
  readonly gone: ConfigChange;
  readonly came: ConfigChange | undefined;
}

const codeOf = (past: Past | null): string => (past === null ? '' : past.type !== null ? `type ${typeKey(past.type)}` : `image ${canonicalImage(past.image ?? '')}`);
const beforeOf = (c: ConfigChange): Past | null => pastOf(c, c.before);
const afterOf = (c: ConfigChange): Past | null => pastOf(c, c.after);

/** What an entry named in earlier copies and does not name now: it was removed, or other code was put in its place again. */
function lostStates(own: readonly ConfigChange[]): Lost[] {
  const last = own.at(-1);
  if (last === undefined || (last.what !== 'removed' && last.after === null)) return [];
  const now = codeOf(afterOf(last));
  const lost = new Map<string, Lost>();
  for (const gone of own) {
    const past = beforeOf(gone);
    const code = codeOf(past);
    if (past === null || code === now || code === codeOf(afterOf(gone)) || originOf({ ...past, name: gone.name }).origin !== 'unknown') continue;
    const came = own.find((c) => codeOf(afterOf(c)) === code);
    // Code that other code took the place of, once: a product that was updated.
    if (came === undefined && gone.what === 'changed') continue;
    lost.set(code, { own, past, gone, came });
  }
  return [...lost.values()];
}

const sentence = (c: ConfigChange): string => (c.what === 'added' ? `It was added ${between(c)}.` : `It was put in the place of other code ${between(c)}.`);

function goneWords({ gone }: Lost): string {
  if (gone.to.startsWith('absent:')) return 'The file that had it is not there any more.';
  if (gone.what === 'changed') return `Other code is in its place since ${copyWords(gone.to)}.`;
  return gone.to === 'live' || gone.to.startsWith('live:') ? 'It is not in the file in force.' : `It is not in ${copyWords(gone.to)} nor later.`;
}

function draft(lost: Lost, { copies, images }: RuleFacts, supports: readonly string[], title: string): FindingDraft {
  const { past, gone, came, own } = lost;
  const { kind, image } = past;
  const file = image === null ? null : images.lookup(image, 64);
  const first = copies.find((c) => c.id === (came === undefined || came === gone ? gone.from : came.to));
  const found = file?.file ?? null;
  return {
    severity: severityFor(kind, image, came !== undefined),
    title,
    component: null,
    subject: [entryOf(gone), ...(gone.what === 'changed' ? [codeOf(past)] : [])].join('\u0000'),
    supports: [
      ...supports,
      ...(gone.before === null ? [] : [`The entry was: ${gone.before.slice(0, 300)}`]),
      found === null ? FILE_WORDS[file?.status ?? 'none'] : `Its file is still in the evidence: SHA-256 ${found.sha256}.`,
    ],
    refutes: ['The removal of a product at that time is on record.'],
    refs: distinctRefs([...own.flatMap((c) => c.refs), ...(found === null ? [] : [{ path: found.path, evidencePath: found.evidencePath, offset: 0, sha256: found.sha256 }])]),
    attack: ['T1070'],
    first: first === undefined ? UNKNOWN_MOMENT : { ...first.moment, order: first.order },
  };
}

const entryOf = (c: ConfigChange): string => `${c.section}\u0000${c.scope}\u0000${c.name}`;
const named = (c: ConfigChange, { kind, image, type }: Past): string => `${capital(kindWords(kind))} "${c.name}"${image === null && type === null ? '' : ` (${image ?? type ?? ''})`}`;

/** Entries of a pool's copy that neither the file in force nor any saved copy has: they came and went between two of them. */
function fromPools(facts: RuleFacts): FindingDraft[] {
  const { changes, poolChanges = [], copies, registrations } = facts;
  // With the file in force alone nothing says that the entry came lately.
  if (mainLine(copies).length < 2) return [];
  const known = new Set([...changes.map(entryOf), ...registrations.map((r) => `${r.section}\u0000${r.scope.slice(r.scope.indexOf(':') + 1)}\u0000${r.name ?? ''}`)]);
  const byEntry = groupBy(poolChanges.filter((c) => c.what === 'removed' && !known.has(entryOf(c))), entryOf);
  return [...byEntry.values()].flatMap((own) => {
    const [gone] = own;
    const past = gone === undefined ? null : beforeOf(gone);
    if (gone === undefined || past === null || originOf({ ...past, name: gone.name }).origin !== 'unknown') return [];
    const pools = own.map((c) => copyWords(c.from));
    const supports = [`${capital(pools.slice(0, 5).join(', '))}${pools.length > 5 ? ` and ${pools.length - 5} more have` : pools.length > 1 ? ' have' : ' has'} it: it was loaded.`, 'Neither the file in force nor a saved copy has it: it came and went between two of them.'];
    return [draft({ own, past, gone, came: gone }, facts, supports, `${named(gone, past)} came and went between two saved copies of the configuration`)];
  });
}

/** Entries that were there for a while: a clean-up leaves them in the copies. */
export const removedAgain = rule(
  'removed-again',
  REMOVED_AGAIN,
  (facts) => {
    const files = new Map(facts.copies.map((c) => [c.id, c.of ?? '']));
    const byEntry = groupBy(facts.changes.filter((c) => c.what !== 'reordered'), (c) => `${files.get(c.from) ?? ''}\u0000${entryOf(c)}`);
    const fromCopies = [...byEntry.values()].flatMap(lostStates).map((lost) => {
      const { gone, came, past } = lost;
      const supports = [came === undefined ? 'It is in the oldest copy that has the section.' : sentence(came), goneWords(lost)];
      const title = gone.to.startsWith('absent:')
        ? `${named(gone, past)} stood in ${quote(gone.to.slice('absent:'.length))}, which is not there any more`
        : `${named(gone, past)} was ${gone.what === 'changed' ? 'replaced' : 'removed'} ${between(gone)} of the configuration`;
      return draft(lost, facts, supports, title);
    });
    return [...fromCopies, ...fromPools(facts), ...removedSettings(facts)];
  },
);
