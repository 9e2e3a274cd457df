import type { Output } from '../../../shared/contract/index.ts';
import type { ImageRow } from '../../../shared/contract/image.ts';
import { compareText } from '../../../shared/base/compare.ts';
import { RequestError } from '../../../shared/base/result.ts';
import type { CaseFile } from '../../case/case.ts';
import { getDocument } from '../../case/documents.ts';
import { count, text, textOrNull } from '../../case/rows.ts';
import type { Connection } from '../../store/store.ts';
import { imageSummaries, type ImageSummary } from '../../case/image-summaries.ts';

interface Found { size: number; readonly places: ImageRow['places'] }

/** Every program file of the case with its places and components, in order of sha256; a file without a place is left out. */
export async function listImages(file: CaseFile): Promise<ImageRow[]> {
  return rowsOf(file.connection, await imageSummaries(file));
}

/**
 * The same for some of them, in their order.
 * A file has no place only while a reading goes on: facts are stored before the manifest that names their files.
 */
export async function rowsOf(connection: Connection, summaries: readonly ImageSummary[]): Promise<ImageRow[]> {
  const places = await placesOf(connection);
  const components = await componentsOf(connection);
  return summaries.flatMap((summary) => {
    const found = places.get(summary.sha256);
    return found === undefined ? [] : [rowOf(summary, found, components.get(summary.sha256) ?? [])];
  });
}

/** One file with all that is known of it. @throws RequestError when the case has no facts of it. */
export async function getImage(file: CaseFile, sha256: string): Promise<Output<'image.get'>> {
  const document = await getDocument(file.connection, 'pe', sha256);
  const summary = (await imageSummaries(file)).find((s) => s.sha256 === sha256);
  if (document === null || summary === undefined) throw new RequestError('usage', 'There is no such program file in this case.');
  const [row] = await rowsOf(file.connection, [summary]);
  if (row === undefined) throw new RequestError('unavailable', 'The file is still being read.');
  return { row, facts: document.facts, authenticode: document.authenticode };
}

function rowOf(summary: ImageSummary, found: Found, components: readonly string[]): ImageRow {
  return {
    sha256: summary.sha256, size: found.size, places: found.places, machine: summary.machine, isDll: summary.isDll, kinds: summary.kinds,
    managed: summary.mvid !== null, signature: summary.status ?? 'not-checked', signer: summary.signers?.[0]?.subject ?? summary.signedBy[0]?.subject ?? null,
    linkerTime: summary.timestamp.time, oddities: odditiesOf(summary), components: [...components],
  };
}

/** Verdicts that are odd by themselves; most files of other makers, and of Windows without its catalogs, are not signed at all. */
const ODD_VERDICTS: ReadonlySet<string> = new Set(['malformed', 'tampered', 'wrong-usage', 'expired', 'valid-untrusted-root']);

/** A verdict that is odd is one oddity: remarks are among its reasons. */
function odditiesOf({ anomalies, obfuscation, hides, status, remarks }: ImageSummary): number {
  return anomalies + obfuscation + hides + (status !== null && ODD_VERDICTS.has(status) ? 1 : remarks);
}

async function placesOf(connection: Connection): Promise<Map<string, Found>> {
  const rows = await connection.all('select sha256, path, evidence_path, server, size from evidence_file where sha256 in (select id from pe)');
  const out = new Map<string, Found>();
  for (const row of rows) {
    const sha256 = text(row, 'sha256');
    const found = out.get(sha256) ?? { size: count(row, 'size'), places: [] };
    found.places.push({ path: textOrNull(row, 'path'), evidencePath: text(row, 'evidence_path'), server: textOrNull(row, 'server') });
    out.set(sha256, found);
  }
  for (const { places } of out.values()) if (places.length > 1) places.sort((a, b) => compareText(a.evidencePath, b.evidencePath));
  return out;
}

/** Ids of components by the content of their file, as 64-bit and as 32-bit processes see it. */
async function componentsOf(connection: Connection): Promise<Map<string, string[]>> {
  const rows = await connection.all(`select id, json_extract_string(doc, '$.file.sha256') as file, json_extract_string(doc, '$.file32.sha256') as file32 from component order by position`);
  const out = new Map<string, string[]>();
  for (const row of rows) {
    for (const sha256 of new Set([textOrNull(row, 'file'), textOrNull(row, 'file32')])) {
      if (sha256 === null) continue;
      const ids = out.get(sha256);
      if (ids === undefined) out.set(sha256, [text(row, 'id')]);
      else ids.push(text(row, 'id'));
    }
  }
  return out;
}
