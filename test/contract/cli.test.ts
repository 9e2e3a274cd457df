import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSync, copyFileSync, cpSync, existsSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, statSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import type { z } from 'zod';
import { touchSample } from '../../build/scripts/fixtures/make-sample.mjs';
import { EffectiveDocument, EventRow, QueryDocument, HistoryDocument, InspectDocument, TriageDocument, VerifyDocument } from '../../shared/contract/cli/documents.ts';
import { buildCli, runCli, scratch, type Ran } from '../helpers/cli.ts';
import { SAMPLE } from '../helpers/engine.ts';

const DLL = 'C/ProgramData/Microsoft/Cache/cachehttp.dll';
const temp = scratch();
let made: Ran;

beforeAll(async () => {
  touchSample();
  buildCli();
  cpSync(SAMPLE, temp.at('ev'), { recursive: true, preserveTimestamps: true });
  symlinkSync(temp.at('ev'), temp.at('ev-link'));
  mkdirSync(temp.at('empty'));
  writeFileSync(temp.at('note.txt'), 'not evidence\n');
  writeFileSync(temp.at('empty.bin'), '');
  writeFileSync(temp.at('cut.dll'), readFileSync(temp.at('ev', DLL)).subarray(0, 300));
  made = await runCli(['triage', temp.at('ev'), '--case', temp.at('a.iiscase'), '--json', temp.at('a.json')]);
});
afterAll(() => temp.remove());

/** The document on stdout, parsed and valid in every field that the schema names. */
function answer<T extends z.ZodType>(ran: Ran, schema: T): z.infer<T> {
  expect(ran.code, ran.stderr).toBe(0);
  return schema.parse(JSON.parse(ran.stdout)) as z.infer<T>;
}

/** Refused: exit code 2, nothing on stdout, one sentence without a stack trace. */
async function refused(words: readonly string[], sentence: RegExp): Promise<void> {
  const ran = await runCli(words, { cwd: temp.dir });
  expect({ code: ran.code, stdout: ran.stdout, lines: ran.said.length }, `${words.join(' ')}: ${ran.stderr}`).toEqual({ code: 2, stdout: '', lines: 1 });
  expect(ran.said[0]).toMatch(sentence);
  expect(ran.said[0]).not.toMatch(/\bat .*\.js:|node:internal/);
}

