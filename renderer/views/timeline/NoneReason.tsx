import { useEffect, useState, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Client } from '../../../shared/contract/index.ts';
import { parseFilter, withoutTerm } from '../../../shared/query/index.ts';
import { useActions } from '../../commands/actions.ts';
import { useWorkbench } from '../../state/react.ts';
import { Button, count, EmptyState } from '../../ui/index.ts';

/** More terms than this are not tried one by one. */
const MOST = 12;

interface Without {
  readonly term: string;
  /** The filter without it. */
  readonly rest: string;
  readonly rows: number;
}

/** How many rows would pass without each term in turn; those that bring none are left out. One question at a time. */
export async function rowsWithout(client: Client, text: string, wanted: () => boolean = () => true): Promise<readonly Without[]> {
  const parsed = parseFilter(text);
  const terms = parsed.ok ? parsed.filter.terms.slice(0, MOST) : [];
  const found: Without[] = [];
  for (const term of terms) {
    if (!wanted()) break;
    const rest = withoutTerm(text, term);
    const page = await client.request('timeline.page', { filter: rest, offset: 0, limit: 1 });
    if (page.ok && page.value.shown > 0) found.push({ term: text.slice(term.start, term.end), rest, rows: page.value.shown });
  }
  // The smallest step back first: what else the filter says stays as narrow as it can.
  return found.sort((a, b) => a.rows - b.rows);
}

/** Why the list is empty: which term does it, and a key to drop that. */
export function NoneReason({ text, total }: { readonly text: string; readonly total: number }): ReactNode {
  const { client, store } = useWorkbench();
  const [found, setFound] = useState<{ readonly text: string; readonly without: readonly Without[] } | null>(null);
  useEffect(() => {
    let over = false;
    void rowsWithout(client, text, () => !over).then((without) => {
      if (!over) setFound({ text, without });
    });
    return () => {
      over = true;
    };
  }, [client, text]);
  const without = found?.text === text ? found.without : null;
  const drop = (one: Without | undefined): void => {
    if (one === undefined) store.getState().toast('No single term empties the list; "." suspends them all.');
    else store.getState().setFilter('timeline', one.rest);
  };
  useActions({ 'timeline.dropTerm': () => drop(without?.[0]) });
  return (
    <EmptyState title={`No event passes the filter; there are ${count(total)} without it.`}>
      {without === null ? <p>Looking for the term that empties it...</p> : without.length === 0 ? <p>No single term does it. Press . to suspend the filter.</p> : (
        <ul className="none-why" aria-label="What empties the list">
          {without.map((one, i) => (
            <li key={`${one.term} ${i}`}>
              <span>Without <span className="mono">{visible(one.term)}</span>: {count(one.rows)} {one.rows === 1 ? 'event' : 'events'}</span>
              <Button onClick={() => drop(one)}>Drop {visible(one.term)}{i === 0 ? ' (Delete)' : ''}</Button>
            </li>
          ))}
        </ul>
      )}
      <p className="dim">The key . (full stop) suspends the whole filter and keeps the place.</p>
    </EmptyState>
  );
}
