import { useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Input } from '../../../shared/contract/index.ts';
import { useLatest, useSettled } from '../../state/react.ts';
import { Button, VisibleText } from '../../ui/index.ts';
import type { Node } from './use-graph.ts';

/** Hits that the list below the field shows. */
const LISTED = 40;

interface FindProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly nodes: readonly Node[];
  readonly where: Pick<Input<'graph.find'>, 'server' | 'asOf'>;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onLeave: () => void;
  /** A node that is drawn: it gets the focus. */
  readonly onDrawn: (id: string) => void;
  /** A node that is folded away: the path to it is asked for. */
  readonly onFolded: (id: string) => void;
}

export function drawnHits(nodes: readonly Node[], text: string): readonly Node[] {
  const wanted = text.toLowerCase();
  return wanted === '' ? [] : nodes.filter((n) => `${n.label} ${n.detail}`.toLowerCase().includes(wanted));
}

/** Finds nodes by a part of their text: those that are drawn at once, those that are folded in a list. */
export function FindBox({ text, onText, nodes, where, input, onLeave, onDrawn, onFolded }: FindProps): ReactNode {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const settled = useSettled(text, 150);
  const answer = useLatest('graph.find', settled === '' ? null : { ...where, text: settled, limit: LISTED });
  const drawn = useMemo(() => new Set(nodes.map((n) => n.id)), [nodes]);
  const here = drawnHits(nodes, text);
  const hits = settled === '' || settled !== text ? [] : (answer.value?.hits ?? []);
  const total = answer.value?.total ?? 0;
  const first = hits[0];
  const choose = (id: string): void => {
    setOpen(false);
    if (drawn.has(id)) {
      onDrawn(id);
      onLeave();
    } else onFolded(id);
  };
  return (
    <div className="find-box" ref={box} onFocus={() => setOpen(true)} onBlur={(e) => (box.current?.contains(e.relatedTarget) === true ? undefined : setOpen(false))} onKeyDown={(e) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (step === undefined) return;
      const items = [...(box.current?.querySelectorAll<HTMLElement>('input, .find-hits button') ?? [])];
      items[items.findIndex((item) => item === document.activeElement) + step]?.focus();
      e.preventDefault();
    }}>
      <label className="inline">Find <input ref={input} className="input" value={text} spellCheck={false} onChange={(e) => {
        onText(e.target.value);
        setOpen(true);
      }} onKeyDown={(e) => {
        if (e.key === 'Enter' && here.length === 0 && first !== undefined) choose(first.id);
        else if (e.key === 'Escape' || e.key === 'Enter') {
          setOpen(false);
          onLeave();
        }
      }} /></label>
      <span className="dim" role="status">{text === '' ? '' : hits.length === 0 ? `${here.length} found` : `${here.length} found here, ${total} in all`}</span>
      {open && hits.length > 0 ? (
        <ul className="find-hits" aria-label="Nodes found">
          {hits.map((node) => (
            <li key={node.id}><Button tone="quiet" onClick={() => choose(node.id)} title={visible(node.detail)}><VisibleText text={node.label} /> <span className="quiet">{node.kind}{node.detail === '' ? '' : `, ${visible(node.detail.split(';', 1)[0]?.slice(0, 70) ?? '')}`}{drawn.has(node.id) ? '' : ', folded: show the path to it'}</span></Button></li>
          ))}
          {total > hits.length ? <li className="quiet">and {total - hits.length} more: type more of the name</li> : null}
        </ul>
      ) : null}
    </div>
  );
}
