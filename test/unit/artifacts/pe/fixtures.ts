import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const bin = path.join(import.meta.dirname, '../../../fixtures/components/bin');

const Manifest = z.object({
  files: z.array(z.object({
    file: z.string(), stamp: z.string(), kinds: z.array(z.string()), arch: z.string().optional(), exportName: z.string().optional(),
    entryPoints: z.array(z.string()).default([]), types: z.array(z.string()).default([]),
  })),
});

/** What the harmless fixture components are said to be by the script that built them. */
export const manifest = Manifest.parse(JSON.parse(readFileSync(path.join(bin, 'manifest.json'), 'utf8')));

export const fixturePath = (file: string): string => path.join(bin, file);
export const fixture = (file: string): Uint8Array => new Uint8Array(readFileSync(fixturePath(file)));
