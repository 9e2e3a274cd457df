import type { ArtifactEvent, ImageArtifact } from '../../artifacts/kit/definition.ts';
import { readAll, sha256Of } from '../../evidence/hash.ts';
import { EvidenceUnreadable, type EvidenceReader, type EvidenceSource } from '../../evidence/source.ts';
import type { ParseProblem, PeFacts, TraitHit } from '../../../shared/model/index.ts';
import { TraitScan } from './traits/scan-traits.ts';

/** What became of one program file. `sha256` is null when it could not be read to its end; `facts` when it is no PE. */
export interface ImageReport {
  readonly sha256: string | null;
  readonly facts: PeFacts | null;
  readonly events: readonly ArtifactEvent[];
  /** Published traits of known families that stand in it; none for what is no PE. */
  readonly traits: readonly TraitHit[];
  readonly problems: readonly ParseProblem[];
}

/** Made when the first file is read, and kept for the life of the thread. */
let scan: TraitScan | null = null;

export function unreadable(problem: ParseProblem, sha256: string | null = null): ImageReport {
  return { sha256, facts: null, events: [], traits: [], problems: [problem] };
}

/**
 * Hashes and parses one file; never throws for what is in it.
 * @param parsing told when the bytes are in and parsing begins: only from here on does time say something about the file
 */
export async function readImage(source: EvidenceSource, artifact: ImageArtifact, evidencePath: string, parsing: (sha256: string) => void): Promise<ImageReport> {
  try {
    const reader = await source.open(evidencePath);
    try {
      return reader.size > artifact.maxBytes ? await hashOnly(reader, artifact.maxBytes) : await parseWhole(reader, artifact, evidencePath, parsing);
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof EvidenceUnreadable) return unreadable(error.problem);
    throw error;
  }
}

async function parseWhole(reader: EvidenceReader, artifact: ImageArtifact, evidencePath: string, parsing: (sha256: string) => void): Promise<ImageReport> {
  const whole = await readAll(reader, artifact.maxBytes);
  if (!whole.ok) return unreadable(whole.problem);
  parsing(whole.sha256);
  const { facts, problems } = artifact.parse(whole.bytes, evidencePath.slice(evidencePath.lastIndexOf('/') + 1));
  if (facts === null) return { sha256: whole.sha256, facts, events: [], traits: [], problems };
  scan ??= new TraitScan();
  return { sha256: whole.sha256, facts, events: artifact.events(facts), traits: scan.scan(whole.bytes, facts), problems };
}

/** A fact may rest on a file that is too large to be read: at least its hash is taken. */
async function hashOnly(reader: EvidenceReader, max: number): Promise<ImageReport> {
  const hashed = await sha256Of(reader);
  const problem: ParseProblem = { kind: 'limit', message: `The file has ${reader.size} bytes; files of more than ${max} are hashed and not read.` };
  return { sha256: hashed.ok ? hashed.sha256 : null, facts: null, events: [], traits: [], problems: hashed.ok ? [problem] : [problem, hashed.problem] };
}
