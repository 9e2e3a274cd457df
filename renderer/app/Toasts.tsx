import { useEffect, type ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';
import { useApp } from '../state/react.ts';

const SHOWN_MS = 8000;

/** Short answers to what was just done, read out politely; failures stay until they are dismissed. */
export function Toasts(): ReactNode {
  const toasts = useApp((s) => s.toasts);
  const announcement = useApp((s) => s.announcement);
  const drop = useApp((s) => s.dropToast);
  useEffect(() => {
    const plain = toasts.filter((t) => t.tone === 'plain').at(-1);
    if (plain === undefined) return;
    const timer = setTimeout(() => drop(plain.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toasts, drop]);
  return (
    <>
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={`toast ${toast.tone}`}>
            <span>{visible(toast.text)}</span>
            <button type="button" className="button quiet" onClick={() => drop(toast.id)}>Dismiss</button>
          </div>
        ))}
      </div>
      <div className="hidden-text" aria-live="polite">{visible(announcement)}</div>
    </>
  );
}
