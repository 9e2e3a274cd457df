import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../../electron/artifacts/iis-config/index.ts';
import type { ConfigElement } from '../../../../shared/model/index.ts';
import { corpus } from '../../../helpers/corpus.ts';

function elementsOf(root: ConfigElement | null): ConfigElement[] {
  const found = root === null ? [] : [root];
  for (const element of found) for (const child of element.children) found.push(child);
  return found;
}

const inComment = (text: string, at: number): boolean => text.lastIndexOf('<!--', at) > text.lastIndexOf('-->', at);
const say = (file: string): string[] => parseConfig(readFileSync(file)).problems.map((p) => `${p.line ?? '-'}: ${p.message}`);
const first = (text: string): ReturnType<typeof parseConfig> => parseConfig(new TextEncoder().encode(text));

describe.skipIf(!corpus.present)('files that are broken by hand (skipped without the corpus)', () => {
  const all = corpus.present ? readdirSync(corpus.root, { recursive: true, encoding: 'utf8' }).filter((f) => /^(?:config|webconfig)\/.*\.config$/.test(f)).toSorted() : [];
  const named = (end: string): string => {
    const file = all.find((f) => f.endsWith(end));
    if (file === undefined) throw new Error(`no ${end} in the corpus`);
    return corpus.file(file);
  };

  test('sectionGroup written twice instead of closed: both lines are named, and the sections behind it are declared', () => {
    const file = named('BadApplicationHost.config');
    expect(say(file)).toEqual(['128: End tag </configSections> found, but <sectionGroup> opened at line 52, <sectionGroup> opened at line 43 were not closed. <sectionGroup> at line 52 probably stands where </sectionGroup> was meant.']);
    const sections = parseConfig(readFileSync(file)).document.root?.children.find((c) => c.name === 'configSections');
    expect(sections?.children.map((c) => c.attributes[0]?.value)).toEqual(expect.arrayContaining(['system.applicationHost', 'system.webServer']));
  });

  test('the last end tag is missing: the element left open is named, and the sites are there', () => {
    const file = named('original2_missing_closing.config');
    expect(say(file).join()).toMatch(/^1133: The file ends before its elements do: .*<configuration> opened at line 21 were not closed\.$/);
    expect(elementsOf(parseConfig(readFileSync(file)).document.root).filter((e) => e.name === 'site').length).toBeGreaterThan(0);
  });

  test('one end tag taken out, at any place: two lines are named, and nothing but its element is moved', () => {
    const file = named('E19_applicationHost_Default.config');
    const text = readFileSync(file, 'utf8');
    const whole = elementsOf(first(text).document.root);
    // End tags of containers, spread over the file.
    const ends = [...text.matchAll(/<\/(?!configuration>)[\w.]+>/g)].filter((m) => !inComment(text, m.index));
    let tried = 0;
    for (let i = 0; i < ends.length; i += Math.ceil(ends.length / 40)) {
      const end = ends[i];
      if (end === undefined) continue;
      tried += 1;
      const { document, problems } = first(text.slice(0, end.index) + text.slice(end.index + end[0].length));
      expect(document.complete).toBe(false);
      expect(elementsOf(document.root).length, end[0]).toBe(whole.length);
      // Where it was noticed, and where the element that is left open began.
      expect(problems.some((p) => (p.line ?? 0) > 0 && /<[\w.]+> opened at line \d+/.test(p.message)), end[0]).toBe(true);
    }
    expect(tried).toBeGreaterThan(30);
  });

  test('one > or quote taken out, at any place: a Problem with its line, and nearly everything is still read', () => {
    const text = readFileSync(named('E19_applicationHost_Default.config'), 'utf8');
    const whole = elementsOf(first(text).document.root).length;
    for (const [mark, where] of [['"', /"/g], ['>', />/g], ['<', /</g], ['=', /=(?=")/g], ['/>', /\/>/g]] as const) {
      const places = [...text.matchAll(where)].map((m) => m.index).filter((at) => !inComment(text, at));
      for (let i = 5; i < places.length; i += Math.ceil(places.length / 15)) {
        const at = places[i] ?? 0;
        const { document, problems } = first(text.slice(0, at) + text.slice(at + mark.length));
        expect(problems.length, `${mark} at ${at}`).toBeGreaterThan(0);
        expect(problems[0]?.line, `${mark} at ${at}`).toBeGreaterThan(0);
        expect(elementsOf(document.root).length, `${mark} at ${at}: ${problems[0]?.message}`).toBeGreaterThan(whole * 0.97);
      }
    }
  });

  test('cut at any place: what is open is named, and everything before the cut is there', () => {
    const text = readFileSync(path.join(corpus.root, all.find((f) => f.endsWith('E19_applicationHost_Default.config')) ?? ''), 'utf8');
    const whole = elementsOf(first(text).document.root);
    for (let i = 1; i < 20; i++) {
      const at = Math.floor((text.length * i) / 20);
      const { document, problems } = first(text.slice(0, at));
      const line = text.slice(0, at).split('\n').length;
      expect(elementsOf(document.root).length).toBeGreaterThanOrEqual(whole.filter((e) => e.endLine < line).length);
      expect(problems.at(-1)?.message).toMatch(/^The file ends .*opened at line \d+(?: and \d+ more)? (?:was|were) not closed\.$/);
    }
  });
});
