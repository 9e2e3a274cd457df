import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig, sniffConfig } from '../../../electron/artifacts/iis-config/index.ts';
import { loadedBy, readLooseWebConfig, readServer, registrations } from '../../../electron/iis/index.ts';
import type { ConfigElement } from '../../../shared/model/index.ts';
import { corpus } from '../../helpers/corpus.ts';
import { configurationFile, serverFiles } from './support.ts';

const python = spawnSync('python3', ['-c', 'import xml.etree.ElementTree']).status === 0;
const all = corpus.present
  ? ['config', 'webconfig'].flatMap((folder) => readdirSync(corpus.file(folder), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.config')).map((f) => corpus.file(path.join(folder, f)))).toSorted()
  : [];
const LISTS = ['globalModules', 'modules', 'handlers', 'isapiFilters', 'isapiCgiRestriction', 'httpModules'];

/** Counts with another XML parser; null where that one refuses the file. */
const COUNT = `
import json, sys, xml.etree.ElementTree as E
out = {}
for path in json.load(sys.stdin)["files"]:
    try: root = E.parse(path).getroot()
    except E.ParseError: out[path] = None; continue
    local = lambda e: e.tag.split('}')[-1] if isinstance(e.tag, str) else ''
    out[path] = {"all": sum(1 for _ in root.iter())}
    for name in ${JSON.stringify(LISTS)}:
        out[path][name] = sum(1 for e in root.iter() if local(e) == name for c in e if local(c) in ('add', 'filter'))
json.dump(out, sys.stdout)`;

describe.skipIf(!corpus.present)('corpus (skipped without it)', () => {
  test.skipIf(!python)('as many entries as Python counts (skipped without python3)', () => {
    const run = spawnSync('python3', ['-c', COUNT], { input: JSON.stringify({ files: all }), encoding: 'utf8', maxBuffer: 1 << 26 });
    const counted = JSON.parse(run.stdout) as Record<string, Record<string, number> | null>;
    let sound = 0;
    for (const file of all) {
      const { document } = parseConfig(readFileSync(file));
      const expected = counted[file];
      // Two readers must agree about which files are sound; a tail of NULs, undeclared bytes and a wrong declaration are judged differently.
      if (!expected) {
        if (!/nul_tail|latin1|declared_utf8/.test(file)) expect(document.complete, file).toBe(false);
        continue;
      }
      if (/doctype/.test(file)) continue;
      sound++;
      const found: Record<string, number> = { all: 0, ...Object.fromEntries(LISTS.map((name) => [name, 0])) };
      const visit = (e: ConfigElement): void => {
        found['all'] = (found['all'] ?? 0) + 1;
        if (LISTS.includes(e.name)) found[e.name] = (found[e.name] ?? 0) + e.children.filter((c) => c.name === 'add' || c.name === 'filter').length;
        for (const child of e.children) visit(child);
      };
      if (document.root) visit(document.root);
      expect(found, file).toEqual(expected);
    }
    expect(sound).toBeGreaterThan(90);
  });

  test('every server is read, and nothing real is called invalid', () => {
    let servers = 0;
    for (const file of all) {
      const bytes = readFileSync(file);
      const { document } = parseConfig(bytes);
      if (sniffConfig(document) !== 'applicationHost') {
        expect(() => readLooseWebConfig(configurationFile('C:\\x\\web.config', bytes)), file).not.toThrow();
        continue;
      }
      servers++;
      const files = serverFiles(bytes);
      const { server } = readServer(files, 'srv', null);
      const lines = registrations(files, server);
      const { applications, loadedBy: loaded, dormant } = loadedBy(files, server, lines);
      for (const { config } of applications) for (const list of [config.modules, config.handlers, config.isapiFilters]) expect(list.outcome, file).not.toBe('invalid');
      for (const line of lines) expect(loaded.has(line.key) !== dormant.has(line.key), `${file} ${line.key}`).toBe(true);
    }
    expect(servers).toBeGreaterThan(25);
  });

  test('what the broken files say', () => {
    const problems = (name: string): string => {
      const file = all.find((f) => f.endsWith(name)) ?? '';
      return parseConfig(readFileSync(file)).problems.map((p) => `${p.line}: ${p.message}`).join('\n');
    };
    expect(problems('BadApplicationHost.config')).toMatch(/^128: End tag <\/configSections> found, but <sectionGroup> opened at line 52/);
    expect(problems('original2_missing_closing.config')).toMatch(/<configuration> opened at line 1133, <configuration> opened at line 21 were not closed/);
    expect(problems('truncated_half.config')).toMatch(/^1211: The file ends inside the start tag <add> that begins at line 1211: <handlers> opened at line 1195/);
    expect(problems('two_roots.config')).toMatch(/older, longer version/);
    expect(problems('nul_hole.config')).toMatch(/512 NUL/);
    expect(problems('doctype_entities.config')).toMatch(/DTD refused/);
    expect(problems('invalid_unclosed.config')).toMatch(/<add> opened at line 1 was not closed/);
  });
});
