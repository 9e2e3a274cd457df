import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCompiled } from '../../../electron/artifacts/precompiled/index.ts';

const cases = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

describe('.compiled files as they should read', () => {
  test('every kind of case is here', () => {
    for (const kind of ['good', 'damaged', 'truncated', 'empty', 'wrong']) expect(cases.some((name) => name.startsWith(kind)), kind).toBe(true);
  });
  test.each(cases)('%s', (name) => {
    const folder = path.join(import.meta.dirname, name);
    const [file = ''] = readdirSync(path.join(folder, 'input'));
    expect(parseCompiled(readFileSync(path.join(folder, 'input', file)))).toEqual(JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')));
  });
});
