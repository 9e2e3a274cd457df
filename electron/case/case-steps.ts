import { createTable } from '../store/ddl.ts';
import type { Migration } from './migrations.ts';
import { SINCE_FORMAT_3 } from './schema.ts';

/** Steps by which a case of an older format gets the tables of a case of this one. */
export const CASE_MIGRATIONS: readonly Migration[] = [
  {
    from: 2,
    what: 'what rules saw of each component, lists and rule folders of the analyst, matches of rules, and how screens were left are kept',
    run: async (connection) => {
      for (const table of SINCE_FORMAT_3) await connection.run(createTable(table));
    },
  },
];
