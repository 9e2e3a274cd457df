import type { CaseFile } from '../case/case.ts';
import type { AttachedEvidence } from './attached.ts';
import type { CaseModel } from './model/case-model.ts';
import type { Reading } from './reading/reading.ts';
import type { WorkDirectory } from './spool/directory.ts';

/** An open case and the evidence that belongs to it. One per engine. */
export interface OpenCase {
  readonly file: CaseFile;
  readonly temporary: { remove(): Promise<void> } | null;
  readonly work: WorkDirectory;
  /** Null while the evidence is not at hand. */
  evidence: AttachedEvidence | null;
  reading: Reading | null;
  model: CaseModel | null;
  /** The model while it is made of the bytes that the case embeds. */
  loading: Promise<CaseModel> | null;
}
