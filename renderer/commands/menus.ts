import type { Workbench } from '../state/workbench.ts';
import { wordsOf } from './actions.ts';
import type { Command, CommandGroup } from './command.ts';
import { available, runCommand } from './dispatch.ts';
import { keyWords } from './keys.ts';
import { COMMANDS, commandsOf } from './table.ts';

export interface CommandEntry {
  readonly id: string;
  readonly title: string;
  readonly keys: string;
  readonly disabled: boolean;
  readonly run: () => void;
}

export function entryOf(workbench: Workbench, command: Command): CommandEntry {
  return {
    id: command.id, title: command.title, keys: command.keys[0] === undefined ? '' : keyWords(command.keys[0]),
    disabled: !available(command, workbench.store.getState()),
    // After the menu has closed and given the focus back, so that a dialog or a grid can take it.
    run: () => void setTimeout(() => void runCommand(workbench, command.id), 0),
  };
}

const MENUS: readonly { readonly title: string; readonly groups: readonly CommandGroup[] }[] = [
  { title: 'File', groups: ['File'] },
  { title: 'Go', groups: ['Go'] },
  { title: 'View', groups: ['View', 'Filter', 'Time', 'Graph', 'Config'] },
  { title: 'Notes', groups: ['Notes'] },
  { title: 'Help', groups: ['Help'] },
];

/** The menu bar. What belongs to another screen is left out, what cannot be done now is greyed. */
export function menuBar(workbench: Workbench): readonly { title: string; entries: readonly CommandEntry[] }[] {
  const { view } = workbench.store.getState().route;
  return MENUS.map(({ title, groups }) => ({
    title,
    entries: groups.flatMap((group) => COMMANDS.filter((c) => c.menu === true && c.group === group && (c.views?.includes(view) ?? true))).map((c) => entryOf(workbench, c)),
  }));
}

/** What can be done with the focused row, in words. */
export function rowEntries(workbench: Workbench): readonly CommandEntry[] {
  return commandsOf(workbench.store.getState().route.view).filter((c) => c.row === true).map((c) => ({ ...entryOf(workbench, c), title: wordsOf(c.id) ?? c.title }));
}
