/** The part of a node that its state depends on. */
export interface NodeState {
  readonly kind: string;
  readonly severity: 'high' | 'medium' | 'low' | 'info' | null;
  readonly absent: boolean;
  readonly historyOnly: boolean;
  readonly arrival?: 'added' | 'later' | undefined;
  readonly count: number;
}

export type NodeSign = 'absent' | 'ghost' | 'added' | 'later';

/** What each way of drawing a node means. The legend, the captions, the table and the detail use the same words. */
export const SIGN_WORDS: Readonly<Record<NodeSign, string>> = {
  added: '+ new: not in the copy before', ghost: '- in copies only, not in force now', later: 'not there yet: came later', absent: 'absent from the evidence',
};
export const EDGE_WORDS = {
  solid: 'a fact', dashed: 'expected, absent from the evidence', struck: '\u00d7 removed or cleared at that level', clock: '\u25f7 in some configuration copies only',
} as const;

/** The signs that a node bears, the rarest first. */
export function signsOf(node: NodeState): readonly NodeSign[] {
  return [...(node.arrival === undefined ? [] : [node.arrival]), ...(node.historyOnly ? ['ghost' as const] : []), ...(node.absent ? ['absent' as const] : [])];
}

/** State in words for the table and the detail; '' for a node that is simply there. */
export function stateWords(node: NodeState): string {
  return [...signsOf(node).map((s) => SIGN_WORDS[s]), ...(node.count > 1 ? [`${node.count} folded`] : [])].join('; ');
}

const BRIEF: Readonly<Record<NodeSign, string>> = { added: '+ new', ghost: '- in copies only', later: 'not there yet', absent: 'absent' };

/** The line below a node's name. */
export function caption(node: NodeState): string {
  const parts = [...(node.severity === null ? [] : [node.severity as string]), node.count > 1 ? `${node.count} folded` : node.kind.replaceAll('-', ' ')];
  // What is special about this moment comes before what it is: a narrow node cuts the end off.
  const signs = signsOf(node).map((s) => BRIEF[s]);
  return [...signs, ...parts].join(' \u00b7 ');
}
