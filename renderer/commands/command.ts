import type { AppState } from '../state/store.ts';
import type { ViewName } from '../state/route.ts';
import type { Workbench } from '../state/workbench.ts';

export type CommandGroup = 'File' | 'Go' | 'Lists' | 'Filter' | 'Time' | 'View' | 'Notes' | 'Graph' | 'Config' | 'Help';

/** One thing that can be done. Menus, palette, shortcuts, context menus and the help screen all read this. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** Key texts as `keyName` writes them; several are alternatives, a space joins a sequence. */
  readonly keys: readonly string[];
  /** The screens on which it exists; absent: on all. */
  readonly views?: readonly ViewName[];
  /** Whether it can be done now. */
  readonly when?: (state: AppState) => boolean;
  /** In the menu bar under its group. */
  readonly menu?: boolean;
  /** In the context menu of a row. */
  readonly row?: boolean;
  /** The key is handled by the focused control itself (a grid, a dialog); it is listed here so that nobody takes it. */
  readonly native?: boolean;
  readonly run: (context: CommandContext) => void | Promise<void>;
}

export interface CommandContext {
  readonly workbench: Workbench;
  /** What the view in front does under this command's id; false when no view offers it. */
  act(id: string): boolean;
}
