import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE, startEngine, type TestEngine } from '../../../helpers/engine.ts';

let engine: TestEngine;
beforeEach(async () => {
  engine = await startEngine();
  await engine.ask('case.create', { path: null, evidence: SAMPLE, workers: 2 });
  await engine.ask('job.wait', {});
});
afterEach(() => engine.close());

async function put(name: string, text: string): Promise<string> {
  const file = path.join(engine.folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

const findings = async (): Promise<Awaited<ReturnType<typeof engine.ask<'finding.list'>>>['findings']> => (await engine.ask('finding.list', {})).findings;

describe('lists of the analyst', () => {
  it('finds a hash, a name and an address, and takes it all back with the list', async () => {
    const before = await findings();
    const components = (await engine.ask('component.list', {})).components;
    const unknown = components.find((c) => c.origin === 'unknown' && c.file !== null);
    const page = await engine.ask('timeline.page', { filter: 'source:iis-log', offset: 0, limit: 1 });
    const ip = page.events[0]?.fields.find((f) => f.name === 'c-ip')?.value ?? '';
    const file = await put('list.csv', `kind,value,note\nsha256,${unknown?.file?.sha256 ?? ''},seen elsewhere\nip,${ip}/32,\nmodule-name,${unknown?.name ?? ''},\nsha256,nonsense,\n`);
    const row = await engine.ask('list.add', { kind: 'indicators', path: file });
    expect(row.entries).toBe(3);
    expect(row.problems).toHaveLength(1);
    await engine.ask('job.wait', {});
    const own = (await findings()).filter((f) => f.rule === 'indicator-match');
    expect(own.find((f) => f.component === unknown?.id)).toMatchObject({ severity: 'high' });
    const inLogs = own.find((f) => f.component === null && f.title.includes(ip));
    expect(inLogs?.refs[0]).toMatchObject({ offset: expect.any(Number), length: expect.any(Number) });
    const [listed] = (await engine.ask('list.list', {})).lists;
    expect(listed).toMatchObject({ applied: true, hits: expect.any(Number) });
    expect((await engine.ask('list.hits', { id: row.id })).hits.length).toBe(listed?.hits);
    const bytes = await engine.ask('evidence.bytes', { evidencePath: inLogs?.refs[0]?.evidencePath ?? '', offset: inLogs?.refs[0]?.offset ?? 0, length: inLogs?.refs[0]?.length ?? 1 });
    expect(Buffer.from(bytes.hex, 'hex').toString('latin1')).toContain(ip);
    await engine.ask('list.remove', { id: row.id });
    await engine.ask('job.wait', {});
    expect(await findings()).toEqual(before);
  });

  it('lowers what is merely unknown by a known-good list, and says so', async () => {
    const before = await findings();
    const list = path.join(engine.folder, 'good.json');
    const made = await engine.ask('list.makeKnownGood', { path: list });
    expect(made.entries).toBeGreaterThan(0);
    expect((await engine.refusal('list.makeKnownGood', { path: list })).kind).toBe('exists');
    const row = await engine.ask('list.add', { kind: 'known-good', path: list });
    await engine.ask('job.wait', {});
    const lowered = (await findings()).filter((f) => f.lowered !== undefined);
    expect(lowered.length).toBeGreaterThan(0);
    for (const f of lowered) {
      expect(f.severity).toBe('info');
      expect(f.refutes[0]).toBe(f.lowered?.why);
      expect(before.find((b) => b.id === f.id)?.severity).toBe(f.lowered?.from);
    }
    expect((await engine.ask('list.list', {})).lists[0]?.hits).toBe(lowered.length);
    await engine.ask('list.remove', { id: row.id });
    await engine.ask('job.wait', {});
    expect(await findings()).toEqual(before);
    const other = JSON.parse(await readFile(list, 'utf8')) as { entries: { sha256: string }[] };
    for (const entry of other.entries) entry.sha256 = 'a'.repeat(64);
    await engine.ask('list.add', { kind: 'known-good', path: await put('other.json', JSON.stringify(other)) });
    await engine.ask('job.wait', {});
    expect((await findings()).filter((f) => f.rule === 'differs-from-known-good').length).toBeGreaterThan(0);
    expect((await findings()).filter((f) => f.lowered !== undefined)).toEqual([]);
  });

  it('searches program files for the rules of the analyst, with the offsets of the strings', async () => {
    const folder = path.dirname(await put('rules/one.yar', 'rule Loads : iis {\n meta: description = "a module"\n strings: $a = "RegisterModule"\n condition: uint16(0) == 0x5a4d and $a\n}\n'));
    await put('rules/bad.yar', 'rule Broken { condition: $x }');
    await put('rules/inc.yar', 'include "/etc/passwd"\nrule R { condition: true }');
    const row = await engine.ask('list.add', { kind: 'yara', path: folder });
    expect(row.entries).toBe(1);
    expect(row.problems).toEqual([expect.stringContaining('includes another file'), expect.stringContaining('undefined')]);
    await engine.ask('job.wait', {});
    const own = (await findings()).filter((f) => f.rule === 'yara-match');
    expect(own.length).toBeGreaterThan(0);
    const ref = own[0]?.refs[0];
    expect(ref).toMatchObject({ length: 14 });
    const bytes = await engine.ask('evidence.bytes', { evidencePath: ref?.evidencePath ?? '', offset: ref?.offset ?? 0, length: 14 });
    expect(Buffer.from(bytes.hex, 'hex').toString('latin1')).toBe('RegisterModule');
    const [listed] = (await engine.ask('list.list', {})).lists;
    expect(listed?.searched).toBeGreaterThanOrEqual(own.length);
    const hits = await engine.ask('list.hits', { id: row.id });
    expect(hits.matches[0]?.rules[0]).toMatchObject({ rule: 'Loads', file: 'one.yar', tags: ['iis'], meta: [{ name: 'description', value: 'a module' }] });
  });

  it('refuses what is no list, and a program that lies in the evidence', async () => {
    expect((await engine.refusal('list.add', { kind: 'indicators', path: await put('empty.txt', '\n') })).message).toContain('Nothing in this file');
    expect((await engine.refusal('list.add', { kind: 'known-good', path: await put('x.json', '{"schema":"other/1"}') })).message).toContain('no known-good list');
    const rule = await put('r.yar', 'rule A { condition: true }');
    expect((await engine.refusal('list.add', { kind: 'yara', path: rule, program: path.join(SAMPLE, 'C/Windows/yara') })).message).toContain('inside the evidence');
    expect((await engine.refusal('list.add', { kind: 'yara', path: rule, program: '/bin/true' })).message).toContain('does not answer');
    expect((await engine.ask('list.list', {})).lists).toEqual([]);
  });
});
