import type { Connection } from '../store/store.ts';

/**
 * A step from one format version to the next. It runs inside one transaction with all the others. Those who bring tables
 * of their own bring the steps for them too.
 */
export interface Migration {
  readonly from: number;
  /** For the journal, in words. */
  readonly what: string;
  readonly run: (connection: Connection) => Promise<void>;
}

/** The versions that this program can read, and how older ones become the newest. */
export interface Format {
  readonly version: number;
  readonly migrations: readonly Migration[];
}

/** @returns the steps in order, or null when the chain has a gap. A version may have steps of several owners. */
export function stepsFrom(version: number, format: Format): readonly Migration[] | null {
  const steps: Migration[] = [];
  for (let at = version; at < format.version; at++) {
    const here = format.migrations.filter((migration) => migration.from === at);
    if (here.length === 0) return null;
    steps.push(...here);
  }
  return steps;
}
