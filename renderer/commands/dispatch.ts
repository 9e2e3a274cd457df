import type { AppState } from '../state/store.ts';
import type { Workbench } from '../state/workbench.ts';
import { act } from './actions.ts';
import type { Command } from './command.ts';
import { isSingleKey, keyName, KeySequence, type KeyPress } from './keys.ts';
import { commandById, commandsOf } from './table.ts';

/** Whether a command can be done now on the screen in front. */
export function available(command: Command, state: AppState): boolean {
  if (command.native === true) return false;
  if (command.views !== undefined && !command.views.includes(state.route.view)) return false;
  return command.when?.(state) ?? true;
}

export async function runCommand(workbench: Workbench, id: string): Promise<void> {
  const command = commandById(id);
  if (command === undefined || !available(command, workbench.store.getState())) return;
  await command.run({ workbench, act });
}

/** What the key handler must know of where a key was pressed. */
export interface KeyPlace {
  readonly inTextField: boolean;
  readonly inDialog: boolean;
}

/** Turns key presses into commands. */
export class Keyboard {
  readonly #workbench: Workbench;
  readonly #sequence = new KeySequence();

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** @returns the id of the command to run, or null; `at` in milliseconds, for sequences. */
  command(press: KeyPress, place: KeyPlace, at: number): string | null {
    const key = keyName(press);
    if (key === null || place.inDialog) return null;
    const state = this.#workbench.store.getState();
    if (isSingleKey(key) && (place.inTextField || !state.singleKeys)) return null;
    const usable = commandsOf(state.route.view).filter((c) => available(c, state));
    const text = this.#sequence.press(key, at, (candidate) => {
      if (usable.some((c) => c.keys.includes(candidate))) return 'bound';
      return usable.some((c) => c.keys.some((k) => k.startsWith(`${candidate} `))) ? 'prefix' : 'none';
    });
    return text === null ? null : (usable.find((c) => c.keys.includes(text))?.id ?? null);
  }
}
