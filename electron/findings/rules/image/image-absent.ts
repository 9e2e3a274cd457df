import { foldCase } from '../../../../shared/base/compare.ts';
import { UNKNOWN_MOMENT, type Component } from '../../../../shared/model/index.ts';
import { PRE_START } from '../../../components/index.ts';
import { canonicalImage, parseTypeName } from '../../../knowledge/index.ts';
import { notEvaluable, notFound, rule, type FindingDraft } from '../../rule.ts';
import { isNative } from '../../weigh.ts';
import { Subject, distinctRefs, refsOf, registeredWords } from '../../words.ts';
import { IMAGE_ABSENT } from '../../texts/image.ts';

const MAX_NAMED = 10;

function absent(c: Component): FindingDraft {
  return {
    severity: isNative(c) || c.kind === 'managed-module' ? 'medium' : 'low',
    title: `${Subject(c)} is registered, and its ${c.file32 === null ? '' : '64-bit '}file is not in its folder`,
    component: c,
    subject: '',
    supports: [...registeredWords(c), ...(c.file32 === null ? [] : [`32-bit processes load another file, which is there: ${c.file32.path ?? c.file32.evidencePath}, SHA-256 ${c.file32.sha256}.`]), 'The folder of the file was collected and the file is not in it: it was deleted, moved, or never there.', `Baseline: ${c.originReason}.`],
    refutes: ['The product was uninstalled and left its entry behind.', 'The collection left out single files of that folder (locked or excluded).', 'For a managed type: the assembly is in the global assembly cache or is compiled at run time.'],
    refs: distinctRefs(refsOf(c)),
    attack: ['T1070'],
    first: c.firstSeen,
  };
}

/** One key for the entries that lead to one file: the image, or the assembly of a type. */
function fileOf(c: Component): string {
  if (c.image !== null) return canonicalImage(c.image);
  return c.type === null ? (c.name ?? '') : `assembly ${foldCase(parseTypeName(c.type).assembly ?? '')}`;
}

const files = (n: number): string => `${n} ${n === 1 ? 'file' : 'files'}`;

/** `Not collected: 13 files that the configuration names; 39 more are not in their collected folders`. */
function titleOf(never: number, gone: number): string {
  if (never === 0) return `Not in their collected folders: ${files(gone)} that the configuration names`;
  return `Not collected: ${files(never)} that the configuration names${gone === 0 ? '' : `; ${gone} more ${gone === 1 ? 'is' : 'are'} not in ${gone === 1 ? 'its' : 'their'} collected ${gone === 1 ? 'folder' : 'folders'}`}`;
}

/** Files that the evidence does not hold, said once for the whole server. */
function notCollected(server: string, components: readonly Component[]): FindingDraft[] {
  if (components.length === 0) return [];
  const byFile = new Map(components.map((c) => [fileOf(c), c]));
  const count = byFile.size;
  const named = [...byFile.values()].slice(0, MAX_NAMED).map((c) => c.image ?? c.type ?? c.name ?? '').join('; ');
  const gone = [...byFile.values()].filter((c) => c.fileStatus === 'absent').length;
  const never = count - gone;
  const places = distinctRefs(components.flatMap((c) => refsOf(c).slice(0, 1)), components.length);
  const refs = distinctRefs(places);
  if (refs.length === 0) return [];
  return [{
    severity: 'info',
    title: titleOf(never, gone),
    component: null,
    subject: `not-collected ${server}`,
    supports: [
      `The evidence does not hold, among others: ${named}${count > MAX_NAMED ? '; and more' : ''}.`,
      'What these files contain cannot be judged; the list of missing evidence names each.',
      ...(gone > 0 ? [`${gone} of ${count}: the folder was collected and the file is not in it. All these entries are those of stock or known components.`] : []),
      ...(places.length > refs.length ? [`The references show the first ${refs.length} of ${places.length} places.`] : []),
    ],
    refutes: ['Collect these files, both bitnesses, and read the evidence again.'],
    refs,
    first: UNKNOWN_MOMENT,
  }];
}

/** A registered file that is gone, and one line for all that was never collected. */
export const imageAbsent = rule(
  'image-absent',
  IMAGE_ABSENT,
  ({ server, components, loose }) => {
    // Lists of start code are judged by a rule of their own.
    const registered = components.filter((c) => c.registrations.length > 0 && c.registrations[0]?.section !== PRE_START);
    const accused = (c: Component): boolean => !loose && c.fileStatus === 'absent' && c.origin === 'unknown';
    const suspicious = registered.filter(accused);
    const others = registered.filter((c) => !accused(c) && (c.fileStatus === 'not-collected' || c.fileStatus === 'absent'));
    return [...suspicious.map(absent), ...notCollected(server.id, others)];
  },
  (c) => {
    if (c.registrations.length === 0 || c.registrations[0]?.section === PRE_START) return null;
    if (c.fileStatus === 'present') return notFound(`Its file is in the evidence: ${c.file?.path ?? c.file?.evidencePath ?? ''}.`);
    if (c.fileStatus === 'not-collected') return notEvaluable(`Its file was not collected: ${c.image ?? c.type ?? ''}.`);
    return c.fileStatus === 'absent' ? notFound(`Its file is not in its collected folder. ${c.origin === 'unknown' ? 'Nothing says where the entry applies, so that the folder may be another.' : 'It is counted with the others of Windows and known products.'}`) : null;
  },
);