describe('answers', () => {
  it('triage writes its document to a file and one screen to stdout', () => {
    expect(made.code, made.stderr).toBe(0);
    expect(made.stdout).toMatch(/^evidence: kape, 36 files/);
    const document = TriageDocument.parse(JSON.parse(readFileSync(temp.at('a.json'), 'utf8')));
    expect(document).toMatchObject({ schema: 'iisight.triage/1', partial: false, timeline: { bySource: { 'iis-log': 6005 } } });
    expect(readdirSync(temp.dir).filter((n) => n.endsWith('.tmp'))).toEqual([]);
  });

  it('every way to write --json gives the same document', async () => {
    const [bare, dash, equals, named] = await Promise.all([['--json'], ['--json', '-'], ['--json=-'], ['--json', 'plain-name']]
      .map((json) => runCli(['history', temp.at('ev'), ...json], { cwd: temp.dir })));
    expect(answer(bare as Ran, HistoryDocument).copies.map((c) => c.id)).toContain('CFGHISTORY_0000000003');
    expect(dash?.stdout).toBe(bare?.stdout);
    expect(equals?.stdout).toBe(bare?.stdout);
    expect(named?.stdout).toMatch(/^CFGHISTORY_/);
    expect(readFileSync(temp.at('plain-name'), 'utf8')).toBe(bare?.stdout);
    const first = await runCli(['history', '--json', temp.at('ev')]);
    expect(first.stdout).toBe(bare?.stdout);
  });

  it('effective', async () => {
    const document = answer(await runCli(['effective', temp.at('ev'), '--site', 'Shop', '--json']), EffectiveDocument);
    expect(document).toMatchObject({ schema: 'iisight.effective/1', site: 'Shop', app: '/', globalModules: { outcome: 'effective' } });
  });

  it('inspect reads DLLs, cut ones, empty ones and what is none', async () => {
    const [whole, cut, empty, text] = await Promise.all([temp.at('ev', DLL), 'cut.dll', 'empty.bin', 'note.txt'].map((f) => runCli(['inspect', f, '--json'], { cwd: temp.dir })));
    expect(answer(whole as Ran, InspectDocument)).toMatchObject({ machine: 'x64', isDll: true, entryPoints: ['RegisterModule'], problems: [] });
    const damaged = answer(cut as Ran, InspectDocument);
    expect([...damaged.problems, ...damaged.anomalies].length).toBeGreaterThan(0);
    expect(answer(empty as Ran, InspectDocument)).toMatchObject({ size: 0, machine: null, problems: [{ message: expect.stringContaining('empty') as string }] });
    expect(answer(text as Ran, InspectDocument)).toMatchObject({ machine: null, isDll: null, problems: [{ message: expect.stringContaining('not a PE') as string }] });
  });

  it('events gives rows of the contract, as lines and as CSV, and says how many', async () => {
    const words = ['events', temp.at('a.iiscase'), '--filter', 'source:iis-log status:>=500', '--limit', '3'];
    const lines = await runCli(words);
    const csv = await runCli([...words, '--format', 'csv']);
    const rows = lines.stdout.trimEnd().split('\n').map((l) => EventRow.parse(JSON.parse(l)));
    expect(rows).toHaveLength(3);
    expect(lines.said.at(-1)).toMatch(/^3 of \d+ events$/);
    expect(csv.stdout.split('\r\n').slice(1, 4).map((l) => l.split(',')[0])).toEqual(rows.map((r) => r.id));
    const none = await runCli(['events', temp.at('a.iiscase'), '--limit', '0']);
    expect({ code: none.code, stdout: none.stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('query answers on one screen, and as a document that agrees with events', async () => {
    const filter = 'source:iis-log status:400..404,>=500';
    const document = answer(await runCli(['query', temp.at('a.iiscase'), filter, '--limit', '3', '--json']), QueryDocument);
    const rows = (await runCli(['events', temp.at('a.iiscase'), '--filter', filter])).stdout.trimEnd().split('\n').map((l) => EventRow.parse(JSON.parse(l)));
    expect(document).toMatchObject({ schema: 'iisight.query/1', filter, partial: false, shown: rows.length, first: rows[0]?.time, last: rows.at(-1)?.time, bySource: [{ value: 'iis-log', count: rows.length }] });
    expect(document.events).toEqual(rows.slice(0, 3));
    expect(document.histogram.buckets.reduce((a, b) => a + b, 0)).toBe(rows.length);
    const screen = await runCli(['query', temp.at('a.iiscase'), filter]);
    expect(screen.code, screen.stderr).toBe(0);
    expect(screen.stdout).toContain(`${rows.length} of `);
    expect(screen.stdout).toContain(document.stacks[0]?.rows[0]?.value);
    expect((await runCli(['query', '--help'])).stdout).toContain('around:EVENT~10m');
  });

  it('says when nothing of IIS was recognised', async () => {
    for (const place of ['empty', 'note.txt', 'empty.bin']) {
      const document = answer(await runCli(['triage', place, '--json'], { cwd: temp.dir }), TriageDocument);
      expect(document.problems.map((p) => p.message).join(), place).toContain('Nothing of IIS was recognised');
    }
  });
});

describe('wrong calls', () => {
  it.each<readonly [string, readonly string[], RegExp]>([
    ['no such command', ['bogus'], /no command bogus/],
    ['no evidence named', ['triage'], /Give one evidence/],
    ['empty evidence name', ['triage', ''], /Give one evidence/],
    ['two evidences', ['triage', 'a', 'b'], /Give one evidence/],
    ['unknown option', ['triage', 'ev', '--bogus'], /--bogus/],
    ['missing evidence', ['triage', 'nowhere'], /no evidence at .*nowhere/],
    ['a device', ['triage', '/dev/null'], /neither a folder nor a plain file/],
    ['workers out of range', ['triage', 'ev', '--workers', '0'], /--workers takes a whole number/],
    ['unknown zone', ['triage', 'ev', '--server-zone', 'Mars/X'], /Mars\/X is no time zone/],
    ['option without value', ['triage', 'ev', '--case'], /--case/],
    ['case that is none', ['triage', 'ev', '--case', 'note.txt'], /note\.txt is damaged or is not a case/],
    ['case that is a folder', ['triage', 'ev', '--case', 'empty'], /is not a file/],
    ['case of other evidence', ['triage', 'empty', '--case', 'a.iiscase'], /made from other evidence/],
    ['JSON into no folder', ['triage', 'ev', '--json', 'no/x.json'], /folder of no\/x\.json does not exist/],
    ['JSON onto a folder', ['triage', 'ev', '--json=empty'], /empty is a folder/],
    ['JSON onto the case', ['triage', 'ev', '--case', 'a.iiscase', '--json=a.iiscase'], /not overwritten/],
    ['JSON onto another case', ['history', 'ev', '--json=a.iiscase'], /not overwritten/],
    ['JSON onto the inspected file', ['inspect', 'cut.dll', '--json=cut.dll'], /lies in the evidence/],
    ['inspect of a folder', ['inspect', 'empty'], /is a folder/],
    ['inspect of nothing', ['inspect', 'nowhere'], /no evidence/],
    ['effective without site', ['effective', 'ev'], /--site/],
    ['unknown site', ['effective', 'ev', '--site', '__proto__'], /no site __proto__/],
    ['unknown server', ['history', 'ev', '--server', 'toString'], /no server toString/],
    ['unknown moment', ['effective', 'ev', '--site', 'Shop', '--as-of', 'yesterday'], /yesterday is neither/],
    ['query without a filter', ['query', 'a.iiscase'], /one filter/],
    ['query of nothing', ['query', 'nowhere.iiscase', 'status:500'], /does not exist/],
    ['unknown format', ['events', 'a.iiscase', '--format', 'xml'], /jsonl or csv/],
    ['negative limit', ['events', 'a.iiscase', '--limit', '-1'], /--limit needs a value/],
    ['events of evidence', ['events', 'ev'], /is not a file/],
    ['verify of nothing', ['verify', 'nowhere.iiscase'], /does not exist/],
  ])('%s', async (_what, words, sentence) => {
    await refused(words, sentence);
  });
});

describe('a faulty filter', () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['wrong value', ['events', 'a.iiscase', '--filter', 'a status:>=x'], ['  a status:>=x', '             ^']],
    ['unknown field', ['events', 'a.iiscase', '--filter', 'constructor:x'], ['  constructor:x', '  ^^^^^^^^^^^']],
    ['wrong expression', ['query', 'a.iiscase', 'uri:~"a(?=b)" c'], ['  uri:~"a(?=b)" c', '         ^^^']],
    ['control characters', ['query', 'a.iiscase', '"\u0007" colour:x'], ['  "\u2039U+0007\u203a" colour:x', '             ^^^^^^']],
  ])('%s: the word is marked, then the sentence with its column', async (_what, words, shown) => {
    const ran = await runCli(words, { cwd: temp.dir });
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ran.said.slice(0, 2)).toEqual(shown);
    expect(ran.said[2]).toMatch(/^iisight: The filter is not understood: .* \(column \d+\)$/);
    expect(ran.said).toHaveLength(3);
  });

  it('a word that only the case can judge is marked in the same way', async () => {
    const ran = await runCli(['query', 'a.iiscase', 'x around:ffffffffffff-000000000000-000000'], { cwd: temp.dir });
    expect({ code: ran.code, stdout: ran.stdout, said: ran.said }).toEqual({
      code: 2, stdout: '', said: ['  x around:ffffffffffff-000000000000-000000', `    ${'^'.repeat(39)}`, 'iisight: There is no such event in this case. (column 3)'],
    });
  });
});

