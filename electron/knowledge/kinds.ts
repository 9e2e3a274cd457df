import { KindKnowledge } from '../../shared/model/index.ts';
import data from './kinds.json' with { type: 'json' };

/** What each kind of component is, how it gets in, what it can do and how it is hunted; one for each value of `ComponentKind`. */
export const KINDS: readonly KindKnowledge[] = KindKnowledge.array().parse(data.kinds);
