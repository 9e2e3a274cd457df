import { useEffect } from 'react';
import { Keyboard, runCommand } from '../commands/dispatch.ts';
import type { Workbench } from '../state/workbench.ts';

/** Sends key presses to the command table. Text fields, dialogs and menus keep theirs. */
export function useKeyboard(workbench: Workbench): void {
  useEffect(() => {
    const keyboard = new Keyboard(workbench);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      const inTextField = target?.closest('input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable]') !== null && target !== null;
      const inDialog = target !== null && target.closest('[role="dialog"], [role="menu"]') !== null;
      // Space presses a focused button; it is a command only elsewhere.
      if (event.key === ' ' && target?.closest('button, [role="tab"], input, a') !== null && target !== null) return;
      const id = keyboard.command(event, { inTextField, inDialog }, event.timeStamp);
      if (id === null) return;
      event.preventDefault();
      void runCommand(workbench, id);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [workbench]);
}
