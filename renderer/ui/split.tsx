import type { ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';

export interface Part {
  readonly id: string;
  /** Percent of the whole at the start. */
  readonly size: number;
  readonly min?: number;
  readonly content: ReactNode;
}

/** Panes side by side (or one above the other) with borders that mouse and keyboard can move. */
export function Split({ id, parts, down = false }: { readonly id: string; readonly parts: readonly Part[]; readonly down?: boolean }): ReactNode {
  return (
    <Group id={id} orientation={down ? 'vertical' : 'horizontal'} disableCursor className="split">
      {parts.map((part, i) => [
        i === 0 ? null : <Separator key={`${part.id} border`} className={down ? 'split-border down' : 'split-border'} aria-label={`Border before ${part.id}`} />,
        <Panel key={part.id} id={`${id}-${part.id}`} defaultSize={`${part.size}%`} minSize={`${part.min ?? 12}%`} className="split-part">{part.content}</Panel>,
      ])}
    </Group>
  );
}
