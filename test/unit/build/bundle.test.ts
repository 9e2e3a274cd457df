import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundleEntry } from '../../helpers/bundle.ts';

const ENTRY = path.resolve(import.meta.dirname, '../../../electron/jobs/spool/worker.ts');

it('a bundle made again never takes away the one that another test is starting', async () => {
  const file = await bundleEntry(ENTRY);
  const over = { yet: false, looks: 0, absent: 0 };
  const looking = (async (): Promise<void> => {
    while (!over.yet) {
      over.looks += 1;
      if (!existsSync(file)) over.absent += 1;
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
    }
  })();
  const again = [await bundleEntry(ENTRY), await bundleEntry(ENTRY)];
  over.yet = true;
  await looking;
  expect(again).toEqual([file, file]);
  expect(over.looks).toBeGreaterThan(10);
  expect(over.absent).toBe(0);
});
