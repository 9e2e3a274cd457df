import { describe, expect, it } from 'vitest';
import { caption, stateWords, type NodeState } from '../../../../renderer/canvas/words.ts';
import { momentDifference, slidable } from '../../../../renderer/views/graph/CopySlider.tsx';
import { copies } from '../../../helpers/fake-data.ts';

const node = (part: Partial<NodeState> = {}): NodeState => ({ kind: 'component', severity: null, absent: false, historyOnly: false, count: 1, ...part });

describe('words for how a node is drawn', () => {
  it('say nothing of a node that is simply there', () => expect([stateWords(node()), caption(node())]).toEqual(['', 'component']));
  it('name every state of it, also two at once', () => {
    expect(stateWords(node({ arrival: 'added', historyOnly: true }))).toBe('+ new: not in the copy before; - in copies only, not in force now');
    expect(stateWords(node({ arrival: 'later', absent: true }))).toBe('not there yet: came later; absent from the evidence');
    expect(caption(node({ severity: 'high', historyOnly: true, kind: 'entry-point' }))).toBe('- in copies only \u00b7 high \u00b7 entry point');
    expect(caption(node({ kind: 'group', count: 7 }))).toBe('7 folded');
  });
});

describe('the slider', () => {
  const [first] = copies;
  it('goes over copies of the main file only, the one in force last', () => {
    if (first === undefined) throw new Error('no copies');
    const pool = { ...first, id: 'pool', series: 'pool' as const };
    const web = { ...first, id: 'web', of: 'D:\\Shop\\web.config' };
    const live = { ...first, id: 'live', series: 'live' as const };
    expect(slidable([live, pool, first, web]).map((c) => c.id)).toEqual([first.id, 'live']);
  });
  it('says how the moment differs from the one before and from now', () => {
    const nodes = [node({ arrival: 'added' }), node({ arrival: 'added', kind: 'file' }), node({ historyOnly: true }), node({ historyOnly: true, kind: 'group', count: 12 }), node({ arrival: 'later' }), node()] as Parameters<typeof momentDifference>[0];
    expect(momentDifference(nodes, false)).toBe('1 new since the copy before, 13 gone by now, 1 not there yet');
    expect(momentDifference(nodes, true)).toBe('1 new since the copy before, 13 in copies only');
  });
});
