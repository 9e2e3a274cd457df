import type { SameBy } from '../../../shared/contract/image.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';
import { RequestError } from '../../../shared/base/result.ts';
import { tlshBytes, tlshDistance } from '../../artifacts/kit/tlsh-distance.ts';
import type { CaseFile } from '../../case/case.ts';
import { documentSteps } from '../../case/document-steps.ts';
import { text } from '../../case/rows.ts';
import { rowsOf } from './list-images.ts';
import { comparable, emptyValue, valuesOf, weakValue } from './shared-values.ts';
import { imageSummaries, type ImageSummary } from '../../case/image-summaries.ts';

/** Files at this distance or less are called near. */
const NEAR = 50;

interface Match { readonly summary: ImageSummary; readonly shared: string; readonly distance: number | null }

/**
 * Every program file of the case that has the value, in order of sha256; by `tlsh` those that are near, nearest first.
 * The file that the question came from is among them.
 */
export async function sameImages(file: CaseFile, by: SameBy, value: string): Promise<Output<'image.same'>> {
  const wanted = comparable(by, value);
  const nothing = emptyValue(by, wanted);
  if (nothing !== null) return { images: [], note: nothing };
  const summaries = await imageSummaries(file);
  const matches = by === 'tlsh' ? near(summaries, value) : by === 'resource' ? await withResource(file, summaries, wanted) : withValue(summaries, by, wanted);
  const rows = new Map((await rowsOf(file.connection, matches.map((match) => match.summary))).map((row) => [row.sha256, row]));
  return {
    images: matches.flatMap(({ summary, shared, distance }) => {
      const row = rows.get(summary.sha256);
      return row === undefined ? [] : [{ ...row, shared, distance }];
    }),
    note: weakValue(by, wanted, summaries),
  };
}

function withValue(summaries: readonly ImageSummary[], by: Exclude<SameBy, 'resource' | 'tlsh'>, wanted: string): Match[] {
  return summaries.flatMap((summary) => {
    const shared = valuesOf(by, summary).find((value) => comparable(by, value) === wanted);
    return shared === undefined ? [] : [{ summary, shared, distance: null }];
  });
}

function near(summaries: readonly ImageSummary[], value: string): Match[] {
  const wanted = tlshBytes(value);
  if (wanted === null) throw new RequestError('usage', 'That is no TLSH.');
  const matches = summaries.flatMap((summary) => {
    const shared = summary.identity?.tlsh ?? '';
    const other = tlshBytes(shared);
    const distance = other === null ? Number.POSITIVE_INFINITY : tlshDistance(wanted, other);
    return distance <= NEAR ? [{ summary, shared, distance }] : [];
  });
  return matches.sort(compareBy((match) => match.distance, (match) => match.summary.sha256));
}

/** Files can have thousands of resources, so their hashes are looked up in the stored facts. */
async function withResource(file: CaseFile, summaries: readonly ImageSummary[], wanted: string): Promise<Match[]> {
  const found = new Set<string>();
  // Most documents do not have the text at all, and only those that do are parsed.
  const has = `case when contains(doc, $1) then list_contains(json_extract_string(doc, '$.facts.resources[*].sha256'), $1) else false end`;
  for await (const rows of documentSteps(file.connection, 'pe', 'id', has, [wanted])) for (const row of rows) found.add(text(row, 'id'));
  return summaries.filter((summary) => found.has(summary.sha256)).map((summary) => ({ summary, shared: wanted, distance: null }));
}
