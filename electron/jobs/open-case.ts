import type { CaseFile } from '../case/case.ts';
import type { AttachedEvidence } from './attached.ts';
import type { Renewal } from './lists/renewal.ts';
import type { CaseModel } from './model/case-model.ts';
import type { Reading } from './reading/reading.ts';
import type { WorkDirectory } from './spool/directory.ts';
import type { ExternalYara } from './yara/external.ts';

/** An open case and the evidence that belongs to it. One per engine. */
export interface OpenCase {
  readonly file: CaseFile;
  readonly temporary: { remove(): Promise<void> } | null;
  readonly work: WorkDirectory;
  /** Null while the evidence is not at hand. */
  evidence: AttachedEvidence | null;
  reading: Reading | null;
  /** The last time that the findings which rest on lists were made anew. */
  renewal: Renewal | null;
  /** Programs that the analyst named for lists of YARA rules in this session; a case never brings one. */
  readonly programs: Map<string, ExternalYara>;
  model: CaseModel | null;
  /** The model while it is made of the bytes that the case embeds. */
  loading: Promise<CaseModel> | null;
}
