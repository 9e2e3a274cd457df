import { foldCase } from '../../shared/base/compare.ts';
import type { GraphNode } from '../../shared/model/index.ts';

export interface GraphHit {
  readonly node: GraphNode;
  readonly how: 'id' | 'name' | 'part';
}

const ORDER = ['id', 'name', 'part'] as const;

/**
 * Nodes that a text names: by id, by the whole name (of an application also with its site), by a part of name or detail.
 * The best first, then from left to right. Letter case means nothing; an empty text is a part of everything.
 */
export function findNodes(nodes: readonly GraphNode[], text: string): GraphHit[] {
  const wanted = foldCase(text);
  const hits = nodes.flatMap((node): GraphHit[] => {
    if (node.id === text) return [{ node, how: 'id' }];
    if (wanted !== '' && namesOf(node).some((name) => foldCase(name) === wanted)) return [{ node, how: 'name' }];
    return foldCase(`${node.label} ${node.detail}`).includes(wanted) ? [{ node, how: 'part' }] : [];
  });
  return ORDER.flatMap((how) => hits.filter((hit) => hit.how === how));
}

/** `/api` is also `Shop/api`; the detail of an application begins with that. */
function namesOf(node: GraphNode): string[] {
  return node.kind === 'application' ? [node.label, node.detail.split(';', 1)[0] ?? ''] : [node.label];
}
