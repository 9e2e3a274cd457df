import type { ConfigElement } from '../../../shared/model/index.ts';

/** Where an element stands while the tree is walked. */
export interface Where {
  readonly section: string;
  readonly scope: string;
  /** What it is called within the section, or null for the section itself. */
  readonly name: string | null;
  readonly key: string;
  /** Kind of everything below, or null: told by what is found. */
  readonly kind: string | null;
  readonly depth: number;
}

/** What collects facts, as the readers of sites and pools use it. */
export interface Walk {
  /** Notes a setting: its place in the file means nothing. */
  setting(where: Where, element: ConfigElement, kind: string): void;
  /** Everything below an element that is neither a list nor one of those with readers of their own. */
  below(element: ConfigElement, where: Where): void;
}
