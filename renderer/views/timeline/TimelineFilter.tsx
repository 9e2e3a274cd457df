import { useMemo, type ReactNode, type RefObject } from 'react';
import { describeTerm, parseFilter, withOpposite, withoutTerm, type FilterTerm } from '../../../shared/query/index.ts';
import { useActions } from '../../commands/actions.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { FilterBar, type Chip, type FilterBarProps, type FilterHandle } from '../../ui/index.ts';
import { suggester } from './suggest.ts';

const EXAMPLE = 'status:>=500 -uri:*.css ip:203.0.113.0/24 uri:~"shell[0-9]+" @2026-03-02T14:00..+2h';

/** The filter over everything that the timeline shows: bar, terms in words, suggestions, and saving under a name. */
export function TimelineFilter({ handle, onLeave }: { readonly handle: RefObject<FilterHandle | null>; readonly onLeave: () => void }): ReactNode {
  const { client, store } = useWorkbench();
  const time = useTimeText();
  const text = useApp((s) => s.filters['timeline'] ?? '');
  const suspended = useApp((s) => s.suspended['timeline'] === true);
  const suggest = useMemo(() => suggester(client), [client]);
  const parsed = useMemo(() => parseFilter(text), [text]);
  const verdict = useVerdict(text, parsed.ok ? parsed.filter.terms : []);
  const { ask, saveFilter, savedFilters, setFilter, setSuspended, toast } = store.getState();
  const apply = (next: string): void => {
    setFilter('timeline', next);
    setSuspended('timeline', false);
  };
  const save = async (): Promise<void> => {
    if (text.trim() === '') return void toast('There is no filter to be saved; / goes to it.');
    const known = savedFilters.find((f) => f.text === text);
    const answer = await ask('saveFilter', { text, name: known?.name ?? '', key: known?.key ?? null });
    if (answer === null) return;
    saveFilter({ ...answer, text });
    toast(`Saved as ${answer.name}${answer.key === null ? '' : `, Alt+Shift+${answer.key}`}.`);
  };
  useActions({
    'filter.apply': () => handle.current?.apply(),
    'filter.terms': () => handle.current?.terms(),
    'filter.save': () => void save(),
    'filter.history': () => void ask('filters', {}),
  });
  const chips = parsed.ok ? parsed.filter.terms.map((term): Chip => ({
    text: text.slice(term.start, term.end), words: describeTerm(term, { time }), negated: term.negated,
    remove: () => setFilter('timeline', withoutTerm(text, term)),
    invert: () => setFilter('timeline', withOpposite(text, term)),
    edit: () => handle.current?.select(term.start, term.end),
  })) : [];
  return (
    <FilterBar
      text={text} suspended={suspended} chips={chips} handle={handle} placeholder={EXAMPLE} suggest={suggest} verdict={verdict}
      check={(typed) => {
        const result = parseFilter(typed);
        return result.ok ? null : result.fault;
      }}
      describe={(term) => {
        const result = parseFilter(term);
        return result.ok ? result.filter.terms.map((t) => describeTerm(t, { time })).join(', ') : term;
      }}
      onApply={apply} onSuspend={(next) => setSuspended('timeline', next)} onLeave={onLeave}
    />
  );
}

/** Some terms only the host can check: an event may be unknown, an expression may not be understood. */
function useVerdict(text: string, terms: readonly FilterTerm[]): NonNullable<FilterBarProps['verdict']> {
  const unsure = terms.some(({ test }) => test.kind === 'around' || test.kind === 'regex');
  const answer = useRequest('timeline.page', unsure ? { filter: text, offset: 0, limit: 1 } : null);
  if (!unsure) return { state: 'taken' };
  if (answer.failure?.kind === 'usage') return { state: 'refused', message: answer.failure.message, column: answer.failure.column };
  return { state: answer.value === null && answer.failure === null ? 'checking' : 'taken' };
}
