import type { ReactNode } from 'react';
import { ContextMenu, Menubar } from 'radix-ui';
import { visible } from '../../shared/base/visible.ts';

export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly keys: string;
  readonly disabled: boolean;
  readonly run: () => void;
}
export interface Menu {
  readonly title: string;
  readonly entries: readonly MenuEntry[];
}

export function MenuBar({ menus }: { readonly menus: readonly Menu[] }): ReactNode {
  return (
    <Menubar.Root className="menu-bar" aria-label="Menu">
      {menus.map((menu) => (
        <Menubar.Menu key={menu.title}>
          <Menubar.Trigger className="menu-title">{menu.title}</Menubar.Trigger>
          <Menubar.Portal>
            <Menubar.Content className="menu" align="start" sideOffset={2}>
              {menu.entries.map((entry) => (
                <Menubar.Item key={entry.id} className="menu-item" disabled={entry.disabled} onSelect={entry.run}>
                  <span>{entry.title}</span>{entry.keys === '' ? null : <kbd aria-hidden="true">{entry.keys}</kbd>}
                </Menubar.Item>
              ))}
            </Menubar.Content>
          </Menubar.Portal>
        </Menubar.Menu>
      ))}
    </Menubar.Root>
  );
}

/** The menu of the focused row: the same commands, in words. Given as a function, it is asked when the menu opens. */
export function RowMenu({ entries, children }: { readonly entries: readonly MenuEntry[] | (() => readonly MenuEntry[]); readonly children: ReactNode }): ReactNode {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu"><RowEntries entries={entries} /></ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function RowEntries({ entries }: { readonly entries: readonly MenuEntry[] | (() => readonly MenuEntry[]) }): ReactNode {
  return (typeof entries === 'function' ? entries() : entries).filter((e) => !e.disabled).map((entry) => (
    <ContextMenu.Item key={entry.id} className="menu-item" onSelect={entry.run}>
      <span>{visible(entry.title)}</span>{entry.keys === '' ? null : <kbd aria-hidden="true">{entry.keys}</kbd>}
    </ContextMenu.Item>
  ));
}
