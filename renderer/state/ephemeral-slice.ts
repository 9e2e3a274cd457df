import type { Output } from '../../shared/contract/index.ts';
import type { SetPart } from './set-part.ts';

type Examination = NonNullable<Output<'case.info'>['examination']>;

/** What is asked in a dialog, and by its kind what comes back (null: cancelled). */
export interface DialogKinds {
  help: { ask: object; answer: never };
  palette: { ask: object; answer: never };
  settings: { ask: object; answer: never };
  path: { ask: { mode: 'folder' | 'file' | 'save'; title: string; action: string; suggested: string; extensions: readonly string[] }; answer: string };
  examination: { ask: { current: Examination | null }; answer: Examination };
  text: { ask: { title: string; label: string; help: string; action: string; initial: string; required: boolean }; answer: string };
  /** `free`: the moment is the analyst's own word and can be changed; else it is that of what the note cites. */
  note: { ask: { title: string; text: string; tag: string; about: string | null; cites: number; free: boolean }; answer: { text: string; tag: string; about: string | null } };
  columns: { ask: { options: readonly { id: string; title: string }[]; chosen: readonly string[] }; answer: readonly string[] };
  /** The tree of filters that were tried, and the saved ones. Both change the session by themselves. */
  filters: { ask: object; answer: never };
  savedFilters: { ask: object; answer: never };
  saveFilter: { ask: { text: string; name: string; key: number | null }; answer: { name: string; key: number | null } };
  choice: { ask: { title: string; help: string; options: readonly { value: string; label: string }[] }; answer: string };
}
export type DialogKind = keyof DialogKinds;
export type DialogState = { [K in DialogKind]: { readonly kind: K; readonly ask: DialogKinds[K]['ask'] } }[DialogKind];

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'bad';
}

/** What is forgotten the moment it is over. */
export interface EphemeralSlice {
  readonly dialog: DialogState | null;
  readonly toasts: readonly Toast[];
  /** Read out to screen readers; changes seldom. */
  readonly announcement: string;
  /** What the view in front shows of its list, for the status bar. */
  readonly tally: { readonly shown: number; readonly total: number; readonly counting: boolean; readonly noun: string } | null;
  /** Rows that came in behind what is on screen; R takes them. */
  readonly newRows: number;
  open(kind: 'help' | 'palette' | 'settings'): void;
  /** Shows a dialog and waits for its answer. */
  ask<K extends DialogKind>(kind: K, ask: DialogKinds[K]['ask']): Promise<DialogKinds[K]['answer'] | null>;
  /** Answers the dialog in front; null cancels. */
  answer(value: unknown): void;
  toast(text: string, tone?: Toast['tone']): void;
  dropToast(id: number): void;
  announce(text: string): void;
  setTally(tally: EphemeralSlice['tally']): void;
  setNewRows(rows: number): void;
}

export const createEphemeralSlice = (set: SetPart<EphemeralSlice>): EphemeralSlice => {
  let settle: ((value: unknown) => void) | null = null;
  let nextToast = 1;
  const close = (value: unknown): void => {
    const waiting = settle;
    settle = null;
    set({ dialog: null });
    waiting?.(value);
  };
  return {
    dialog: null,
    toasts: [],
    announcement: '',
    tally: null,
    newRows: 0,
    open: (kind) => {
      close(null);
      set({ dialog: { kind, ask: {} } });
    },
    ask: (kind, ask) => {
      close(null);
      set({ dialog: { kind, ask } as DialogState });
      return new Promise((resolve) => {
        settle = resolve as (value: unknown) => void;
      });
    },
    answer: close,
    toast: (text, tone = 'plain') => {
      const id = nextToast++;
      set((s) => ({ toasts: [...s.toasts, { id, text, tone }].slice(-4) }));
    },
    dropToast: (id) => set((s) => ({ toasts: s.toasts.filter((t) => t.id !== id) })),
    announce: (text) => set({ announcement: text }),
    setTally: (tally) => set({ tally }),
    setNewRows: (rows) => set({ newRows: rows }),
  };
};
