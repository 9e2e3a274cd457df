import { useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { visible } from '../../shared/base/visible.ts';

export interface FilterFault {
  readonly message: string;
  /** 1-based; `end` lies behind the word. */
  readonly column: number;
  readonly end?: number;
}
/** What can be put in at the caret. */
export interface Suggestions {
  /** What is offered: `fields`, `values of status`. */
  readonly title: string;
  readonly options: readonly { readonly value: string; readonly words: string; readonly note: string }[];
  /** Whether something else is to be offered behind a choice: values behind the name of a field. */
  readonly more: boolean;
  /** The text with an option put in, and where the caret goes. */
  readonly put: (value: string) => { readonly text: string; readonly caret: number };
}
/** @param wanted asked for by a key, not by typing: also where nothing is typed yet */
export type Suggest = (text: string, caret: number, wanted: boolean) => Promise<Suggestions | null>;

export interface FilterFieldHandle {
  focus(): void;
  /** Focuses the field with a part of the text selected. */
  select(from: number, to: number): void;
}
export interface FilterFieldProps {
  readonly id: string;
  readonly value: string;
  readonly placeholder: string;
  readonly fault: FilterFault | null;
  readonly describedBy: string;
  readonly suggest: Suggest | undefined;
  readonly onChange: (text: string) => void;
  readonly onEnter: () => void;
  readonly onEscape: () => void;
  readonly handle: Ref<FilterFieldHandle>;
}

/** After this long without a key something is offered. */
const REST_MS = 180;

/**
 * The text of a filter: the word that is wrong is marked in it, and what fits at the caret is offered below: arrows choose,
 * Tab or Enter takes it, Escape closes the list.
 */
export function FilterField(props: FilterFieldProps): ReactNode {
  const { value, fault, suggest } = props;
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const ids = useId();
  const [offer, setOffer] = useState<Suggestions | null>(null);
  const [active, setActive] = useState(-1);
  /** Where something was typed last; a caret that is only moved asks nothing. */
  const [typedAt, setTypedAt] = useState<{ readonly text: string; readonly caret: number; readonly wanted: boolean } | null>(null);
  useImperativeHandle(props.handle, () => ({
    focus: () => input.current?.select(),
    select: (from, to) => {
      input.current?.focus();
      input.current?.setSelectionRange(from, to);
    },
  }), []);
  const close = (): void => {
    setTypedAt(null);
    setOffer(null);
    setActive(-1);
  };
  useEffect(() => {
    if (typedAt === null || suggest === undefined) return undefined;
    let over = false;
    const timer = setTimeout(() => void suggest(typedAt.text, typedAt.caret, typedAt.wanted).then((found) => {
      if (over) return;
      setOffer(found !== null && found.options.length > 0 ? found : null);
      setActive(-1);
    }), REST_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [typedAt, suggest]);
  useLayoutEffect(() => {
    if (mirror.current !== null) mirror.current.scrollLeft = input.current?.scrollLeft ?? 0;
  });
  const take = (at: number): void => {
    const option = offer?.options[at];
    if (offer === null || option === undefined) return;
    const { text, caret } = offer.put(option.value);
    props.onChange(text);
    close();
    if (offer.more) setTypedAt({ text, caret, wanted: false });
    setTimeout(() => input.current?.setSelectionRange(caret, caret), 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const options = offer?.options.length ?? 0;
    if (event.key === 'ArrowDown' && offer === null) setTypedAt({ text: value, caret: input.current?.selectionStart ?? value.length, wanted: true });
    else if (event.key === 'ArrowDown') setActive((active + 1) % options);
    else if (event.key === 'ArrowUp' && offer !== null) setActive(active <= 0 ? options - 1 : active - 1);
    else if (event.key === 'Tab' && offer !== null && !event.shiftKey) take(Math.max(0, active));
    else if (event.key === 'Enter' && offer !== null && active >= 0) take(active);
    else if (event.key === 'Enter' && !event.ctrlKey) {
      close();
      props.onEnter();
    } else if (event.key === 'Escape' && offer !== null) close();
    else if (event.key === 'Escape') {
      close();
      props.onEscape();
    } else return;
    event.preventDefault();
  };
  const open = offer !== null;
  return (
    <div className="filter-box">
      <div className="filter-mirror" ref={mirror} aria-hidden="true">
        {fault === null ? null : <><span>{value.slice(0, fault.column - 1)}</span><mark>{value.slice(fault.column - 1, (fault.end ?? fault.column + 1) - 1) || ' '}</mark></>}
      </div>
      <input
        id={props.id} ref={input} className="filter-input mono" value={value} spellCheck={false} autoComplete="off" placeholder={props.placeholder}
        aria-invalid={fault !== null} aria-describedby={props.describedBy} aria-autocomplete="list" aria-controls={open ? `${ids}list` : undefined} aria-activedescendant={open && active >= 0 ? `${ids}${active}` : undefined}
        onChange={(e) => {
          props.onChange(e.target.value);
          setTypedAt({ text: e.target.value, caret: e.target.selectionStart ?? e.target.value.length, wanted: false });
        }}
        onScroll={() => {
          if (mirror.current !== null) mirror.current.scrollLeft = input.current?.scrollLeft ?? 0;
        }}
        onBlur={close} onKeyDown={onKeyDown}
      />
      {offer === null ? null : (
        <ul id={`${ids}list`} role="listbox" aria-label={`Suggestions: ${offer.title}`} className="filter-offer" style={{ left: `min(${typedAt?.caret ?? 0}ch, 50%)` }}>
          {offer.options.map((option, i) => (
            <li
              key={option.value} id={`${ids}${i}`} role="option" aria-selected={i === active}
              // The field keeps the focus.
              onMouseDown={(e) => {
                e.preventDefault();
                take(i);
              }}
            >
              <span className="mono">{visible(option.words)}</span><span className="quiet">{visible(option.note)}</span>
            </li>
          ))}
        </ul>
      )}
      <span className="visually-hidden" role="log">{open ? `${offer.options.length} suggestions: ${offer.title}` : ''}</span>
    </div>
  );
}
