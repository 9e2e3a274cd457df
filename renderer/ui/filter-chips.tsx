import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';
import { Button } from './basic.tsx';

/** One term of a filter. */
export interface Chip {
  /** As it was typed. */
  readonly text: string;
  readonly negated: boolean;
  /** In words for a person; absent: the text says it. */
  readonly words?: string;
  /** In the field but not applied yet. */
  readonly prepared?: boolean;
  readonly remove: () => void;
  /** Turns the term into its opposite. */
  readonly invert?: () => void;
  /** Goes to the term in the field. */
  readonly edit?: () => void;
}

export interface FilterChipsProps {
  readonly chips: readonly Chip[];
  readonly suspended: boolean;
  readonly onSuspend: (suspended: boolean) => void;
  readonly onClear: () => void;
  readonly onLeave: () => void;
}

/** The terms of a filter. One of them can be tabbed to; arrows go to the others, Delete removes one, `-` turns it round, Enter edits it. */
export function FilterChips({ chips, suspended, onSuspend, onClear, onLeave }: FilterChipsProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  if (chips.length === 0) return null;
  const bodies = (): readonly HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('.chip-body') ?? [])];
  const goTo = (at: number): void => bodies()[Math.max(0, Math.min(chips.length - 1, at))]?.focus();
  const onKeyDown = (event: KeyboardEvent, chip: Chip, at: number): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const does: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowRight: () => goTo(at + 1), ArrowLeft: () => goTo(at - 1), Home: () => goTo(0), End: () => goTo(chips.length - 1),
      Delete: () => removeAt(chip, at), Backspace: () => removeAt(chip, at), '-': chip.invert, Escape: onLeave,
    };
    const run = Object.hasOwn(does, event.key) ? does[event.key] : undefined;
    if (run === undefined) return;
    event.preventDefault();
    run();
  };
  /** The keyboard goes on to the term that takes the place, or leaves with the last one. */
  const removeAt = (chip: Chip, at: number): void => {
    const left = chips.length - 1;
    chip.remove();
    if (left === 0) onLeave();
    else setTimeout(() => bodies()[Math.min(at, left - 1)]?.focus(), 0);
  };
  return (
    <ul className={`chips ${suspended ? 'suspended' : ''}`} aria-label="Filter terms" ref={list}>
      {chips.map((chip, i) => (
        // By its place: a term that is turned round is the same term, and keeps the keyboard.
        <li key={`term ${i}`} className={`chip mono ${chip.negated ? 'negated' : ''} ${chip.prepared === true ? 'prepared' : ''}`} title={visible(chip.text)}>
          <button
            type="button" className="chip-body" tabIndex={i === 0 ? 0 : -1} onClick={chip.edit} onKeyDown={(e) => onKeyDown(e, chip, i)}
            aria-description={chip.invert === undefined ? 'Delete removes it' : 'Enter edits it, - turns it round, Delete removes it'}
          >
            {chip.prepared === true ? <span className="chip-mark">+<span className="visually-hidden"> prepared: </span></span> : null}{visible(chip.words ?? chip.text)}
          </button>
          <button type="button" className="chip-remove" tabIndex={-1} aria-label={`Remove ${visible(chip.text)}`} onClick={chip.remove}>x</button>
        </li>
      ))}
      {chips.some((c) => c.prepared === true) ? <li className="quiet">prepared: Enter applies</li> : null}
      <li><Button tone="quiet" onClick={() => onSuspend(!suspended)}>{suspended ? 'Restore (.)' : 'Suspend (.)'}</Button></li>
      <li><Button tone="quiet" onClick={onClear}>Clear</Button></li>
    </ul>
  );
}
