import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Tree, TreeNode } from '../tree.ts';
import { logOf, LogSpec } from './log-of.ts';
import { shippedSchema } from '../../unit/iis/schema/folders.ts';
import { peOf, PeSpec } from './pe-of.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');
export const RULE_FIXTURES = path.join(FIXTURES, 'rules');
const BASE = readFileSync(path.join(RULE_FIXTURES, 'base/applicationHost.config'), 'utf8');
const LIVE = 'C/Windows/System32/inetsrv/config/applicationHost.config';

/** What is done to the stock configuration. */
const Edits = z.strictObject({
  /** Lines before the closing tag of an element: `globalModules`, `modules`, `sites`, `configuration`. */
  insert: z.record(z.string(), z.array(z.string())).default({}),
  /** Lines behind the opening tag. */
  insertFirst: z.record(z.string(), z.array(z.string())).default({}),
  /** Texts that stand there once, and what stands there instead. */
  replace: z.array(z.tuple([z.string(), z.string()])).default([]),
});

const Time = z.object({ mtime: z.string().default('2025-01-10T08:00:00Z') });
const FileSpec = z.union([
  Time.extend({ lines: z.array(z.string()) }).strict(),
  Time.extend({ pe: PeSpec, /** Bytes that are changed after everything else: offset, value. */ patch: z.array(z.tuple([z.number(), z.number()])).default([]) }).strict(),
  Time.extend({ log: LogSpec }).strict(),
  Time.extend({ config: Edits }).strict(),
  /** A file of test/fixtures. */
  Time.extend({ fixture: z.string(), patch: z.array(z.tuple([z.number(), z.number()])).default([]) }).strict(),
  Time.extend({ base64: z.string() }).strict(),
  /** A schema file as a version of IIS ships it; `drop`: a section, and a text in its first part that is left out. */
  Time.extend({ schema: z.string(), version: z.string().default('10.0'), drop: z.tuple([z.string(), z.string()]).nullable().default(null) }).strict(),
  z.strictObject({ folder: z.literal(true) }),
]);

const EvidenceSpec = z.strictObject({
  /** The stock configuration in force with what this server has beside it; null: the case has none. */
  applicationHost: Edits.extend({ mtime: z.string().default('2025-01-10T08:00:00Z') }).nullable().default({ insert: {}, insertFirst: {}, replace: [], mtime: '2025-01-10T08:00:00Z' }),
  /** By path below the evidence's folder: `C/ProgramData/x.dll`. */
  files: z.record(z.string(), FileSpec).default({}),
  /** Times of files of the folder `tree`. */
  times: z.record(z.string(), z.string()).default({}),
});

function once(text: string, part: string, what: string): void {
  if (text.split(part).length !== 2) throw new Error(`${what}: ${part} does not stand there exactly once`);
}

function edited({ insert, insertFirst, replace }: z.infer<typeof Edits>): string {
  let text = BASE;
  for (const [element, lines] of Object.entries(insert)) {
    const close = `</${element}>`;
    once(text, close, 'insert');
    text = text.replace(close, () => `${lines.join('\n')}\n${close}`);
  }
  for (const [element, lines] of Object.entries(insertFirst)) {
    const open = new RegExp(`<${element}(?: [^>]*)?>`, 'g');
    const found = text.match(open);
    if (found?.length !== 1) throw new Error(`insertFirst: <${element}> does not stand there exactly once`);
    text = text.replace(open, (tag) => `${tag}\n${lines.join('\n')}`);
  }
  for (const [from, to] of replace) {
    once(text, from, 'replace');
    text = text.replace(from, () => to);
  }
  return text;
}

function patched(bytes: Uint8Array, patch: readonly (readonly [number, number])[]): Uint8Array {
  for (const [offset, value] of patch) bytes[offset] = value;
  return bytes;
}

function schemaOf(name: string, version: string, drop: readonly [string, string] | null): string {
  const text = shippedSchema(name, version);
  if (drop === null) return `<configSchema>\n${text}\n</configSchema>`;
  const at = text.indexOf(drop[1], text.indexOf(`name="${drop[0]}"`));
  if (at < 0) throw new Error(`schema: ${drop[1]} does not stand in ${drop[0]}`);
  return `<configSchema>\n${text.slice(0, at)}${text.slice(at + drop[1].length)}\n</configSchema>`;
}

function nodeOf(file: z.infer<typeof FileSpec>): TreeNode {
  if ('folder' in file) return { folder: true };
  const { mtime } = file;
  if ('lines' in file) return { content: `${file.lines.join('\r\n')}\r\n`, mtime };
  if ('pe' in file) return { content: patched(peOf(file.pe), file.patch), mtime };
  if ('log' in file) return { content: logOf(file.log), mtime };
  if ('config' in file) return { content: edited(file.config), mtime };
  if ('schema' in file) return { content: schemaOf(file.schema, file.version, file.drop), mtime };
  if ('base64' in file) return { content: Buffer.from(file.base64, 'base64'), mtime };
  return { content: patched(new Uint8Array(readFileSync(path.join(FIXTURES, file.fixture))), file.patch), mtime };
}

/** The evidence of a case: `evidence.json` of its folder and every file below `tree`, which wins. */
export function treeOf(folder: string): Tree {
  const description = path.join(folder, 'evidence.json');
  const spec = EvidenceSpec.parse(existsSync(description) ? JSON.parse(readFileSync(description, 'utf8')) : {});
  const tree: Record<string, TreeNode> = {};
  if (spec.applicationHost !== null) tree[LIVE] = { content: edited(spec.applicationHost), mtime: spec.applicationHost.mtime };
  for (const [name, file] of Object.entries(spec.files)) tree[name] = nodeOf(file);
  const below = path.join(folder, 'tree');
  if (!existsSync(below)) return tree;
  for (const entry of readdirSync(below, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const at = path.join(entry.parentPath, entry.name);
    const name = path.relative(below, at).split(path.sep).join('/');
    tree[name] = { content: readFileSync(at), mtime: spec.times[name] ?? '2025-01-10T08:00:00Z' };
  }
  return tree;
}
