import { expect, it } from 'vitest';
import path from 'node:path';
import { documentSteps } from '../../../electron/case/document-steps.ts';
import { text } from '../../../electron/case/rows.ts';
import { workspace } from './open.ts';

const space = workspace();

it('gives every document once and in order, wherever its position lies', async () => {
  const { connection } = await space.create(path.join(await space.folder(), 'a.iiscase'));
  const positions = [...Array.from({ length: 1100 }, (_, i) => i * 3 - 5), 2 ** 40, 2 ** 50];
  await connection.append('pe', new Map<string, readonly (string | bigint)[]>([['position', positions.map(BigInt)], ['id', positions.map((p) => `p${p}`)], ['doc', positions.map((p) => `{"even":${p % 2 === 0}}`)]]));
  const ids = async (where?: string, params?: readonly string[]): Promise<string[]> => {
    const out: string[] = [];
    for await (const rows of documentSteps(connection, 'pe', 'id', where, params)) out.push(...rows.map((row) => text(row, 'id')));
    return out;
  };
  expect(await ids()).toEqual(positions.map((p) => `p${p}`));
  expect(await ids('contains(doc, $1)', ['true'])).toEqual(positions.filter((p) => p % 2 === 0).map((p) => `p${p}`));
});
