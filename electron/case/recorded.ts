import type { JournalEntry } from '../../shared/model/index.ts';
import { excerptDetail } from './blobs.ts';

/** What the journal says should be in the case, as far as it can be compared with what is. */
export class Recorded {
  creation: unknown = null;
  examination: string | null = null;
  /** The newest digest of each kind of documents, and of each manifest as `files ID`. */
  readonly digests = new Map<string, string>();
  readonly evidence = new Map<string, string>();
  readonly runs = new Map<string, string>();
  readonly notes = new Set<string>();
  readonly decisions = new Set<string>();
  readonly blobs = new Set<string>();
  /** The newest content key of each cited place, as `excerptDetail` writes them. */
  readonly excerpts = new Map<string, string>();

  read({ action, detail }: JournalEntry): void {
    const value = json(detail);
    if (action === 'case.create') this.creation = value;
    else if (action === 'examination') this.examination = detail;
    else if (action === 'evidence') this.evidence.set(field(value, 'id'), detail);
    else if (action === 'run.begin' || action === 'run.touch' || action === 'run.end') this.runs.set(field(value, 'id'), detail);
    else if (action === 'replace.files') this.digests.set(`files ${field(value, 'evidence')}`, detail);
    else if (action.startsWith('replace.')) this.digests.set(action.slice('replace.'.length), detail);
    else if (action.startsWith('note.')) this.notes.add(detail);
    else if (action === 'finding.decide') this.decisions.add(detail);
    else if (action === 'blobs') for (const key of texts(value)) this.blobs.add(key);
    else if (action === 'excerpts') for (const item of texts(value)) this.#excerpt(item);
  }

  #excerpt(detail: string): void {
    const item = json(detail);
    if (!Array.isArray(item)) return;
    const [evidencePath, offset, key] = item.map(String);
    this.blobs.add(key ?? '');
    this.excerpts.set(`${evidencePath ?? ''}\n${offset ?? ''}`, excerptDetail(evidencePath ?? '', Number(offset), key ?? ''));
  }
}

export function field(value: unknown, name: string): string {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? String(Reflect.get(value, name)) : '';
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
