import type { Range } from '../../../ui/index.ts';
import type { Program } from '../use-program.ts';
import { signatureSentence, signatureWords } from '../words.ts';

/** One thing that is odd about a file, or that could not be read in it. */
export interface Oddity {
  readonly key: string;
  readonly what: 'file' | 'not read' | 'signature' | 'hides';
  readonly message: string;
  readonly place: Range | null;
  readonly token: string | null;
}

/** Verdicts that are no oddity; that a file is unsigned, and why no catalog covers it, stands in the Signature tab. */
const PLAIN: ReadonlySet<string> = new Set(['valid', 'catalog', 'not-checked', 'unsigned']);

/** Everything odd about a program: anomalies of the file, what could not be read, what the signature does not hold, marks of hiding. In file order within each kind. */
export function odditiesOf({ facts, problems, authenticode }: Pick<Program, 'facts' | 'problems' | 'authenticode'>): readonly Oddity[] {
  const out: Oddity[] = [];
  const add = (what: Oddity['what'], message: string, offset: number | null | undefined, token: string | null = null, length = 1): void => {
    out.push({ key: `${out.length}`, what, message, token, place: offset === null || offset === undefined ? null : { offset, length } });
  };
  for (const a of facts?.anomalies ?? []) add('file', a.message, a.offset);
  for (const p of problems) add('not read', p.message, p.offset);
  const signatures = facts?.signatures;
  const table = signatures?.table;
  if (authenticode !== null && !PLAIN.has(authenticode.status)) {
    // Remarks are among its reasons.
    add('signature', `${signatureWords(authenticode.status)}: ${signatureSentence(authenticode.status)} The Signature tab has the reasons.`, table?.offset, null, Math.max(1, table?.size ?? 1));
  } else {
    for (const text of [...(table?.malformed ?? []), ...(table?.remarks ?? [])]) add('signature', text, table?.offset, null, Math.max(1, table?.size ?? 1));
    for (const s of signatures?.signatures ?? []) for (const remark of s.remarks) add('signature', `${s.place}: ${remark}`, s.offset);
  }
  for (const c of facts?.capabilities ?? []) if (c.group === 'hides') add('hides', c.what, c.proof.offset, c.proof.token ?? null, 4);
  for (const o of facts?.clr?.obfuscation ?? []) add('hides', o.message, null, o.token);
  return out;
}
