import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '../../shared/contract/index.ts';
import { storyText } from '../../electron/story/story-text.ts';
import { SAMPLE, startEngine, triage, type TestEngine } from '../helpers/engine.ts';

type Told = Output<'story.component'>;

let engine: TestEngine;
let components: Output<'component.list'>['components'];
beforeAll(async () => {
  engine = await startEngine();
  await triage(engine, SAMPLE);
  ({ components } = await engine.ask('component.list', {}));
}, 120_000);
afterAll(() => engine.close());

const idOf = (name: string): string => components.find((c) => c.name === name)?.id ?? name;
const storyOf = (name: string): Promise<Told> => engine.ask('story.component', { id: idOf(name) });
const step = (story: Told, kind: Told['steps'][number]['kind']): Told['steps'][number] | undefined => story.steps.find((s) => s.kind === kind);

describe('the story of a component', () => {
  it('goes from the linker stamp to the last request, each step with its source and its event', async () => {
    const story = await storyOf('HttpCacheExtModule');
    expect(story.steps.map((s) => [s.kind, s.moment.time])).toEqual([
      ['built', '2026-02-24T19:03:11Z'], ['file-written', '2026-03-02T14:08:55Z'], ['configured', '2026-03-02T14:12:41Z'], ['pool-started', null], ['first-served', '2026-03-02T14:22:10Z'], ['last-served', '2026-03-02T14:22:10Z'],
    ]);
    expect(step(story, 'configured')).toMatchObject({ earliest: { time: '2026-03-02T14:03:40Z' }, refs: [{ evidencePath: 'C/inetpub/history/CFGHISTORY_0000000003/applicationHost.config', line: 250 }] });
    expect(step(story, 'pool-started')?.missing).toContain('C:\\inetpub\\temp\\appPools\\DefaultAppPool\\DefaultAppPool.config');
    expect(step(story, 'first-served')).toMatchObject({ refs: [{ line: 269 }] });
    expect(step(story, 'first-served')?.sentence).toContain('1 other component sees the same request and may have answered: ContosoAuditModule (first seen 2026-02-28T09:16:52Z)');
    for (const s of story.steps.filter((one) => one.missing === null)) {
      const event = await engine.ask('timeline.event', { id: s.event ?? '' });
      expect(event).toMatchObject({ time: s.moment.time, ref: { evidencePath: s.refs[0]?.evidencePath } });
    }
    expect(story.arrows.map((a) => [a.from, a.to, a.sentence])).toEqual([
      [0, 1, '5 days 19 h later'], [1, 2, 'at most 3 minutes 46 s later'], [2, 4, 'between 9 minutes 29 s and 18 minutes 30 s later'], [4, 5, 'the same record'],
    ]);
    expect(story.partial).toBe(false);
  });

  it('holds a handler against the requests that only it answers', async () => {
    const [hdr, img] = [await storyOf('HDR-Image'), await storyOf('ImageResize')];
    expect(step(hdr, 'first-served')).toMatchObject({ moment: { time: '2026-03-03T01:24:10Z' }, refs: [{ evidencePath: 'C/inetpub/logs/LogFiles/W3SVC2/u_ex260303.log', line: 14 }] });
    expect(step(img, 'first-served')?.sentence).toContain('"ShopCompression"');
    expect(step(img, 'configured')).toMatchObject({ by: true, moment: { time: '2026-03-02T21:07:40Z' } });
    expect(step(img, 'pool-started')?.missing).toContain('read with the first request');
  });

  it('says of a module without a trace that no row proves it, and what would', async () => {
    const story = await storyOf('CorrelationModule');
    expect(step(story, 'first-served')?.missing).toContain('C:\\inetpub\\logs\\FailedReqLogFiles\\W3SVC1');
    expect(story.doubts.join(' ')).toContain('4 s after the configuration');
  });

  it('tells of a deleted file and of a file whose stamp contradicts its time', async () => {
    expect((await storyOf('ReportExport')).steps.at(-1)).toMatchObject({ kind: 'removed', moment: { time: null } });
    const forged = await engine.ask('story.component', { id: components.find((c) => c.file?.path?.endsWith('iisreqx.dll') === true)?.id ?? '' });
    expect(forged.arrows[0]?.sentence).toMatch(/^\d+ days .* earlier by these clocks/);
    expect(forged.doubts[0]).toContain('linker\'s stamp');
  });

  it('refuses an unknown id, and reads as text with citations', async () => {
    expect((await engine.refusal('story.component', { id: 'c-0' })).message).toContain('no such component');
    const text = storyText(await storyOf('HDR-Image')).join('\n');
    expect(text).toContain('Story of ISAPI extension "HDR-Image" (D:\\web\\legacy\\bin\\hdrimg.dll)');
    expect(text).toMatch(/Source: D:\\web\\legacy\\bin\\hdrimg\.dll offset 136 \(4 bytes\) \[evidence: D\/web\/legacy\/bin\/hdrimg\.dll; SHA-256 [0-9a-f]{64}\]/);
  });
});

describe('what components have in common', () => {
  it('one file that holds two, and values that say little at the end', async () => {
    const { traits, note } = await engine.ask('story.shared', { id: idOf('ImageResize') });
    expect(traits.map((t) => [t.by, t.weak === null, t.components.map((c) => c.name)])).toEqual([['file', true, ['Shop.Imaging']], ['imphash', false, ['CorrelationModule']]]);
    expect(note).toContain('other components');
  });

  it('one host cannot be stacked, and that is said', async () => {
    const { rows, servers, note } = await engine.ask('story.stack', {});
    expect(servers).toBe(1);
    expect(note).toContain('several');
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.every((r) => r.of === 1 && r.servers.length === 1)).toBe(true);
  });
});
