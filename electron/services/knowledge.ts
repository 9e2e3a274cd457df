import { RULE_TEXTS } from '../findings/index.ts';
import { D3FEND_ARTIFACTS, D3FEND_CHAIN, D3FEND_RELATED, FAMILIES, KINDS, TECHNIQUE } from '../knowledge/index.ts';
import type { HandlersOf } from './handlers.ts';

/** What is known without any evidence; it needs no case. */
export function knowledgeService(): HandlersOf<'knowledge'> {
  return {
    'knowledge.get': () => ({
      kinds: [...KINDS],
      technique: { ...TECHNIQUE },
      d3fend: { chain: [...D3FEND_CHAIN], related: [...D3FEND_RELATED], artifacts: [...D3FEND_ARTIFACTS] },
      families: [...FAMILIES],
      rules: [...RULE_TEXTS],
    }),
  };
}
