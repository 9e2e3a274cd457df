import { describe, expect, it } from 'vitest';
import { GRAPH_SETUP, nextStep, stepBack } from '../../../../../renderer/state/graph-setup.ts';
import { countWords } from '../../../../../renderer/views/graph/words.ts';
import { joined } from '../../../../../renderer/views/graph/use-places.ts';

describe('steps of the graph', () => {
  const question = { kind: 'reach', node: 'a', direction: 'forward' } as const;
  it('go back to what was drawn before', () => {
    const opened = nextStep(GRAPH_SETUP, { expand: ['g1'] });
    const asked = nextStep(opened, { question });
    expect(asked).toMatchObject({ expand: ['g1'], question });
    expect(stepBack(asked)).toEqual(opened);
    expect(stepBack(stepBack(asked))).toEqual(GRAPH_SETUP);
    expect(stepBack(GRAPH_SETUP)).toBe(GRAPH_SETUP);
  });
  it('keep what was opened last', () => {
    const many = nextStep(GRAPH_SETUP, { expand: Array.from({ length: 500 }, (_, i) => `g${i}`) });
    expect([many.expand.length, many.expand.at(-1)]).toEqual([200, 'g499']);
  });
});

describe('places that are written', () => {
  const put = (id: string, y: number) => ({ id, dx: 0, y });
  it('wait as one change, of which the later part wins', () => {
    expect(joined(null, { put: [put('a', 1)] })).toEqual({ put: [put('a', 1)] });
    expect(joined({ put: [put('a', 1), put('b', 1)] }, { put: [put('a', 2)] })).toEqual({ put: [put('b', 1), put('a', 2)], free: [] });
    expect(joined({ put: [put('a', 1)] }, { put: [], free: ['a'] })).toEqual({ put: [], free: ['a'] });
    expect(joined({ put: [], free: ['a'] }, { put: [put('a', 3)] })).toEqual({ put: [put('a', 3)], free: ['a'] });
    expect(joined({ put: [put('a', 1)] }, { put: [], free: 'all' })).toEqual({ put: [], free: 'all' });
  });
});

describe('counts in words', () => {
  it('are a list with an end', () => {
    expect(countWords([{ kind: 'site', count: 1 }, { kind: 'application', count: 3000 }, { kind: 'file', count: 1 }])).toBe('1 site, 3000 applications and 1 file');
    expect(countWords([{ kind: 'entry-point', count: 2 }])).toBe('2 entry points');
  });
});
