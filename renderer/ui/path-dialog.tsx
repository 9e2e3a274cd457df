import { useEffect, useId, useState, type FormEvent, type ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';
import { Button, FailureLine } from './basic.tsx';
import { Dialog, DialogFoot } from './dialog.tsx';

export interface Listing {
  readonly path: string;
  readonly parent: string | null;
  readonly entries: readonly { readonly name: string; readonly path: string; readonly kind: 'folder' | 'file' }[];
  readonly capped: boolean;
}

export interface PathDialogProps {
  readonly mode: 'folder' | 'file' | 'save';
  readonly title: string;
  readonly action: string;
  readonly suggested: string;
  readonly extensions: readonly string[];
  /** Lists a folder of the host; null asks for the place to start. A text is why it cannot be listed. */
  readonly list: (path: string | null) => Promise<Listing | string>;
  readonly onDone: (path: string | null) => void;
}

const HELP = {
  folder: 'Go into the folder and take it, or type its path.',
  file: 'Choose a file, or type its path.',
  save: 'Go to the folder and give the file a name. A place in the evidence is refused.',
} as const;

/** The file dialog of a host that has none of its own: a typed path and a listing of the computer that the workbench runs on. */
export function PathDialog(props: PathDialogProps): ReactNode {
  const { mode, list } = props;
  const [listing, setListing] = useState<Listing | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const field = useId();

  const go = async (path: string | null): Promise<void> => {
    const answer = await list(path);
    if (typeof answer === 'string') {
      setFailure(answer);
      return;
    }
    setFailure(null);
    setListing(answer);
    // What was typed while the folder was being listed stays.
    setTyped((now) => (now === typed ? afterListing(mode, answer.path, nameOf(now) || props.suggested) : now));
  };
  // oxlint-disable-next-line react/exhaustive-deps -- once, when the dialog appears
  useEffect(() => void go(null), []);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() !== '') props.onDone(typed.trim());
  };
  const shown = listing?.entries.filter((e) => e.kind === 'folder' || (mode !== 'folder' && fits(e.name, props.extensions))) ?? [];

  return (
    <Dialog title={props.title} help={HELP[mode]} onClose={() => props.onDone(null)} wide>
      <form className="form" onSubmit={submit}>
        <label htmlFor={field}>Path</label>
        <input id={field} className="input mono" value={typed} onChange={(e) => setTyped(e.target.value)} spellCheck={false} autoComplete="off" />
        <div className="path-bar">
          <Button disabled={listing?.parent === null || listing === null} onClick={() => void go(listing?.parent ?? null)}>Parent folder</Button>
          <Button disabled={typed.trim() === ''} onClick={() => void go(typed.trim())}>List this path</Button>
          <span className="mono dim">{visible(listing?.path ?? '')}</span>
        </div>
        {failure === null ? null : <FailureLine message={failure} />}
        <ul className="path-list" aria-label="Entries of the folder">
          {shown.map((entry) => (
            <li key={entry.path}>
              <button type="button" className="path-entry" onClick={() => (entry.kind === 'folder' ? void go(entry.path) : setTyped(entry.path))}>
                <span className="quiet">{entry.kind === 'folder' ? 'folder' : 'file'}</span> <span className="mono">{visible(entry.name)}</span>
              </button>
            </li>
          ))}
          {listing !== null && shown.length === 0 ? <li className="quiet">Nothing to choose here.</li> : null}
          {listing?.capped === true ? <li className="quiet">There are more entries than are listed: type the path.</li> : null}
        </ul>
        <DialogFoot>
          <Button onClick={() => props.onDone(null)}>Cancel</Button>
          <Button tone="primary" type="submit" disabled={typed.trim() === ''}>{props.action}</Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

/** What stands in the path field once a folder is listed. */
function afterListing(mode: PathDialogProps['mode'], folder: string, name: string): string {
  if (mode === 'save') return joined(folder, name);
  return mode === 'folder' ? folder : '';
}
function fits(name: string, extensions: readonly string[]): boolean {
  return extensions.length === 0 || extensions.some((e) => name.toLowerCase().endsWith(`.${e.toLowerCase()}`));
}
function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
function joined(folder: string, name: string): string {
  const bar = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(bar) ? folder + name : `${folder}${bar}${name}`;
}
