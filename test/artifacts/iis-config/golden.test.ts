import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig, sniffConfig } from '../../../electron/artifacts/iis-config/index.ts';
import type { ConfigElement } from '../../../shared/model/index.ts';

/** What a reader would want to compare: every element with its place, every problem. */
function summary(bytes: Uint8Array): unknown {
  const { document, problems } = parseConfig(bytes);
  const lines: string[] = [];
  const visit = (element: ConfigElement, depth: number): void => {
    const attributes = element.attributes.map((a) => ` ${a.line}:${a.column} ${a.name}=${a.value}`).join('');
    lines.push(`${'  '.repeat(depth)}${element.line}:${element.column}-${element.endLine} ${element.name}${attributes}`);
    for (const child of element.children) visit(child, depth + 1);
  };
  if (document.root) visit(document.root, 0);
  return { kind: sniffConfig(document), complete: document.complete, encoding: document.encoding, elements: lines, problems: problems.map((p) => `${p.kind} ${p.line ?? '-'}:${p.column ?? '-'} ${p.message}`) };
}

const cases = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

describe('configuration files as they should read', () => {
  test('every kind of case is here', () => {
    for (const kind of ['good', 'damaged', 'truncated', 'empty', 'wrong']) expect(cases.some((name) => name.startsWith(kind)), kind).toBe(true);
  });
  test.each(cases)('%s', (name) => {
    const folder = path.join(import.meta.dirname, name);
    const [file = ''] = readdirSync(path.join(folder, 'input'));
    expect(existsSync(path.join(folder, 'expected.json'))).toBe(true);
    expect(summary(readFileSync(path.join(folder, 'input', file)))).toEqual(JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')));
  });
});
