/** The part of a keyboard event that decides which command it means. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** The place on the keyboard, for digits with Alt and Shift. */
  readonly code?: string;
  getModifierState?(name: string): boolean;
}

/**
 * A key as commands write it: `j`, `G`, `?`, `Enter`, `Ctrl+K`, `Ctrl+Shift+S`, `Alt+ArrowLeft`. A printable key stands for
 * itself (Shift is in the character already, whatever the keyboard); with Ctrl or Alt the letter is upper-case.
 * Command counts as Ctrl. A digit with Alt and Shift is known by its place, whatever character the layout gives it. @returns null for a bare modifier.
 */
export function keyName(press: KeyPress): string | null {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process', 'Unidentified'].includes(press.key)) return null;
  const altGraph = press.getModifierState?.('AltGraph') === true;
  const ctrl = (press.ctrlKey || press.metaKey) && !altGraph;
  const alt = press.altKey && !altGraph;
  const digit = alt && press.shiftKey ? /^Digit(\d)$/.exec(press.code ?? '')?.[1] : undefined;
  if (digit !== undefined) return `${ctrl ? 'Ctrl+' : ''}Alt+Shift+${digit}`;
  const key = press.key === ' ' ? 'Space' : press.key;
  if (!ctrl && !alt) return key.length > 1 && press.shiftKey ? `Shift+${key}` : key;
  const letter = key.length === 1 ? key.toUpperCase() : key;
  return `${ctrl ? 'Ctrl+' : ''}${alt ? 'Alt+' : ''}${press.shiftKey && /^[A-Z]$|..+/.test(letter) ? 'Shift+' : ''}${letter}`;
}

/** True for keys that a person types as text: they are inert in a text field and can be switched off. */
export function isSingleKey(keys: string): boolean {
  const first = keys.split(' ')[0] ?? '';
  return [...first].length === 1 || first === 'Space';
}

/** Words for people: `Ctrl+K`, `g then g`, `Alt+Left`. */
export function keyWords(keys: string): string {
  return keys.split(' ').join(' then ').replaceAll('Arrow', '');
}

/** Follows key presses and says which of the known key texts they complete; `g g` needs two presses within a second. */
export class KeySequence {
  #last = '';
  #at = 0;

  /** @param known asks whether a key text is bound or begins a bound one. @returns the completed text, or null. */
  press(key: string, at: number, known: (text: string) => 'bound' | 'prefix' | 'none'): string | null {
    const joined = this.#last !== '' && at - this.#at < 1000 ? `${this.#last} ${key}` : key;
    for (const text of joined === key ? [key] : [joined, key]) {
      const what = known(text);
      if (what === 'bound') {
        this.#last = '';
        return text;
      }
      if (what === 'prefix') {
        this.#last = text;
        this.#at = at;
        return null;
      }
    }
    this.#last = '';
    return null;
  }
}
