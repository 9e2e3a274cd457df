import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCase } from '../../../../electron/case/case-file.ts';
import { CASE_MIGRATIONS } from '../../../../electron/case/case-steps.ts';
import { listDocuments, replaceDocuments } from '../../../../electron/case/documents.ts';
import { needsRenewal } from '../../../../electron/jobs/lists/needs-renewal.ts';
import { TIMELINE_MIGRATIONS } from '../../../../electron/timeline/migration.ts';
import { TIMELINE_TABLES } from '../../../../electron/timeline/schema.ts';
import { SAMPLE, startEngine, type TestEngine } from '../../../helpers/engine.ts';

let engine: TestEngine;
let folder: string;
beforeEach(async () => {
  engine = await startEngine();
  folder = await mkdtemp(path.join(os.tmpdir(), 'iisight-lists-'));
});
afterEach(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

describe('lists of a case', () => {
  it('that were put in while evidence is read are applied when it is read; a program that ends in between is made good for', async () => {
    const file = path.join(folder, 'own.iiscase');
    const list = path.join(folder, 'list.txt');
    await writeFile(list, 'cachehttp.dll\n');
    await engine.ask('case.create', { path: file, evidence: SAMPLE, workers: 2 });
    const row = await engine.ask('list.add', { kind: 'indicators', path: list });
    expect(row.applied).toBe(false);
    await engine.ask('job.wait', {});
    const findings = (await engine.ask('finding.list', {})).findings;
    expect(findings.filter((f) => f.list === row.id)).toHaveLength(1);
    const components = await engine.ask('component.list', {});
    const named = findings.find((f) => f.list === row.id)?.component;
    expect(components.components.find((c) => c.id === named)?.findings).toContain(findings.find((f) => f.list === row.id)?.id);
    await engine.ask('case.close', {});

    // As a kill behind the findings of a reading, or behind a changed list, leaves it.
    const open = await openCase(file, { tool: 'test', evidenceRoots: [], tables: TIMELINE_TABLES, migrations: [...TIMELINE_MIGRATIONS, ...CASE_MIGRATIONS], tempDirectory: folder, allowedDirectories: [folder], memoryLimitMb: 200 });
    expect(await needsRenewal(open.connection)).toBe(false);
    await replaceDocuments(open, 'finding', (await listDocuments(open.connection, 'finding')).filter((f) => f.list === undefined));
    expect(await needsRenewal(open.connection)).toBe(true);
    await open.close();
    await engine.ask('case.open', { path: file });
    await engine.ask('job.wait', {});
    expect((await engine.ask('finding.list', {})).findings).toEqual(findings);
    expect((await engine.ask('list.list', {})).lists).toMatchObject([{ applied: true, hits: 1 }]);
    expect((await engine.refusal('list.add', { kind: 'indicators', path: list })).message).toContain('already');
  });

  it('do not change findings when they are applied again, and a stopped search keeps what was there', async () => {
    const rule = path.join(folder, 'slow.yar');
    await writeFile(rule, 'rule Slow { condition: uint16(0) == 0x5a4d and for all i in (0..2000000000) : (for all j in (0..2000000000) : (i + j >= 0)) }');
    await engine.ask('case.create', { path: null, evidence: SAMPLE, workers: 2 });
    await engine.ask('job.wait', {});
    const before = (await engine.ask('finding.list', {})).findings;
    const row = await engine.ask('list.add', { kind: 'yara', path: rule });
    await engine.ask('job.cancel', {});
    await engine.ask('job.wait', {});
    expect((await engine.ask('finding.list', {})).findings).toEqual(before);
    expect((await engine.ask('list.list', {})).lists).toMatchObject([{ id: row.id, applied: false }]);
    expect((await engine.ask('job.list', {})).jobs.find((j) => j.id === 'lists')?.state).toBe('cancelled');
    await engine.ask('list.remove', { id: row.id });
    await engine.ask('job.wait', {});
    expect((await engine.ask('finding.list', {})).findings).toEqual(before);
  });
});
