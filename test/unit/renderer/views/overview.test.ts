import { describe, expect, it } from 'vitest';
import { askText, headline, oddities, outOfPlace, parted, sitesOf, steps, unknowns, type Facts } from '../../../../renderer/views/overview/summary.ts';
import { caseInfo, components, findings, intake, logs } from '../../../helpers/fake-data.ts';

const facts: Facts = { info: caseInfo, findings, decisions: [], components, missing: intake.missing, logs: [...logs] };
const weighty = findings.filter((f) => f.severity === 'high' || f.severity === 'medium');
const decision = (finding: string, how: 'accepted' | 'ignored' | 'open') => ({ finding, decision: how, reason: 'r', author: 'a', time: '2026-03-10T08:00:00Z' });
const time = (t: string): string => `<${t}>`;

describe('what does not belong here', () => {
  it('names each component once, with the finding that comes first', () => {
    const odd = outOfPlace(facts);
    expect(odd.length).toBeGreaterThan(0);
    expect(new Set(odd.map((o) => o.component.id)).size).toBe(odd.length);
    for (const { component, finding } of odd) expect(findings.find((f) => f.component === component.id && weighty.includes(f))).toBe(finding);
  });

  it('forgets what was ignored, and remembers it when it is opened again', () => {
    const ignored = weighty.map((f) => decision(f.id, 'ignored'));
    expect(outOfPlace({ ...facts, decisions: ignored })).toEqual([]);
    expect(headline({ ...facts, decisions: ignored }, time)[0]).toMatch(/^No finding of high or medium severity is open/);
    expect(outOfPlace({ ...facts, decisions: weighty.map((f) => decision(f.id, 'open')) })).toEqual(outOfPlace(facts));
  });

  it('says how many, since when and where', () => {
    const words = headline(facts, time).join(' ');
    const [first] = outOfPlace(facts).flatMap((o) => o.since ?? []).sort();
    expect(words).toMatch(/^\d+ components? do(es)? not seem to belong here: /);
    expect(words).toContain(`<${first ?? ''}>`);
    expect(words).toMatch(/Loaded in \d+ of \d+ sites?\./);
  });

  it('does not give a doubtful file time as the answer to since when', () => {
    const [odd] = outOfPlace(facts);
    if (odd === undefined) throw new Error('nothing odd');
    const early = { ...odd.finding, first: { time: '2001-01-01T00:00:00Z', from: 'file-time', fidelity: 'mtime-only' } as const };
    const others = findings.filter((f) => f.component !== odd.component.id);
    expect(headline({ ...facts, findings: [early, ...others] }, time).join(' ')).toMatch(/earliest sign of them that nothing contradicts: <2001-01-01T00:00:00Z> \(.*file time, settable\)/);
    const doubt = { ...early, id: 'doubt', rule: 'doubtful-file-time', severity: 'low' } as const;
    const words = headline({ ...facts, findings: [early, doubt, ...others] }, time).join(' ');
    expect(words).not.toMatch(/earliest sign[^.]*<2001-01-01/);
    expect(words).toMatch(/Set aside[^.]*<2001-01-01T00:00:00Z>/);
  });

  it('cuts long lists of sites', () => {
    const [component] = components;
    if (component === undefined) throw new Error('no component');
    const loadedBy = ['d', 'b', 'a', 'c', 'a'].map((site) => ({ site, application: '/', pool: 'p' }));
    expect(sitesOf({ ...component, loadedBy })).toBe('a, b and 2 more');
    expect(sitesOf({ ...component, loadedBy: loadedBy.slice(0, 2) })).toBe('b, d');
    expect(sitesOf({ ...component, loadedBy: [] })).toBe('');
  });
});

describe('the list of the front page', () => {
  it('has a component once, a finding about no component by itself, and counts the rest', () => {
    const list = oddities(facts);
    const components_ = list.flatMap((o) => o.finding.component ?? []);
    expect(new Set(components_).size).toBe(components_.length);
    expect(list.reduce((n, o) => n + 1 + o.more, 0)).toBe(findings.length);
    const [first] = findings;
    expect(list[0]?.finding).toBe(first);
    expect(oddities({ ...facts, decisions: findings.map((f) => decision(f.id, 'ignored')) })).toEqual([]);
  });
});

describe('what is not yet known', () => {
  it('tells of what is unread, not collected, not dated and missing', () => {
    const [odd] = outOfPlace(facts);
    if (odd === undefined) throw new Error('nothing odd');
    const changed = { ...odd.component, fileStatus: 'not-collected' as const, file: null };
    const open = unknowns({ ...facts, logs: [], components: components.map((c) => (c.id === changed.id ? changed : c)), info: { ...caseInfo, partial: true } });
    expect(open.map((u) => u.text).join('\n')).toMatch(/Not all of the evidence has been read yet\.[^]*No log is in the evidence[^]*the file was not collected of/);
  });

  it('says nothing where nothing is open', () => {
    expect(unknowns({ info: { ...caseInfo, partial: false, counts: { ...caseInfo.counts, problems: 0 } }, findings: [], decisions: [], components: [], missing: [], logs: logs.map((l) => ({ ...l, done: l.size })) })).toEqual([]);
  });
});

describe('what to do next', () => {
  it('has a step for each weighty finding, done when it is decided', () => {
    const list = steps({ ...facts, decisions: [decision(weighty[0]?.id ?? '', 'accepted')] });
    const ofFindings = list.filter((s) => s.text.startsWith('Open "'));
    expect(ofFindings.map((s) => s.go.params['id'])).toEqual(weighty.map((f) => f.id));
    expect(ofFindings.map((s) => s.done)).toEqual(weighty.map((_, i) => i === 0));
  });

  it('bounds the list', () => {
    const [one] = weighty;
    if (one === undefined) throw new Error('no finding');
    const many = Array.from({ length: 5000 }, (_, i) => ({ ...one, id: `f-${i}` }));
    const list = steps({ ...facts, findings: many });
    expect(list.length).toBeLessThan(25);
    expect(list.map((s) => s.text)).toContain('Decide 4988 more findings of high or medium severity.');
  });

  it('parts files of Windows from what decides about the rest', () => {
    const [one] = intake.missing;
    if (one === undefined) throw new Error('nothing is missing');
    const [mft, dll, old] = [{ ...one, path: 'M', about: 'unknown' as const }, { ...one, path: 'D', about: 'stock' as const }, { ...one, path: 'O', about: undefined }];
    expect(parted([dll, mft, old])).toEqual({ first: [mft, old], files: [dll] });
  });

  it('gives a list that can be sent', () => {
    expect(askText(intake.missing).split('\n')).toHaveLength(intake.missing.length);
  });
});
