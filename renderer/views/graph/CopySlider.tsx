import type { ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { onMainLine, SERIES_WORDS } from '../../state/copies.ts';
import { useTimeText } from '../../state/react.ts';
import { FIDELITY_BRIEF, VisibleText } from '../../ui/index.ts';

type Copy = Output<'graph.view'>['copies'][number];
type Node = Output<'graph.view'>['nodes'][number];

interface SliderProps {
  readonly copies: readonly Copy[];
  readonly asOf: string | null;
  readonly nodes: readonly Node[];
  readonly showLater: boolean;
  readonly onChange: (asOf: string | null) => void;
  readonly onShowLater: (show: boolean) => void;
}

/** The copies that the slider goes over: those of applicationHost.config as a whole, oldest first, the file in force last. */
export function slidable(copies: readonly Copy[]): readonly Copy[] {
  const line = copies.filter(onMainLine);
  const live = line.filter((c) => c.series === 'live');
  return [...line.filter((c) => c.series !== 'live'), ...live];
}

/** How the moment on screen differs from the one before it and from now, as counts of components. */
export function momentDifference(nodes: readonly Pick<Node, 'kind' | 'arrival' | 'historyOnly' | 'count'>[], now: boolean): string {
  const own = nodes.filter((n) => n.kind === 'component' || n.kind === 'group');
  const sum = (wanted: (n: (typeof own)[number]) => boolean): number => own.filter(wanted).reduce((total, n) => total + n.count, 0);
  const gone = sum((n) => n.historyOnly);
  const parts = [`${sum((n) => n.arrival === 'added')} new since the copy before`, now ? `${gone} in copies only` : `${gone} gone by now`, ...(now ? [] : [`${sum((n) => n.arrival === 'later')} not there yet`])];
  return parts.join(', ');
}

/** Moves the graph over the saved copies of the configuration; the last place is the live one. */
export function CopySlider({ copies, asOf, nodes, showLater, onChange, onShowLater }: SliderProps): ReactNode {
  const time = useTimeText();
  const line = slidable(copies);
  const found = line.findIndex((c) => c.id === asOf);
  const at = found < 0 ? line.length - 1 : found;
  const copy = line[at];
  const words = copy === undefined ? '' : `${visible(copy.id)}${copy.series === 'live' ? '' : ` (${SERIES_WORDS[copy.series]})`}${copy.moment.time === null ? '' : `, ${time(copy.moment.time)}`}, ${FIDELITY_BRIEF[copy.moment.fidelity]}`;
  if (line.length === 0) return null;
  return (
    <div className="copy-slider">
      <label htmlFor="copy-slider">Configuration as of</label>
      <input
        id="copy-slider" type="range" min={0} max={line.length - 1} value={at} aria-valuetext={words}
        onChange={(e) => {
          const next = Number(e.target.value);
          onChange(next === line.length - 1 ? null : (line[next]?.id ?? null));
        }}
      />
      <span className="mono"><VisibleText text={words} /></span>
      <span className="quiet">{at + 1} of {line.length}</span>
      <span className="dim" role="status">{momentDifference(nodes, at === line.length - 1)}</span>
      <label className="inline"><input type="checkbox" checked={showLater} disabled={at === line.length - 1} onChange={(e) => onShowLater(e.target.checked)} /> outline what came later</label>
    </div>
  );
}
