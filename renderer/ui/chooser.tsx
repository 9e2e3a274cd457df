import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle } from 'react';
import { visible } from '../../shared/base/visible.ts';
import { count } from './basic.tsx';
import { around, narrowed, type Choice } from './narrow.ts';

export interface ChooserProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string | null;
  readonly onChoose: (value: string) => void;
  readonly placeholder?: string;
  /** Escape on a closed list: the keyboard goes back to where it can command. */
  readonly onLeave?: () => void;
  readonly handle?: Ref<{ focus(): void }>;
  /** What is typed, for choices that are looked up elsewhere. */
  readonly onType?: (typed: string) => void;
}

/** A combobox for lists of any length: typing narrows, arrows walk, Enter chooses, Escape leaves things as they were. */
export function Chooser({ label, choices, value, onChoose, placeholder, onLeave, handle, onType }: ChooserProps): ReactNode {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  useImperativeHandle(handle, () => ({ focus: () => input.current?.select() }), []);
  const chosen = choices.find((c) => c.value === value);
  const { shown, fit } = typed === null ? around(choices, value) : narrowed(choices, typed);
  const active = Math.min(at, shown.length - 1);

  const show = (): void => {
    if (open) return;
    setAt(Math.max(0, around(choices, value).shown.findIndex((c) => c.value === value)));
    setOpen(true);
  };
  const close = (): void => {
    setOpen(false);
    setTyped(null);
  };
  const choose = (choice: Choice | undefined): void => {
    close();
    if (choice !== undefined) onChoose(choice.value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) {
      if (open) setAt(Math.max(0, Math.min(shown.length - 1, active + step)));
      else show();
    } else if (event.key === 'Enter' && open) choose(shown[active]);
    else if (event.key === 'Escape' && open) close();
    else if (event.key === 'Escape' && onLeave !== undefined) onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="chooser">
      <label htmlFor={id}>{label}</label>
      <input
        id={id} ref={input} className="input" role="combobox" aria-expanded={open} aria-controls={`${id}l`} aria-autocomplete="list" aria-activedescendant={open && active >= 0 ? `${id}o${active}` : undefined}
        autoComplete="off" spellCheck={false} placeholder={placeholder} value={typed ?? (chosen === undefined ? '' : visible(textOf(chosen)))} title={chosen === undefined ? undefined : visible(textOf(chosen))}
        onChange={(e) => {
          setTyped(e.target.value);
          onType?.(e.target.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={(e) => e.target.select()} onMouseDown={show} onBlur={close} onKeyDown={onKeyDown}
      />
      {open ? <ChoiceList id={id} label={label} below={input} shown={shown} fit={fit} active={active} value={value} onChoose={choose} /> : null}
      <span className="visually-hidden" role="status">{open && typed !== null ? `${count(fit)} of ${count(choices.length)} fit` : ''}</span>
    </div>
  );
}

interface ListProps {
  readonly id: string;
  readonly label: string;
  readonly below: { readonly current: HTMLElement | null };
  readonly shown: readonly Choice[];
  readonly fit: number;
  readonly active: number;
  readonly value: string | null;
  readonly onChoose: (choice: Choice) => void;
}

/** Lies over the panes, which would cut it off. */
function ChoiceList({ id, label, below, shown, fit, active, value, onChoose }: ListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = below.current?.getBoundingClientRect();
    const element = list.current;
    if (box === undefined || element === null) return;
    const width = Math.max(box.width, Math.min(420, window.innerWidth - 16));
    element.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - width - 8))}px`;
    element.style.top = `${box.bottom + 1}px`;
    element.style.width = `${width}px`;
    element.style.maxHeight = `${Math.max(120, Math.min(420, window.innerHeight - box.bottom - 12))}px`;
  }, [below]);
  useLayoutEffect(() => {
    document.getElementById(`${id}o${active}`)?.scrollIntoView?.({ block: 'nearest' });
  }, [id, active]);
  return (
    // The pointer must not take the keyboard out of the field, which would close the list before the click.
    <div className="chooser-list" ref={list} onMouseDown={(e) => e.preventDefault()}>
      <div role="listbox" id={`${id}l`} aria-label={label}>
        {shown.map((choice, i) => [
          choice.group === undefined || choice.group === shown[i - 1]?.group ? null : <div key={`g ${choice.value}`} role="presentation" className="chooser-group">{visible(choice.group)}</div>,
          <div key={choice.value} id={`${id}o${i}`} role="option" aria-selected={choice.value === value} className={`chooser-option ${i === active ? 'active' : ''}`} onClick={() => onChoose(choice)}>
            <span>{visible(choice.words)}</span>{choice.more === undefined ? null : <span className="chooser-more"> {visible(choice.more)}</span>}
          </div>,
        ])}
      </div>
      {fit > shown.length ? <div className="chooser-foot">{count(fit - shown.length)} more: type a part of the name</div> : fit === 0 ? <div className="chooser-foot">Nothing fits.</div> : null}
    </div>
  );
}

function textOf(choice: Choice): string {
  return choice.more === undefined ? choice.words : `${choice.words} ${choice.more}`;
}
