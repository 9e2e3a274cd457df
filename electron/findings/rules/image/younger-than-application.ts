import type { Component, Severity } from '../../../../shared/model/index.ts';
import { parseInstant } from '../../../../shared/time/instant.ts';
import type { ImageFacts, ImageIndex } from '../../../components/index.ts';
import { canonicalImage, folderOf } from '../../../knowledge/index.ts';
import { imageOf } from '../../image-of.ts';
import { notEvaluable, notFound, rule } from '../../rule.ts';
import { Subject, distinctRefs, fileRef, refsOf } from '../../words.ts';

const DAY = 864_000_000_000n;
/** A deployment brings several files within a day; what comes a week after the last of them came by itself. */
const ALONE = DAY;
const LATER = 7n * DAY;
/** Fewer others say nothing about when the application was deployed. */
const MIN_OTHERS = 3;

interface Dated { readonly image: ImageFacts; readonly time: bigint }

const folders = new WeakMap<ImageIndex, ReadonlyMap<string, readonly Dated[]>>();
const folderKey = (image: ImageFacts): string => folderOf(canonicalImage(image.place.path ?? ''));

/** Files with a content time, by folder, the oldest first. */
function byFolder(images: ImageIndex): ReadonlyMap<string, readonly Dated[]> {
  const known = folders.get(images);
  if (known !== undefined) return known;
  const found = new Map<string, Dated[]>();
  for (const image of images.all) {
    const time = image.modified === null ? null : parseInstant(image.modified);
    if (time === null || image.place.path === null) continue;
    const list = found.get(folderKey(image));
    if (list === undefined) found.set(folderKey(image), [{ image, time }]);
    else list.push({ image, time });
  }
  for (const list of found.values()) list.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  folders.set(images, found);
  return found;
}

interface Age { readonly time: bigint; readonly others: number; readonly newest: Dated }

/** The file and the newest of the others in its folder; null where too few have times. */
function ageOf(c: Component, images: ImageIndex): Age | null {
  const own = imageOf(images, c.file);
  if (own === null || own.modified === null || own.place.path === null) return null;
  const time = parseInstant(own.modified);
  const list = byFolder(images).get(folderKey(own)) ?? [];
  if (time === null || list.length <= MIN_OTHERS) return null;
  // Only the last two can be the newest of the others.
  const newest = list.slice(-2).toReversed().find((d) => d.image.place.evidencePath !== own.place.evidencePath);
  return newest === undefined ? null : { time, others: list.length - 1, newest };
}

const isAsked = (c: Component): boolean => c.origin === 'unknown' && c.file !== null && c.kind !== 'other' && c.kind !== 'cgi';
const days = (ticks: bigint): string => `${ticks / DAY} days`;

function severityFor(c: Component): Severity {
  return c.registrations.length > 0 ? 'low' : 'info';
}

/** A deployment brings many files at once; what came later came by itself. */
export const youngerThanApplication = rule(
  'younger-than-application',
  {
    title: 'Component that is younger than everything beside it',
    condition: 'The file of an unknown component was written at least seven days after every other program file of its folder, of which at least three have times that survived the collection.',
    severityHow: 'low for a registered component, info for one that nothing registers.',
    reference: 'ATT&CK T1505.004; NTFS content times (last write)',
    version: 1,
    weight: 1,
    meaning: 'An application is deployed as a whole: its files have the time of the build or of the copying. A single file that is younger than all others was put there afterwards.',
    rarity: 'now and then: single corrections are deployed so too',
    relevance: 'medium: it says that somebody added this file, and when at the earliest',
    falsePositives: ['A correction of which only one assembly changed.', 'A package that was updated alone.', 'A build that keeps the times of files that did not change.'],
    supportedBy: ['Its entry came to the configuration at that time.', 'Requests that wrote the file stand in the log shortly before.'],
    refutedBy: ['A deployment record of that day names the file.', 'The creation times ($MFT) show that the others are younger than their content.'],
    attack: ['T1505.004'],
    d3fend: ['D3-SFA', 'D3-SWI'],
    references: ['Microsoft Learn, File Times: https://learn.microsoft.com/windows/win32/sysinfo/file-times'],
  },
  ({ components, images }) =>
    components.filter(isAsked).flatMap((c) => {
      const age = ageOf(c, images);
      if (age === null || age.time - age.newest.time < LATER) return [];
      const newest = age.newest.image;
      return [{
        severity: severityFor(c),
        title: `${Subject(c)} is ${days(age.time - age.newest.time)} younger than everything else in its folder`,
        component: c,
        subject: '',
        supports: [
          `Its content was last written ${imageOf(images, c.file)?.modified ?? ''}.`,
          `The newest of the other ${age.others} program files there is ${newest.place.path ?? newest.place.evidencePath}, last written ${newest.modified ?? ''}.`,
          'File times can be set by whoever may write the file.',
        ],
        refutes: ['A deployment of this one file is on record.', 'The time was set by a tool that copied the file: the creation time ($MFT) says when it came.'],
        refs: distinctRefs([...fileRef(c.file), ...fileRef(newest.file), ...refsOf(c)]),
        first: c.firstSeen,
      }];
    }),
  (c, { images }) => {
    if (!isAsked(c)) return null;
    const age = ageOf(c, images);
    if (age === null) return notEvaluable('Too few program files of its folder have times that survived the collection.');
    const apart = age.time - age.newest.time;
    return notFound(apart < ALONE ? `Other program files of its folder are as young: ${age.newest.image.place.path ?? age.newest.image.place.evidencePath}, ${age.newest.image.modified ?? ''}.` : `It is ${days(apart)} younger than the newest other file of its folder, which single updates are too.`);
  },
);
