import type { ReactNode } from 'react';
import type { PeFacts } from '../../../../shared/model/index.ts';
import { useTimeText } from '../../../state/react.ts';
import { Fields } from '../../../ui/index.ts';
import { SharedValue } from '../explore.tsx';
import type { Program } from '../use-program.ts';
import { NOT_READ } from '../words.ts';
import { BY_WORDS, sameValues } from './same-values.ts';

/** Those stand in tabs of their own. */
const ELSEWHERE: ReadonlySet<string> = new Set(['sha256', 'section', 'resource', 'version', 'signer']);

/** What the file can be recognised by, each with the way to everything else that shares it. */
export function Identity({ program, facts }: { readonly program: Program; readonly facts: PeFacts }): ReactNode {
  const time = useTimeText();
  const { identity } = facts;
  const missing: readonly { readonly name: string; readonly why: string }[] = [
    ...(identity === null ? [{ name: 'MD5, SHA-1, TLSH', why: NOT_READ }] : []),
    ...(facts.imphash === null ? [{ name: BY_WORDS.imphash, why: program.problems.length > 0 ? 'none: no name of an import could be read' : 'none: the file imports nothing by name' }] : []),
    ...(facts.richHash === null ? [{ name: BY_WORDS.rich, why: 'none: no Rich header was found' }] : []),
    ...(identity !== null && identity.tlsh === null ? [{ name: BY_WORDS.tlsh, why: `none: ${identity.tlshWhy ?? 'the file is too small, too uniform or too large for it'}` }] : []),
    ...(facts.pdb.length === 0 ? [{ name: BY_WORDS.pdb, why: 'none' }] : []),
  ];
  return (
    <section aria-label="Recognised by">
      <h3>Recognised by</h3>
      <Fields fields={[
        ...sameValues(program, facts, time).filter((v) => !ELSEWHERE.has(v.by)).map((v) => ({ name: v.name, value: <SharedValue shared={v} shown={v.shown} words={v.name} /> })),
        ...missing.map(({ name, why }) => ({ name, value: <span className="dim">{why}</span> })),
      ]} />
    </section>
  );
}
