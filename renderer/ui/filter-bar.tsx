import { useId, useRef, useState, type ReactNode, type Ref, useImperativeHandle } from 'react';
import { visible } from '../../shared/base/visible.ts';
import { Button } from './basic.tsx';

export interface Chip {
  readonly text: string;
  readonly negated: boolean;
  readonly remove: () => void;
}
export interface FilterFault {
  readonly message: string;
  readonly column: number;
}
export interface FilterHandle {
  focus(): void;
  /** Puts text in the field without applying it: prepared. */
  prepare(text: string): void;
}
export interface FilterBarProps {
  /** The filter that is applied. */
  readonly text: string;
  readonly suspended: boolean;
  readonly placeholder: string;
  /** What is wrong with a text, or null. */
  readonly check: (text: string) => FilterFault | null;
  readonly chips: readonly Chip[];
  readonly onApply: (text: string) => void;
  readonly onSuspend: (suspended: boolean) => void;
  /** Escape or Enter: the keyboard goes back to the list. */
  readonly onLeave: () => void;
  readonly handle?: Ref<FilterHandle>;
}

/** The filter as text and as chips. While typing it is green (would work), red (faulty, with the place) or amber (typed, not yet applied). */
export function FilterBar(props: FilterBarProps): ReactNode {
  const [typed, setTyped] = useState(props.text);
  const [applied, setApplied] = useState(props.text);
  // Another filter was applied from elsewhere (a cell, the histogram): the field follows.
  if (applied !== props.text) {
    setApplied(props.text);
    setTyped(props.text);
  }
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  useImperativeHandle(props.handle, () => ({
    focus: () => input.current?.select(),
    prepare: (text) => {
      setTyped(text);
      input.current?.focus();
    },
  }), []);
  const fault = props.check(typed);
  const changed = typed.trim() !== props.text.trim();
  const state = fault !== null ? 'faulty' : typed.trim() === '' ? 'none' : changed ? 'typed' : props.suspended ? 'suspended' : 'good';
  const words = { faulty: '', none: '', typed: 'Enter applies it', good: 'applied', suspended: 'suspended' }[state];

  return (
    <div className="filter-bar" role="search" aria-label="Filter rows">
      <div className={`filter-field ${state}`}>
        <label className="filter-label" htmlFor={`${hint}f`}>Filter</label>
        <input
          id={`${hint}f`} ref={input} className="filter-input mono" value={typed} spellCheck={false} autoComplete="off" placeholder={props.placeholder}
          aria-invalid={fault !== null} aria-describedby={hint}
          onChange={(e) => setTyped(e.target.value)}
          onKeyDown={(e) => {
            if (e.key === 'Enter' && fault === null) {
              props.onApply(typed.trim());
              props.onLeave();
            } else if (e.key === 'Escape') {
              setTyped(props.text);
              props.onLeave();
            }
          }}
        />
        <span className="filter-state" id={hint} role="status">
          {fault === null ? words : `column ${fault.column}: ${visible(fault.message)}`}
        </span>
      </div>
      {fault === null ? null : <pre className="filter-caret mono" aria-hidden="true">{`${' '.repeat(Math.max(0, Math.min(fault.column - 1, 200)))}^`}</pre>}
      {props.chips.length === 0 ? null : (
        <ul className={`chips ${props.suspended ? 'suspended' : ''}`} aria-label="Filter terms">
          {props.chips.map((chip, i) => (
            <li key={`${chip.text} ${i}`} className={`chip mono ${chip.negated ? 'negated' : ''}`}>
              {visible(chip.text)}
              <button type="button" aria-label={`Remove ${visible(chip.text)}`} onClick={chip.remove}>x</button>
            </li>
          ))}
          <li><Button tone="quiet" onClick={() => props.onSuspend(!props.suspended)}>{props.suspended ? 'Restore (.)' : 'Suspend (.)'}</Button></li>
          <li><Button tone="quiet" onClick={() => props.onApply('')}>Clear</Button></li>
        </ul>
      )}
    </div>
  );
}
