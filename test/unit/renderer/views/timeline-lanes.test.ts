import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Output } from '../../../../shared/contract/index.ts';
import { instantText, ticksFromSeconds } from '../../../../shared/time/instant.ts';
import { foldedLanes, LANE_SIGNS, lanesOn, laneWords, percent, segmentsOf, shareWords } from '../../../../renderer/views/timeline/lanes.ts';
import { unreadWords } from '../../../../renderer/views/timeline/StateLine.tsx';

type Coverage = Output<'timeline.coverage'>['lanes'][number];
type Stretch = Coverage['stretches'][number];
const at = (hours: number): string => instantText(ticksFromSeconds(1_772_409_600 + Math.round(hours * 3600)));
const stretch = (from: number, to: number, state: Stretch['state']): Stretch => ({ from: at(from), to: at(to), state, logs: [`${from}.log`] });
const axis = { from: 1_772_409_600_000, to: 1_772_409_600_000 + 64 * 3_600_000 };
const lane = (site: string, stretches: Stretch[], read = 10, bytes = 10): Coverage => ({ source: 'iis-log', server: 's1', site, stretches, files: 1, bytes, read });

describe('what a lane covers', () => {
  it('is drawn in its parts, cut to the axis', () => {
    const found = segmentsOf([stretch(-10, 16, 'read'), stretch(16, 32, 'none'), stretch(32, 100, 'unread')], axis);
    expect(found.map((s) => [s.state, s.left, s.width])).toEqual([['read', 0, 0.25], ['none', 0.25, 0.25], ['unread', 0.5, 0.5]]);
    expect(found[2]).toMatchObject({ from: at(32), to: at(100), logs: 1 });
  });
  it('never hides a short stretch that is not read, nor a hole, behind what is read', () => {
    const days = Array.from({ length: 64 }, (_, i) => stretch(i, i + 1, 'read'));
    const found = segmentsOf([...days, stretch(10.01, 10.02, 'unread'), stretch(20.01, 20.02, 'none')], axis);
    expect(found.map((s) => s.state)).toEqual(['read', 'unread', 'read', 'none', 'read']);
  });
  it('is drawn in few parts however many stretches there are, in order and without overlap', () => {
    const any = fc.array(fc.tuple(fc.double({ min: -20, max: 90, noNaN: true }), fc.double({ min: 0, max: 10, noNaN: true }), fc.constantFrom('read', 'unread', 'none')), { maxLength: 60 });
    fc.assert(fc.property(any, (parts) => {
      const found = segmentsOf(parts.map(([from, width, state]) => stretch(from, from + width, state as Stretch['state'])), axis);
      let end = 0;
      for (const s of found) {
        expect(s.left).toBeGreaterThanOrEqual(end - 1e-9);
        end = s.left + s.width;
      }
      expect(end).toBeLessThanOrEqual(1 + 1e-9);
    }));
  });
});

describe('the lanes', () => {
  const drawn = { start: axis.from / 1000, step: 3600, size: 64 };
  const counts = (...at_: number[]): number[] => Array.from({ length: 64 }, (_, i) => (at_.includes(i) ? 2 : 0));
  const notes = [{ about: at(32), text: 'The module appears\nhere', deleted: false }, { about: at(33), text: 'gone', deleted: true }, { about: at(99), text: 'outside', deleted: false }];
  it('hold logs as bars and the rest as marks, each told apart by letter, shape and colour', () => {
    const lanes = lanesOn(drawn, [lane('Shop', [stretch(0, 64, 'read')])], { 'iis-log': counts(1), 'config-history': counts(32), pe: counts(), 'file-times': counts(3, 4) }, notes);
    expect(lanes.map((l) => [l.letter, l.shape, l.name, l.segments.length, l.marks.length])).toEqual([['W', 'bar', 'web Shop', 1, 0], ['K', 'triangle', 'config copies', 0, 1], ['D', 'square', 'files', 0, 2], ['N', 'diamond', 'notes', 0, 1]]);
    expect(lanes[1]?.marks[0]).toEqual({ left: 32.5 / 64, time: at(32), words: '2 config copies' });
    expect(lanes[3]?.marks[0]).toMatchObject({ left: 0.5, words: 'The module appears' });
    const letters = Object.values(LANE_SIGNS).map((s) => s.letter);
    expect(new Set(letters).size).toBe(letters.length);
  });
  it('show rows of a log as marks while nothing is known of what it covers', () => expect(lanesOn(drawn, [], { 'iis-log': counts(1) }, []).map((l) => [l.name, l.shape, l.marks.length])).toEqual([['web', 'square', 1]]));
  it('show a site of which there is no log, once it is known which logs there are', () => {
    const servers = [{ id: 's1', sites: [{ name: 'Shop' }, { name: 'Careers' }] }];
    const shop = lane('Shop', [stretch(0, 64, 'read')]);
    const [, careers, ...more] = lanesOn(drawn, [shop], {}, [], servers);
    if (careers === undefined) throw new Error('no lane');
    expect(more).toEqual([]);
    expect([careers.site, careers.segments]).toEqual(['Careers', [{ left: 0, width: 1, state: 'none', from: at(0), to: at(64), logs: 0 }]]);
    expect(laneWords(careers)).toBe('web Careers: no log of this site is in the evidence');
    expect(lanesOn(drawn, [], {}, [], servers)).toEqual([]);
    // Rows of a central log may be of any site.
    expect(lanesOn(drawn, [shop, { ...lane('', []), site: null }], {}, [], servers).map((l) => l.site)).toEqual(['Shop', null]);
    const { shown } = foldedLanes(lanesOn(drawn, Array.from({ length: 9 }, (_, i) => lane(`s${i}`, [])), {}, [], [{ id: 's1', sites: [{ name: 'Careers' }] }]), 8);
    expect(shown.map((l) => l.site)).toContain('Careers');
  });
  it('are folded when there are many; what is not read stays in sight', () => {
    const many = lanesOn(drawn, Array.from({ length: 200 }, (_, i) => lane(`s${i}`, [], i === 150 ? 3 : 10)), { pe: counts(1) }, []);
    const { shown, hidden } = foldedLanes(many, 8);
    expect([shown.length, hidden]).toEqual([9, 192]);
    expect(shown.map((l) => l.site)).toContain('s150');
    expect(foldedLanes(many.slice(0, 8), 8)).toEqual({ shown: many.slice(0, 8), hidden: 0 });
  });
  it('say what is missing, and never 100 % too early', () => {
    const [one] = lanesOn(drawn, [lane('Shop', [stretch(0, 16, 'read'), stretch(16, 32, 'unread'), stretch(40, 41, 'none')], 999_999, 1_000_000)], {}, []);
    if (one === undefined) throw new Error('no lane');
    expect(laneWords(one)).toBe('web Shop: 99 % read, not read in 1 stretch, no log in 1');
    expect([shareWords(4000, 4002), shareWords(1, 4002), shareWords(0, 0), shareWords(5, 5), shareWords(1, 3)]).toEqual(['> 99.9 %', '< 0.1 %', '0.0 %', '100.0 %', '33.3 %']);
    expect([percent(1), percent(0.9999), percent(0)]).toEqual(['100 %', '99 %', '0 %']);
    expect(unreadWords([lane('Shop', [], 10_000, 20_000), lane('Default', [], 7, 7), lane('Big', [], 0, 2_000_000)])).toBe('1.9 MB of logs not read yet: W Big 0 %, W Shop 50 %');
    expect(unreadWords([lane('Shop', [])])).toBe('');
  });
});
