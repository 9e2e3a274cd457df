import { useMemo, type ReactNode, type RefObject } from 'react';
import { appended, AROUND_SECONDS, describeTerm, parseFilter, printTerm, withOpposite, withoutTerm, type FilterTerm } from '../../../shared/query/index.ts';
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
    'filter.around': () => around(),
    'filter.save': () => void save(),
    'filter.history': () => void ask('filters', {}),
  });
  const around = (): void => {
    const event = store.getState().focused['timeline'];
    if (event === undefined) return void toast('No event has the focus.');
    const others = parsed.ok ? parsed.filter.terms.filter((t) => t.test.kind === 'around' && !t.negated).toReversed().reduce((rest, t) => withoutTerm(rest, t), text) : text;
    apply(appended(others, printTerm({ field: 'time', negated: false, test: { kind: 'around', event, seconds: AROUND_SECONDS } })));
  };
  const words = { time, event: useEventWords(parsed.ok ? parsed.filter.terms : []) };
  const chips = parsed.ok ? parsed.filter.terms.map((term): Chip => ({
    text: text.slice(term.start, term.end), words: describeTerm(term, words), negated: term.negated,
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
        return result.ok ? result.filter.terms.map((t) => describeTerm(t, words)).join(', ') : term;
      }}
      onApply={apply} onSuspend={(next) => setSuspended('timeline', next)} onLeave={onLeave}
    />
  );
}

/** An event in words, as far as the first one that the filter names is known: its moment and what happened. */
function useEventWords(terms: readonly FilterTerm[]): (id: string) => string {
  const time = useTimeText();
  const [first] = terms.flatMap(({ test }) => (test.kind === 'around' ? [test.event] : []));
  const { value } = useRequest('timeline.event', first === undefined ? null : { id: first });
  return (id) => (value?.id === id ? `${time(value.time)} ${value.what}` : `event ${id}`);
}

/** Some terms only the host can check: an event may be unknown, an expression may not be understood. */
function useVerdict(text: string, terms: readonly FilterTerm[]): NonNullable<FilterBarProps['verdict']> {
  const unsure = terms.some(({ test }) => test.kind === 'around' || test.kind === 'regex');
  const answer = useRequest('timeline.page', unsure ? { filter: text, offset: 0, limit: 1 } : null);
  if (!unsure) return { state: 'taken' };
  if (answer.failure?.kind === 'usage') return { state: 'refused', message: answer.failure.message, column: answer.failure.column };
  return { state: answer.value === null && answer.failure === null ? 'checking' : 'taken' };
}
