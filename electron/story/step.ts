import { UNKNOWN_MOMENT, type EvidenceRef, type Moment, type StoryStep, type StoryStepKind } from '../../shared/model/index.ts';

/** A step that the evidence shows. */
export function shown(kind: StoryStepKind, moment: Moment, sentence: string, refs: readonly EvidenceRef[], more: { readonly event?: string | null; readonly earliest?: Moment | null; readonly by?: boolean } = {}): StoryStep {
  return { kind, moment, earliest: more.earliest ?? null, by: more.by ?? false, sentence, refs: [...refs], event: more.event ?? null, missing: null };
}

/** A step that nothing shows: why, and what would show it. */
export function unseen(kind: StoryStepKind, sentence: string, missing: string, refs: readonly EvidenceRef[] = []): StoryStep {
  return { kind, moment: UNKNOWN_MOMENT, earliest: null, by: false, sentence, refs: [...refs], event: null, missing };
}

/** A moment from the time of a file. */
export const fileMoment = (time: string): Moment => ({ time, from: 'file-time', fidelity: 'mtime-only' });
