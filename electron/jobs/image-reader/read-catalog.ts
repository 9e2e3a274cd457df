import type { CatalogArtifact } from '../../artifacts/kit/definition.ts';
import { readAll } from '../../evidence/hash.ts';
import { EvidenceUnreadable, type EvidenceSource } from '../../evidence/source.ts';
import type { CatalogFacts, CatalogMember, ParseProblem, SignatureFacts } from '../../../shared/model/index.ts';

/** What became of one catalog: of its members only those that were asked for. `sha256` is null when it could not be read to its end. */
export interface CatalogReport {
  readonly sha256: string | null;
  readonly facts: CatalogFacts | null;
  readonly hits: readonly CatalogMember[];
  /** Empty without a hit. */
  readonly signatures: readonly SignatureFacts[];
  readonly problems: readonly ParseProblem[];
}

export function unreadCatalog(problem: ParseProblem, sha256: string | null = null): CatalogReport {
  return { sha256, facts: null, hits: [], signatures: [], problems: [problem] };
}

/**
 * Reads one catalog; never throws for what is in it.
 * @param parse the artifact's reader for the hashes that are wanted
 * @param parsing told when the bytes are in and parsing begins
 */
export async function readCatalogFile(
  source: EvidenceSource, artifact: CatalogArtifact, parse: ReturnType<CatalogArtifact['reader']>, evidencePath: string, parsing: (sha256: string) => void,
): Promise<CatalogReport> {
  try {
    const reader = await source.open(evidencePath);
    try {
      const whole = await readAll(reader, artifact.maxBytes);
      if (!whole.ok) return unreadCatalog(whole.problem);
      parsing(whole.sha256);
      return { sha256: whole.sha256, ...parse(whole.bytes) };
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof EvidenceUnreadable) return unreadCatalog(error.problem);
    throw error;
  }
}
