import { describe, expect, it, vi } from 'vitest';
import { historyText } from '../../../electron/cli/text/history-text.ts';
import { firstSeenText } from '../../../electron/cli/text/moment-text.ts';
import { counted } from '../../../electron/cli/text/counted.ts';
import { say } from '../../../electron/cli/output.ts';

const T = '2026-03-02T14:12:41Z';

describe('history on one screen', () => {
  it('keeps before and after on lines of their own, without signs for control characters', () => {
    const ref = { path: null, evidencePath: 'a', sha256: '' };
    const text = historyText({
      copies: [{ id: 'C2', server: 's', order: 2, moment: { time: T, from: 'file-time', fidelity: 'mtime-only', order: 2 }, path: null, evidencePath: 'a', sha256: '' }],
      changes: [{ id: 'x', server: 's', what: 'changed', kind: 'module', name: 'evil\nname', scope: 'server', section: 's', before: 'image=a', after: 'image=b', from: 'C1', to: 'C2', refs: [ref] }],
    } as unknown as Parameters<typeof historyText>[0]);
    expect(text.split('\n').slice(1)).toEqual(['  changed: module evil‹U+000A›name (server)', '    - image=a', '    + image=b', '']);
  });
});

describe('since when', () => {
  it.each([
    [{ time: T, from: 'file-time', fidelity: 'mtime-only', order: 3 }, `first seen ${T} (file time of configuration no. 3, the first that has it)`],
    [{ time: null, from: 'history-order', fidelity: 'order-only', order: 3 }, 'first seen in configuration no. 3 (nothing dates it)'],
    [{ time: T, from: 'file-time', fidelity: 'mtime-only' }, `file time ${T} (it can be set by anyone)`],
    [{ time: T, from: 'pe', fidelity: 'forgeable' }, `linker stamp ${T} (forgeable)`],
    [{ time: T, from: 'log', fidelity: 'exact' }, `first in the logs ${T}`],
    [{ time: null, from: 'none', fidelity: 'order-only' }, ''],
  ] as const)('%j', (moment, words) => {
    expect(firstSeenText(moment)).toBe(words);
  });
});

it('numbers take the right form of their noun', () => {
  expect([counted(0, 'site'), counted(1, 'site'), counted(2, 'site'), counted(1, 'copy', 'copies')]).toEqual(['0 sites', '1 site', '2 sites', '1 copy']);
});

describe('what is said on stderr', () => {
  it('is one line without control characters, whatever it quotes of the evidence', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    say('There is no site x; the sites are a\u009b2J\nb.');
    const said = write.mock.calls.map(([text]) => text);
    write.mockRestore();
    expect(said).toEqual(['There is no site x; the sites are a‹U+009B›2J‹U+000A›b.\n']);
  });
});
