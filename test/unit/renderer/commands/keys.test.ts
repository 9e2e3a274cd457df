import { describe, expect, it } from 'vitest';
import { isSingleKey, keyName, KeySequence, keyWords } from '../../../../renderer/commands/keys.ts';

const press = (key: string, mods: Partial<{ ctrlKey: boolean; altKey: boolean; shiftKey: boolean; metaKey: boolean; altGraph: boolean }> = {}) => ({
  key, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...mods, getModifierState: (name: string) => name === 'AltGraph' && mods.altGraph === true,
});

describe('the name of a key', () => {
  it.each([
    [press('j'), 'j'], [press('G', { shiftKey: true }), 'G'], [press('?', { shiftKey: true }), '?'], [press(' '), 'Space'],
    [press('k', { ctrlKey: true }), 'Ctrl+K'], [press('k', { metaKey: true }), 'Ctrl+K'], [press('S', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+S'],
    [press('ArrowLeft', { altKey: true }), 'Alt+ArrowLeft'], [press('Tab', { shiftKey: true }), 'Shift+Tab'], [press('Backspace', { ctrlKey: true }), 'Ctrl+Backspace'],
  ])('%j is %s', (event, name) => expect(keyName(event)).toBe(name));

  it('takes AltGr for what it types, not for Ctrl and Alt', () => {
    expect(keyName(press('@', { ctrlKey: true, altKey: true, altGraph: true }))).toBe('@');
  });
  it('knows a digit with Alt and Shift by its place, whatever the layout makes of it', () => {
    expect(keyName({ ...press('!', { altKey: true, shiftKey: true }), code: 'Digit1' })).toBe('Alt+Shift+1');
    expect(keyName({ ...press('+', { altKey: true, shiftKey: true }), code: 'Digit1' })).toBe('Alt+Shift+1');
    expect(keyName({ ...press('1', { altKey: true }), code: 'Digit1' })).toBe('Alt+1');
  });
  it('has none for a modifier alone', () => expect(keyName(press('Shift', { shiftKey: true }))).toBeNull());
  it('knows which keys a person types as text', () => {
    expect(['j', '=', 'Space', 'g g'].map(isSingleKey)).toEqual([true, true, true, true]);
    expect(['Ctrl+K', 'F1', 'Enter', 'Alt+ArrowLeft'].map(isSingleKey)).toEqual([false, false, false, false]);
  });
  it('is written for people', () => expect(keyWords('g g')).toBe('g then g'));
});

describe('a sequence of keys', () => {
  const known = (text: string): 'bound' | 'prefix' | 'none' => (text === 'g g' || text === 'j' ? 'bound' : text === 'g' ? 'prefix' : 'none');
  it('needs both presses', () => {
    const keys = new KeySequence();
    expect(keys.press('g', 0, known)).toBeNull();
    expect(keys.press('g', 300, known)).toBe('g g');
  });
  it('is forgotten after a second', () => {
    const keys = new KeySequence();
    keys.press('g', 0, known);
    expect(keys.press('g', 1500, known)).toBeNull();
    expect(keys.press('g', 1600, known)).toBe('g g');
  });
  it('does not swallow the key that breaks it', () => {
    const keys = new KeySequence();
    keys.press('g', 0, known);
    expect(keys.press('j', 100, known)).toBe('j');
  });
});
