import { quote } from '../../../shared/base/limits.ts';
import type { Connection, Row } from '../../store/store.ts';
import { Sightings, keyOf, moment, number, textOf, type RowKey } from '../../timeline/signals/sighting.ts';
import { KIND_WORDS, UNDATED, type Entry, type Hit } from './entry.ts';

/** Rows of one line that are opened as examples. */
export const SHOWN_ROWS = 3;

/** Hits from rows with the columns entry or name, server, n, answered, first, last, places, site, other. */
export async function hitsOf(connection: Connection, rows: readonly Row[], entryOf: (row: Row) => Entry | undefined, words: string): Promise<Hit[]> {
  const places = rows.map(placesOf);
  const sightings = await Sightings.of(connection, places.flat());
  return rows.flatMap((row, i) => {
    const entry = entryOf(row);
    const shown = sightings.all(places[i] ?? []);
    const [seen] = shown;
    if (entry === undefined || seen === undefined) return [];
    const [n, answered, first, last] = [number(row, 'n'), number(row, 'answered'), moment(row, 'first'), moment(row, 'last')];
    const span = first === null || last === null ? '' : first === last ? `, at ${first}` : `, from ${first} to ${last}`;
    const site = textOf(row, 'site');
    const on = site === null ? '' : site === textOf(row, 'other') ? ` of the site ${quote(site, 80)}` : ' of several sites';
    const kind = entry.indicator.kind === 'ip' || entry.indicator.kind === 'text' ? '' : `${KIND_WORDS[entry.indicator.kind]} `;
    return [{
      entry, source: 'log' as const, server: textOf(row, 'server'), component: null, about: `log ${textOf(row, 'server') ?? ''} ${entry.list.id} ${entry.indicator.line} ${entry.indicator.kind} ${entry.indicator.value}`,
      where: `${kind}${words} ${n} ${n === 1 ? 'row' : 'rows'} of the logs${on} (${answered} answered below 400)${span}`.trim(),
      refs: shown.map((s) => s.ref), count: n,
      first: seen.time === null ? UNDATED : { time: seen.time, from: 'log' as const, fidelity: seen.assumed ? ('zone-assumed' as const) : ('exact' as const) },
    }];
  });
}

/** Places of the first rows as DuckDB writes a list of structures: numbers only. */
function placesOf(row: Row): RowKey[] {
  return [...String(row['places']).matchAll(/'?f'?: (-?\d+), '?o'?: (\d+)/g)].map((m) => keyOf({ file_id: BigInt(m[1] ?? '0'), off: BigInt(m[2] ?? '0') }));
}
