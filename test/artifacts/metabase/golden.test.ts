import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isMetabase, parseMetabase } from '../../../electron/artifacts/metabase/index.ts';
import type { ConfigElement } from '../../../shared/model/index.ts';

/** Every key and every string of a list with its place, every problem. */
function summary(bytes: Uint8Array): unknown {
  const { document, problems } = parseMetabase(bytes);
  const lines: string[] = [];
  const visit = (element: ConfigElement, depth: number): void => {
    const shown = element.attributes.filter((a) => a.name === 'Location' || a.name === 'value').map((a) => ` ${a.name}=${a.value}`).join('');
    lines.push(`${'  '.repeat(depth)}${element.line}:${element.column} ${element.name}${shown}`);
    for (const child of element.children) visit(child, depth + 1);
  };
  if (document.root) visit(document.root, 0);
  return { metabase: isMetabase(document), complete: document.complete, encoding: document.encoding, keys: lines, problems: problems.map((p) => `${p.kind} ${p.line ?? '-'} ${p.message}`) };
}

const cases = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

describe('metabases as they should read', () => {
  test('every kind of case is here', () => {
    for (const kind of ['good', 'damaged', 'truncated', 'empty', 'wrong']) expect(cases.some((name) => name.startsWith(kind)), kind).toBe(true);
  });
  test.each(cases)('%s', (name) => {
    const folder = path.join(import.meta.dirname, name);
    const [file = ''] = readdirSync(path.join(folder, 'input'));
    expect(summary(readFileSync(path.join(folder, 'input', file)))).toEqual(JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')));
  });
});
