import { useEffect, type ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';
import type { Toast } from '../state/ephemeral-slice.ts';
import { useApp } from '../state/react.ts';

const SHOWN_MS = 8000;

/** Short answers to what was just done, read out politely; failures stay until they are dismissed. */
export function Toasts(): ReactNode {
  const toasts = useApp((s) => s.toasts);
  const announcement = useApp((s) => s.announcement);
  const drop = useApp((s) => s.dropToast);
  return (
    <>
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => <ToastLine key={toast.id} toast={toast} drop={drop} />)}
      </div>
      <div className="hidden-text" aria-live="polite">{visible(announcement)}</div>
    </>
  );
}

function ToastLine({ toast, drop }: { readonly toast: Toast; readonly drop: (id: number) => void }): ReactNode {
  const { id, tone, text } = toast;
  useEffect(() => {
    if (tone !== 'plain') return;
    // Each has its own time: one that comes later keeps none of the earlier ones on screen.
    const timer = setTimeout(() => drop(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, tone, drop]);
  return (
    <div className={`toast ${tone}`}>
      <span>{visible(text)}</span>
      <button type="button" className="button quiet" onClick={() => drop(id)}>Dismiss</button>
    </div>
  );
}
