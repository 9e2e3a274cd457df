import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RuleId, type Finding } from '../../shared/model/index.ts';
import { corpus } from '../helpers/corpus.ts';
import { startEngine, triage, type TestEngine } from '../helpers/engine.ts';
import { makeTree, type Tree } from '../helpers/tree.ts';

const Agreed = z.strictObject({ about: z.string(), agreed: z.array(z.strictObject({ file: z.string(), rule: RuleId, title: z.string(), because: z.string().min(20) })) });
const { agreed: AGREED } = Agreed.parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'agreed.json'), 'utf8')));

const HOST = 'C/Windows/System32/inetsrv/config/applicationHost.config';
const isHost = (text: string): boolean => /<system\.applicationHost[\s>]/.test(text);

interface Real { readonly name: string; readonly bytes: Buffer }

/** Configurations of public repositories; those that were made to be odd are for other tests. */
function real(folder: string): Real[] {
  return readdirSync(corpus.file(folder), { recursive: true, encoding: 'utf8' }).map((f) => f.replaceAll('\\', '/')).filter((f) => f.endsWith('.config') && !/(?:^|\/)generated\//.test(f)).sort()
    .map((f) => ({ name: `${folder}/${f}`, bytes: readFileSync(corpus.file(folder, f)) }));
}

describe.skipIf(!corpus.present)('real configurations, read as evidence (skipped without the corpus)', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine();
  }, 120_000);
  afterAll(async () => engine.close());

  /** Findings of at least medium with which nobody has agreed yet. */
  async function claims(files: readonly Real[], place: (i: number) => string): Promise<string[]> {
    const names = new Map(files.map((f, i) => [place(i), f.name]));
    const tree: Tree = Object.fromEntries(files.map((f, i) => [place(i), f.bytes]));
    const made = await makeTree(tree);
    try {
      const document = await triage(engine, made.dir);
      // A tree in which nothing was recognised would accuse nobody either.
      expect(document.components.length).toBeGreaterThan(files.length);
      const fileOf = (f: Finding): string => f.refs.map((r) => names.get(r.evidencePath)).find((n) => n !== undefined) ?? '';
      return document.findings.filter((f) => f.severity === 'high' || f.severity === 'medium')
        .filter((f) => !AGREED.some((a) => a.rule === f.rule && fileOf(f).includes(a.file) && f.title.includes(a.title)))
        .map((f) => `${fileOf(f)}: ${f.severity} ${f.rule}: ${f.title}`);
    } finally {
      await made.cleanup();
    }
  }

  it('accuse nothing as files of servers', async () => {
    const hosts = real('config').filter((f) => isHost(f.bytes.toString('utf8')));
    expect(hosts.length).toBeGreaterThan(8);
    expect(await claims(hosts, (i) => `server${String(i).padStart(3, '0')}/${HOST}`)).toEqual([]);
  }, 240_000);

  it('accuse nothing as files of applications', async () => {
    const loose = [...real('config'), ...real('webconfig')].filter((f) => !isHost(f.bytes.toString('utf8')));
    expect(loose.length).toBeGreaterThan(20);
    expect(await claims(loose, (i) => `application${String(i).padStart(3, '0')}/web.config`)).toEqual([]);
  }, 240_000);
});
