import { useSyncExternalStore, type ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';

export interface Part {
  readonly id: string;
  /** Percent of the whole at the start. */
  readonly size: number;
  readonly min?: number;
  readonly content: ReactNode;
}

/** Below this width (a small window, or 200 % zoom) two panes side by side can no longer be read. */
const NARROW = '(max-width: 1100px)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/**
 * Panes side by side (or one above the other) with borders that mouse and keyboard can move. In a narrow window the detail goes below;
 * an `inner` split within a strip of such a window lies side by side there, and one above the other in a wide one.
 */
export function Split({ id, parts, down = false, inner = false }: { readonly id: string; readonly parts: readonly Part[]; readonly down?: boolean; readonly inner?: boolean }): ReactNode {
  const narrow = useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches, () => false);
  const vertical = inner ? !narrow : narrow || down;
  return (
    <Group id={id} orientation={vertical ? 'vertical' : 'horizontal'} disableCursor className="split">
      {parts.map((part, i) => [
        i === 0 ? null : <Separator key={`${part.id} border`} className={vertical ? 'split-border down' : 'split-border'} aria-label={`Border before ${part.id}`} />,
        <Panel key={part.id} id={`${id}-${part.id}`} defaultSize={`${part.size}%`} minSize={`${part.min ?? 12}%`} className="split-part">{part.content}</Panel>,
      ])}
    </Group>
  );
}