describe('the evidence is never written', () => {
  it.each<readonly [string, readonly string[]]>([
    ['case in it', ['triage', 'ev', '--case', 'ev/x.iiscase']],
    ['case in it by way of a folder link', ['triage', 'ev', '--case', 'ev-link/x.iiscase']],
    ['evidence named by a link', ['triage', 'ev-link', '--case', 'ev/x.iiscase']],
    ['case behind a link to nothing yet', ['triage', 'ev', '--case', 'to-nothing.iiscase']],
    ['case behind two links', ['triage', 'ev', '--case', 'to-link.iiscase']],
    ['JSON behind a link to nothing yet', ['triage', 'ev', '--json', 'to-nothing.json']],
    ['JSON in it', ['history', 'ev', '--json', 'ev/C/x.json']],
    ['JSON over a single file', ['triage', 'cut.dll', '--json=cut.dll']],
  ])('%s', async (_what, words) => {
    for (const ext of ['iiscase', 'json']) if (!isLink(`to-nothing.${ext}`)) symlinkSync(temp.at('ev', `x.${ext}`), temp.at(`to-nothing.${ext}`));
    if (!isLink('to-link.iiscase')) symlinkSync('to-nothing.iiscase', temp.at('to-link.iiscase'));
    const before = readdirSync(temp.at('ev'), { recursive: true }).length;
    await refused(words, /lies in the evidence|lies inside the evidence/);
    expect(readdirSync(temp.at('ev'), { recursive: true })).toHaveLength(before);
    expect(statSync(temp.at('cut.dll')).size).toBe(300);
  });

  function isLink(name: string): boolean {
    return lstatSync(temp.at(name), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  }
});

describe('a case that exists', () => {
  it('goes on with its own evidence and answers the same', async () => {
    const again = answer(await runCli(['triage', temp.at('ev'), '--case', temp.at('a.iiscase'), '--json']), TriageDocument);
    const first = JSON.parse(readFileSync(temp.at('a.json'), 'utf8')) as object;
    expect({ ...again, ran: null }).toEqual({ ...first, ran: null });
  });

  it('verify: 0 while nothing differs, 3 after one changed byte of the evidence', async () => {
    cpSync(temp.at('ev'), temp.at('changed'), { recursive: true, preserveTimestamps: true });
    const same = answer(await runCli(['verify', temp.at('a.iiscase'), '--evidence', temp.at('changed'), '--json']), VerifyDocument);
    expect(same.case.ok).toBe(true);
    expect(new Set(same.evidence.map((e) => e.status))).toEqual(new Set(['same']));
    flip(temp.at('changed', DLL), 4000);
    const ran = await runCli(['verify', temp.at('a.iiscase'), '--evidence', temp.at('changed'), '--json']);
    expect(ran.code).toBe(3);
    expect(VerifyDocument.parse(JSON.parse(ran.stdout)).evidence.filter((e) => e.status !== 'same').map((e) => [e.evidencePath, e.status])).toEqual([[DLL, 'changed']]);
  });

  it('verify: never 0 after one changed byte in the case', async () => {
    const size = statSync(temp.at('a.iiscase')).size;
    for (const part of [0.35, 0.85]) {
      copyFileSync(temp.at('a.iiscase'), temp.at('b.iiscase'));
      flip(temp.at('b.iiscase'), Math.floor(size * part));
      const ran = await runCli(['verify', temp.at('b.iiscase')]);
      expect([0, 2, 3], ran.stderr).toContain(ran.code);
      expect(ran.stderr).not.toMatch(/\bat .*\.js:/);
      // A free block of the file belongs to nothing: a change there may go unseen, but then nothing that is read changed.
      if (ran.code === 0) expect((await runCli(['events', temp.at('b.iiscase')])).stdout).toBe((await runCli(['events', temp.at('a.iiscase')])).stdout);
    }
  });

  it('a reader that goes away ends the command quietly', () => {
    const shell = `"$0" "$1" events "$2" | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const out = execFileSync('bash', ['-c', shell, process.execPath, 'dist/electron/cli.js', temp.at('a.iiscase')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const lines = out.trimEnd().split('\n');
    expect(EventRow.safeParse(JSON.parse(lines[0] ?? '')).success).toBe(true);
    expect(lines.slice(1)).toEqual(['0']);
  });

  it('JSON into a device leaves the device', async () => {
    if (!existsSync('/dev/null')) return;
    const ran = await runCli(['history', temp.at('ev'), '--json=/dev/null']);
    expect(ran.code).toBe(0);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

/** Changes one bit at an offset. */
function flip(file: string, offset: number): void {
  const fd = openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  readSync(fd, byte, 0, 1, offset);
  byte[0] = (byte[0] ?? 0) ^ 1;
  writeSync(fd, byte, 0, 1, offset);
  closeSync(fd);
}
