import './filter-bar.css';
import { useEffect, useId, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from 'react';
import { visible } from '../../shared/base/visible.ts';
import { appended, caretLine, withoutTerm } from '../../shared/query/index.ts';
import { FilterChips, type Chip } from './filter-chips.tsx';
import { FilterField, type FilterFault, type FilterFieldHandle, type Suggest } from './filter-field.tsx';

export interface FilterHandle {
  focus(): void;
  /** Adds what a text has beyond the applied one to the field without applying it: prepared. The focus stays where it is. */
  prepare(text: string): void;
  /** Applies what is in the field, if it is understood. */
  apply(): void;
  /** Goes to the first term. */
  terms(): void;
  /** Goes to a part of the text in the field. */
  select(from: number, to: number): void;
}
export interface FilterBarProps {
  /** The filter that is applied. */
  readonly text: string;
  readonly suspended: boolean;
  readonly placeholder: string;
  /** What is wrong with a text, or null. */
  readonly check: (text: string) => FilterFault | null;
  /** What the host said of the applied text: a sentence when it refuses it, `checking` while it has not answered. */
  readonly verdict?: { readonly state: 'checking' | 'taken' } | { readonly state: 'refused'; readonly message: string; readonly column?: number | undefined };
  readonly chips: readonly Chip[];
  /** Terms of the text in the field that are not applied, for the words of prepared chips. */
  readonly describe?: (term: string) => string;
  readonly suggest?: Suggest;
  readonly onApply: (text: string) => void;
  readonly onSuspend: (suspended: boolean) => void;
  /** Escape or Enter: the keyboard goes back to the list. */
  readonly onLeave: () => void;
  readonly handle?: Ref<FilterHandle>;
}

/**
 * The filter as text and as chips. While typing it is green (what is applied), red (faulty, with the word marked and the
 * sentence under it) or amber (typed or prepared and not yet applied, or not yet checked by the host).
 */
export function FilterBar(props: FilterBarProps): ReactNode {
  const [typed, setTyped] = useState(props.text);
  const [applied, setApplied] = useState(props.text);
  const [prepared, setPrepared] = useState<readonly string[]>([]);
  // Another filter was applied from elsewhere (a cell, the histogram): the field follows, and what is prepared stays so.
  if (applied !== props.text) {
    const still = prepared.filter((term) => !props.text.includes(term));
    setApplied(props.text);
    setTyped(still.reduce(appended, props.text));
    setPrepared(still);
  }
  const field = useRef<FilterFieldHandle>(null);
  const bar = useRef<HTMLDivElement>(null);
  const id = useId();
  const hint = `${id}hint`;
  const changed = typed.trim() !== props.text.trim();
  const refused = !changed && props.verdict?.state === 'refused' ? props.verdict : null;
  const fault = props.check(typed) ?? (refused === null ? null : { message: refused.message, column: refused.column ?? 1, end: (refused.column ?? 1) + wordLength(typed, refused.column ?? 1) });
  const apply = (): void => {
    if (props.check(typed) !== null) return;
    setPrepared([]);
    props.onApply(typed.trim());
    props.onLeave();
  };
  const drop = (term: string): void => {
    setPrepared((p) => p.filter((t) => t !== term));
    setTyped((t) => (t.includes(term) ? withoutTerm(t, { start: t.lastIndexOf(term), end: t.lastIndexOf(term) + term.length }) : t));
  };
  useImperativeHandle(props.handle, () => ({
    focus: () => field.current?.focus(),
    prepare: (text) => {
      const before = props.text.trimEnd();
      const added = before === '' || text.startsWith(`${before} `);
      const more = added ? text.slice(before.length).trim() : text;
      if (more === '' || text === props.text || prepared.includes(more)) return;
      setTyped(added ? appended(typed, more) : text);
      setPrepared([...prepared, more]);
    },
    apply,
    select: (from, to) => field.current?.select(from, to),
    terms: () => bar.current?.querySelector<HTMLElement>('.chip-body')?.focus(),
  }));
  useEnterInList(prepared.length > 0, apply);
  const state = fault !== null ? 'faulty' : typed.trim() === '' ? 'none' : changed || props.verdict?.state === 'checking' ? 'typed' : props.suspended ? 'suspended' : 'good';
  const words = { faulty: '', none: '', typed: changed ? 'Enter applies it' : 'being checked', good: 'applied', suspended: 'suspended' }[state];
  const chips: readonly Chip[] = [
    // Their places are those of the applied text.
    ...props.chips.map((chip) => (changed && chip.edit !== undefined ? { ...chip, edit: () => field.current?.focus() } : chip)),
    ...prepared.filter((term) => typed.includes(term)).map((term): Chip => ({ text: term, words: props.describe?.(term) ?? term, negated: false, prepared: true, remove: () => drop(term), edit: () => field.current?.select(typed.lastIndexOf(term), typed.lastIndexOf(term) + term.length) })),
  ];

  return (
    <div className="filter-bar" role="search" aria-label="Filter rows" ref={bar}>
      <div className={`filter-field ${state}`}>
        <label className="filter-label" htmlFor={`${id}field`}>Filter</label>
        <FilterField
          id={`${id}field`} value={typed} placeholder={props.placeholder} fault={fault} describedBy={hint} suggest={props.suggest} handle={field} onChange={setTyped} onEnter={apply}
          onEscape={() => {
            setTyped(props.text);
            setPrepared([]);
            props.onLeave();
          }}
        />
        <span className="filter-state" id={hint} role="status">
          {fault === null ? words : <>column {fault.column}<span className="visually-hidden">: {visible(fault.message)}</span></>}
        </span>
      </div>
      {fault === null ? null : (
        <div className="filter-caret mono" aria-hidden="true">
          <span>{caretLine({ column: Math.min(fault.column, 100), end: Math.min(fault.column, 100) + Math.min(40, (fault.end ?? fault.column + 1) - fault.column) })}</span> <span className="filter-fault">{visible(fault.message)}</span>
        </div>
      )}
      <FilterChips chips={chips} suspended={props.suspended} onSuspend={props.onSuspend} onClear={() => {
        setPrepared([]);
        setTyped('');
        props.onApply('');
      }} onLeave={props.onLeave} />
    </div>
  );
}

/** While something is prepared, Enter in a list applies it instead of opening the row. */
function useEnterInList(active: boolean, apply: () => void): void {
  const latest = useRef(apply);
  useEffect(() => {
    latest.current = apply;
  });
  useEffect(() => {
    if (!active) return undefined;
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      const inList = event.target instanceof Element && event.target.closest('[role="gridcell"]') !== null;
      if (event.key !== 'Enter' || !inList || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [active]);
}

/** Up to the next space behind a 1-based column. */
function wordLength(text: string, column: number): number {
  return Math.max(1, /^\S*/.exec(text.slice(column - 1))?.[0].length ?? 1);
}
