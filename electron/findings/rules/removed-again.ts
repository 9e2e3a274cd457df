import { UNKNOWN_MOMENT, type ComponentKind, type ConfigChange, type FileStatus, type Severity } from '../../../shared/model/index.ts';
import { entryAttribute, originOf, sectionName } from '../../components/index.ts';
import { folderTrust } from '../../knowledge/index.ts';
import { groupBy } from '../group-by.ts';
import { rule } from '../rule.ts';
import { between, capital, distinctRefs, kindWords } from '../words.ts';

const FILE_WORDS: Readonly<Record<FileStatus, string>> = {
  present: 'Its file is in the evidence.',
  absent: 'Its file is not in its folder, which was collected.',
  'not-collected': 'Its file was not collected.',
  'not-a-file': 'What it names is no file.',
  none: 'It names a type and no file.',
};

interface Past { readonly kind: ComponentKind; readonly image: string | null; readonly type: string | null }

/** What an entry of a copy was, from its attributes; null for settings and for entries that name no code. */
function pastOf(change: ConfigChange): Past | null {
  const text = change.before;
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

/** Entries that were there for a while: a clean-up leaves them in the copies. */
export const removedAgain = rule(
  'removed-again',
  {
    title: 'Component that was removed from the configuration',
    condition: 'An earlier copy of the configuration has an entry that is neither stock nor of a known product, and the file in force has not.',
    severityHow: 'Native code that came and went within the copies: medium, high outside Windows and Program Files. Entries that only went, and managed types: low.',
    reference: 'ATT&CK T1070 (Indicator Removal); Microsoft Learn, Using Configuration History with IIS 7',
  },
  ({ changes, copies, images }) => {
    const key = (c: ConfigChange): string => `${c.section}\u0000${c.scope}\u0000${c.name}`;
    const byEntry = groupBy(changes.filter((c) => c.what !== 'reordered'), key);
    return [...byEntry.values()].flatMap((own) => {
      const last = own.at(-1);
      if (last?.what !== 'removed') return [];
      const past = pastOf(last);
      if (past === null || originOf({ ...past, name: last.name }).origin !== 'unknown') return [];
      const { kind, image, type } = past;
      const added = own.find((c) => c.what === 'added');
      const file = image === null ? null : images.lookup(image, 64);
      const first = copies.find((c) => c.id === (added?.to ?? last.from));
      const found = file?.file ?? null;
      return [{
        severity: severityFor(kind, image, added !== undefined),
        title: `${capital(kindWords(kind))} "${last.name}"${image === null && type === null ? '' : ` (${image ?? type ?? ''})`} was removed ${between(last)} of the configuration`,
        component: null,
        subject: key(last),
        supports: [
          ...(added === undefined ? ['It is in the oldest copy that has the section.'] : [`It was added ${between(added)}.`]),
          last.to === 'live' ? 'It is not in the file in force.' : `It is not in copy ${last.to} nor later.`,
          ...(last.before === null ? [] : [`The entry was: ${last.before.slice(0, 300)}`]),
          found === null ? FILE_WORDS[file?.status ?? 'none'] : `Its file is still in the evidence: SHA-256 ${found.sha256}.`,
        ],
        refutes: ['The removal of a product at that time is on record.'],
        refs: distinctRefs([...own.flatMap((c) => c.refs), ...(found === null ? [] : [{ path: found.path, evidencePath: found.evidencePath, offset: 0, sha256: found.sha256 }])]),
        attack: ['T1070'],
        first: first === undefined ? UNKNOWN_MOMENT : { ...first.moment, order: first.order },
      }];
    });
  },
);
