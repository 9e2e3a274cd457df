import { describe, expect, it } from 'vitest';
import { scopeWords } from '../../../../renderer/views/config/scope-words.ts';
import { registrationLines } from '../../../../renderer/views/config/SourcePane.tsx';
import { momentSentence, momentWords } from '../../../../renderer/ui/moment.ts';
import { furtherProblems, MOST_PROBLEMS } from '../../../../renderer/state/all-problems.ts';
import { outsideWords } from '../../../../renderer/views/timeline/TimelineHistogram.tsx';
import type { Client } from '../../../../shared/contract/index.ts';
import { fail, ok } from '../../../../shared/base/result.ts';

const plain = (text: string | null): string => text ?? '';

describe('a moment in a list', () => {
  it('says how far it can be trusted', () => {
    const moment = { time: '2026-03-02T14:12:41Z', from: 'file-time', fidelity: 'mtime-only' } as const;
    expect(momentWords(moment, plain)).toEqual({ when: '2026-03-02T14:12:41Z', how: 'file time, settable' });
    expect(momentSentence(moment, plain)).toBe('2026-03-02T14:12:41Z (time of a file: file time, settable)');
  });
  it('says that only the order is known, or nothing', () => {
    expect(momentWords({ time: null, from: 'history-order', fidelity: 'order-only', order: 3 }, plain)).toEqual({ when: 'copy 3', how: 'only the order is known' });
    expect(momentSentence({ time: null, from: 'none', fidelity: 'order-only' }, plain)).toBe('not dated');
  });
});

describe('configuration files', () => {
  it.each([['server', 'the server'], ['copy:CFGHISTORY_0000000002', 'copy 2'], ['site:Shop', 'site Shop'], ['app:Shop/legacy', 'app Shop/legacy'], ['unassigned', 'of no site or application'], ['dir:Shop/up', 'folder Shop/up'], ['dotnet:v4.0.30319/64', '.NET v4.0.30319, 64-bit'], ['management', 'IIS Manager and its service'], ['schema', 'schema of the configuration'], ['pool:P', 'pool P']])('of %s are those of %s', (scope, words) => expect(scopeWords(scope)).toBe(words));
  it('show which lines register what, in their own file only', () => {
    const component = { name: 'A\u202eB', type: null, image: null, kind: 'native-module', origin: 'unknown', registrations: [{ evidencePath: 'a.config', line: 12 }, { evidencePath: 'b.config', line: 3 }] } as unknown as Parameters<typeof registrationLines>[0][number];
    expect([...registrationLines([component], 'a.config')]).toEqual([[12, 'registers A\u2039U+202E\u203aB (native-module, unknown)']]);
    expect(registrationLines([component], 'c.config').size).toBe(0);
  });
});

describe('what a histogram leaves out', () => {
  it.each([[{ before: 23, after: 0 }, '23 events before this span'], [{ before: 0, after: 1 }, '1 event after this span'], [{ before: 1, after: 2 }, '1 event before, 2 after this span']])('%j is said', (outside, words) => expect(outsideWords(outside)).toBe(words));
});

describe('problems beyond the first page', () => {
  const asked: number[] = [];
  const client = {
    request: (_name: string, { offset, limit }: { offset: number; limit: number }) => {
      asked.push(offset);
      return Promise.resolve(offset >= 3000 ? fail('unavailable', 'gone') : ok({ total: 9000, problems: Array.from({ length: limit }, (_, i) => ({ id: `p${offset + i}` })) }));
    },
  } as unknown as Client;
  it('are read page by page until they end or cannot be read', async () => {
    const rest = await furtherProblems(client, 9000, () => false);
    expect(rest).toHaveLength(2000);
    expect([rest[0]?.id, rest.at(-1)?.id, asked]).toEqual(['p1000', 'p2999', [1000, 2000, 3000]]);
  });
  it('stop when nobody looks any more, and have a limit', async () => {
    expect(await furtherProblems(client, 9000, () => true)).toEqual([]);
    expect(MOST_PROBLEMS % 1000).toBe(0);
  });
});
