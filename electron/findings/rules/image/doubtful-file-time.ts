import type { Component, Severity } from '../../../../shared/model/index.ts';
import { parseInstant } from '../../../../shared/time/instant.ts';
import type { ImageFacts, ImageIndex } from '../../../components/index.ts';
import { STOCK, canonicalImage, folderOf } from '../../../knowledge/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { groupBy } from '../../group-by.ts';
import { imageOf } from '../../image-of.ts';
import { notEvaluable, notFound, type Points, rule } from '../../rule.ts';
import { arrivalIn } from '../../weigh.ts';
import { Subject, copyWords, distinctRefs, fileRef, refsOf } from '../../words.ts';

const SECOND = 10_000_000n;
const DAY = 86_400n * SECOND;
/** Between the writing of the file and the saving of the configuration that names it. */
const TOGETHER = 900n * SECOND;
/** More files of one time than this were unpacked or built together. */
const MOST_TWINS = 3;

interface Doubt { readonly sentence: string; readonly weight: Points; readonly twin?: ImageFacts }

const twins = new WeakMap<ImageIndex, ReadonlyMap<string, readonly ImageFacts[]>>();

/** Program files by their content time as written. */
function byTime(images: ImageIndex): ReadonlyMap<string, readonly ImageFacts[]> {
  const known = twins.get(images) ?? groupBy(images.all.filter((i) => i.modified !== null), (i) => i.modified ?? '');
  twins.set(images, known);
  return known;
}

/** A file of Windows at its own place with the very same time, to the last digit: times are copied from there. */
function borrowed(own: ImageFacts, images: ImageIndex): ImageFacts | null {
  const same = byTime(images).get(own.modified ?? '') ?? [];
  if (same.length > MOST_TWINS) return null;
  const folder = folderOf(canonicalImage(own.place.path ?? ''));
  return same.find((i) => i.place.evidencePath !== own.place.evidencePath && STOCK.roleFile(i.place.path ?? '') && folderOf(canonicalImage(i.place.path ?? '')) === folder) ?? null;
}

function doubtsOf(c: Component, own: ImageFacts, facts: RuleFacts): Doubt[] {
  const written = parseInstant(own.modified ?? '');
  if (written === null) return [];
  const out: Doubt[] = [];
  const later = (time: string | null | undefined): boolean => {
    const at = time === null || time === undefined ? null : parseInstant(time);
    return at !== null && at > written + DAY;
  };
  const signed = own.authenticode?.status === 'valid' ? own.authenticode.timestamp : null;
  if (later(signed)) out.push({ weight: 1, sentence: `Its content was last written ${own.modified ?? ''} by its file time, and signed ${signed ?? ''} by the timestamp of an authority: the file time was set back.` });
  const stamp = own.pe?.timestamp.time ?? null;
  if (later(stamp)) out.push({ weight: 1, sentence: `Its linker stamp says ${stamp ?? ''}, later than the file time ${own.modified ?? ''}: a program cannot be older than its making, so one of the two was set.` });
  const twin = borrowed(own, facts.images);
  if (twin !== null) out.push({ weight: 1, twin, sentence: `Its file time ${own.modified ?? ''} is to the last digit that of ${twin.place.path ?? twin.place.evidencePath}, a file of Windows in the same folder.` });
  const arrival = arrivalIn(c, facts);
  const copy = facts.copies.find((x) => x.id === arrival?.to);
  const saved = copy?.moment.time === undefined || copy.moment.time === null ? null : parseInstant(copy.moment.time);
  if (copy !== undefined && saved !== null && saved >= written && saved - written <= TOGETHER) {
    out.push({ weight: 0, sentence: `It was written ${(saved - written) / SECOND} seconds before ${copyWords(copy.id)}, the first that names it, was saved; so short a time fits one installation, and proves none.` });
  }
  return out;
}

const isAsked = (c: Component): boolean => c.origin === 'unknown' && c.file !== null && c.kind !== 'other';

const severityFor = (doubts: readonly Doubt[]): Severity => (doubts.some((d) => d.weight > 0) ? 'low' : 'info');

/** What the times of a file say when they are held against each other. */
export const doubtfulFileTime = rule(
  'doubtful-file-time',
  {
    title: 'Times of a file that do not fit, or fit too well',
    condition: 'The file of an unknown component has a linker stamp, or a trusted timestamp of its signature, more than a day later than its content time; or the same content time, to the last digit, as a file of Windows in its folder; or it was written at most 15 minutes before the copy of the configuration that first names it was saved.',
    severityHow: 'low where times contradict each other or are borrowed; info where file and configuration were written together.',
    reference: 'ATT&CK T1070.006 (Timestomp)',
    version: 1,
    weight: 1,
    meaning: 'Whoever writes a file can set its times. Those that contradict each other show that it was done; those equal to a neighbour\'s show where from.',
    rarity: 'rare: file systems keep seven digits of a second, and two files of different origin hardly share them',
    relevance: 'medium: nobody sets times back by accident, but tools that unpack or copy do it without asking',
    falsePositives: ['Build systems that write a fixed time into every file, or a stamp that is no time.', 'Archives that keep times of two seconds: several files then share one.'],
    supportedBy: ['$MFT: creation time of $FILE_NAME later than that of $STANDARD_INFORMATION.', '$UsnJrnl: a change of basic information of this file.'],
    refutedBy: ['The installation package of the vendor holds the file with the same time.'],
    attack: ['T1070.006'],
    d3fend: ['D3-SFA', 'D3-FH'],
    references: ['MITRE ATT&CK T1070.006, Timestomp: https://attack.mitre.org/techniques/T1070/006/'],
  },
  (facts) =>
    facts.components.filter(isAsked).flatMap((c) => {
      const own = imageOf(facts.images, c.file);
      const doubts = own === null ? [] : doubtsOf(c, own, facts);
      if (own === null || doubts.length === 0) return [];
      const arrival = arrivalIn(c, facts);
      const odd = doubts.some((d) => d.weight > 0);
      return [{
        severity: severityFor(doubts),
        title: `${Subject(c)}: ${odd ? 'the times of its file do not fit each other' : 'its file was written right before the configuration that names it'}`,
        component: c,
        subject: '',
        supports: doubts.map((d) => d.sentence),
        refutes: ['The vendor\'s package holds the file with the same time.', 'The tool that copied or unpacked the file set the time.'],
        refs: distinctRefs([...fileRef(c.file), ...doubts.flatMap((d) => fileRef(d.twin?.file ?? null)), ...(odd ? [] : (arrival?.refs ?? [])), ...refsOf(c)]),
        attack: odd ? ['T1070.006'] : [],
        first: c.firstSeen,
      }];
    }),
  (c, { images }) => {
    if (!isAsked(c)) return null;
    const own = imageOf(images, c.file);
    if (own === null || own.modified === null) return notEvaluable('The times of its file did not survive the collection, or the file was not read; $MFT would say them.');
    const stamp = own.pe?.timestamp;
    return notFound(`Last written ${own.modified}.`, stamp === undefined ? 'It has no linker stamp.' : stamp.time === null ? `Its linker stamp is no time: ${stamp.note ?? ''}.` : `Linker stamp ${stamp.time}.`);
  },
);
