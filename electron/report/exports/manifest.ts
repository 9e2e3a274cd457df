import type { EvidenceFile } from '../../../shared/model/index.ts';

/**
 * A line of `sha256sum`: the hash, two spaces, the name. A name with a backslash, a line feed or a carriage return is
 * written with escapes, and a backslash stands before the whole line (GNU coreutils, "md5sum invocation").
 */
export function manifestLine(sha256: string, evidencePath: string): string {
  const escaped = evidencePath.replace(/[\\\n\r]/g, (c) => (c === '\n' ? '\\n' : c === '\r' ? '\\r' : '\\\\'));
  return `${escaped === evidencePath ? '' : '\\'}${sha256}  ${escaped}\n`;
}

/** What the manifest left out, for the notes. */
export interface ManifestTally { lines: number; unhashed: number; packed: number }

/**
 * The hashed files of the evidence, by paths relative to its root, for `sha256sum -c` there. What lies in an archive of the
 * evidence is no file of its own there, so it is left out; the archive stands for it.
 * @param files in pieces, in the order of the manifest @param tally is counted up
 */
export async function* manifestLines(files: AsyncIterable<readonly EvidenceFile[]>, tally: ManifestTally): AsyncGenerator<string, void, undefined> {
  const all = new Map<string, string | null>();
  for await (const some of files) for (const { evidencePath, sha256 } of some) all.set(evidencePath, sha256);
  for (const [evidencePath, sha256] of all) {
    if (liesInFile(evidencePath, all)) tally.packed += 1;
    else if (sha256 === null) tally.unhashed += 1;
    else {
      tally.lines += 1;
      yield manifestLine(sha256, evidencePath);
    }
  }
}

/** Whether a part of the path in front of it is a file itself: then that file is an archive. */
function liesInFile(evidencePath: string, files: ReadonlyMap<string, unknown>): boolean {
  for (let at = evidencePath.lastIndexOf('/'); at > 0; at = evidencePath.lastIndexOf('/', at - 1)) if (files.has(evidencePath.slice(0, at))) return true;
  return false;
}
