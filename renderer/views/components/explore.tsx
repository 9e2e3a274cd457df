import { createContext, useContext, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Input } from '../../../shared/contract/index.ts';
import type { Range } from '../../ui/index.ts';
import { hex } from './words.ts';

/** A value that files can share. */
export interface Shared {
  readonly by: Input<'image.same'>['by'];
  readonly value: string;
}

/** What the tabs of one file have in common: its marked bytes, and the way to what else shares a value. */
export interface Explore {
  /** Marks a piece of the file: its bytes are shown at once. */
  readonly select: (place: Range) => void;
  /** The same, in the Bytes tab. */
  readonly open: (place: Range) => void;
  /** Looks a text up among the file's strings and marks it; for facts whose place nothing tells. */
  readonly find: (text: string, open: boolean) => void;
  readonly same: (shared: Shared) => void;
  /** Says which value has the focus: what `=` asks for. */
  readonly point: (shared: Shared | null) => void;
}

const ExploreContext = createContext<Explore | null>(null);
export const ExploreProvider = ExploreContext.Provider;

export function useExplore(): Explore {
  const explore = useContext(ExploreContext);
  if (explore === null) throw new Error('There is no file above this component.');
  return explore;
}

/** An offset that leads to its bytes. */
export function PlaceLink({ place, words }: { readonly place: Range; readonly words?: string }): ReactNode {
  const { select, open } = useExplore();
  return <button type="button" className="source-link" title={`${place.length} bytes at offset ${place.offset}`} onClick={() => select(place)} onDoubleClick={() => open(place)}>{words ?? hex(place.offset)}</button>;
}

/** A metadata token, which says nothing of the place: the name that it stands for is looked for among the strings. */
export function TokenLink({ token, name }: { readonly token: string; readonly name: string }): ReactNode {
  const { find } = useExplore();
  const last = /[^.:!/\\]+$/.exec(name)?.[0] ?? '';
  if (last.length < 3) return <span className="mono quiet" title="metadata token">{visible(token)}</span>;
  return <button type="button" className="source-link" title={`metadata token; finds ${visible(last)} in the bytes`} onClick={() => find(last, false)}>{visible(token)}</button>;
}

/** A value that other files may share, with the way to them. `words` says what it is: `imphash`. */
export function SharedValue({ shared, shown, words, place }: { readonly shared: Shared; readonly shown?: string; readonly words: string; readonly place?: Range }): ReactNode {
  const { same, point } = useExplore();
  return (
    <span className="shared-value">
      <span className="mono">{visible(shown ?? shared.value)}</span>{' '}
      {place === undefined ? null : <><PlaceLink place={place} />{' '}</>}
      <button
        type="button" className="mini" aria-label={`Everything else with this ${words}`} title={`Everything else in the case with this ${words} (=)`}
        onFocus={() => point(shared)} onBlur={() => point(null)} onClick={() => same(shared)}
      >=</button>
    </span>
  );
}
