import type { Filter } from '../../shared/query/ast.ts';
import type { Connection } from '../store/store.ts';
import type { Condition, TagLookup } from './filter-sql.ts';
import type { PositionIndex } from './position-index.ts';

/** A filtered timeline at one revision of the store. */
export interface Selection {
  readonly filter: Filter;
  /** Grows whenever events were added. */
  readonly revision: number;
  readonly tags?: TagLookup | undefined;
}

/** A selection that is ready to be asked. */
export interface Selected {
  readonly connection: Connection;
  readonly condition: Condition;
  readonly index: PositionIndex;
}
