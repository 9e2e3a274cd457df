import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipBytes } from './zip-writer.ts';

/** What stands under a name of a tree. Content alone makes a file; `mtime` is UTC text or a Date. */
export type TreeNode =
  | string
  | Uint8Array
  | { readonly content: string | Uint8Array; readonly mtime?: string | Date }
  | { readonly link: string }
  | { readonly folder: true }
  | { readonly fifo: true };

export type Tree = Readonly<Record<string, TreeNode>>;

export interface MadeTree {
  /** Absolute path of the evidence folder. */
  readonly dir: string;
  cleanup(): Promise<void>;
}

export interface MadeZip {
  /** Absolute path of the zip. */
  readonly file: string;
  cleanup(): Promise<void>;
}

/**
 * Builds evidence on the disk from a few lines:
 * `await makeTree({ 'C/Windows/win.ini': 'text', 'C/old.log': { content: '', mtime: '2026-03-02T14:11:58Z' } })`.
 */
export async function makeTree(tree: Tree): Promise<MadeTree> {
  const base = await mkdtemp(path.join(tmpdir(), 'iisight-tree-'));
  const dir = path.join(base, 'evidence');
  await mkdir(dir);
  for (const [name, node] of Object.entries(tree)) {
    const at = path.join(dir, ...name.split('/'));
    await mkdir(path.dirname(at), { recursive: true });
    await place(at, node);
  }
  return { dir, cleanup: () => rm(base, { recursive: true, force: true }) };
}

async function place(at: string, node: TreeNode): Promise<void> {
  if (typeof node === 'string' || node instanceof Uint8Array) {
    await writeFile(at, node);
  } else if ('link' in node) {
    await symlink(node.link, at);
  } else if ('folder' in node) {
    await mkdir(at, { recursive: true });
  } else if ('fifo' in node) {
    execFileSync('mkfifo', [at]);
  } else {
    await writeFile(at, node.content);
    if (node.mtime !== undefined) await utimes(at, new Date(node.mtime), new Date(node.mtime));
  }
}

/** The same tree as one zip, in the order of its lines; times become UTC extended timestamps. */
export async function zipTree(tree: Tree): Promise<MadeZip> {
  const items = Object.entries(tree).map(([name, node]) => {
    if (typeof node === 'string' || node instanceof Uint8Array) return { name, content: node, deflate: true };
    if ('link' in node) return { name, content: node.link, unixMode: 0o120777 };
    if ('folder' in node) return { name: `${name}/` };
    if ('fifo' in node) throw new Error('A zip cannot hold a named pipe');
    return { name, content: node.content, deflate: true, ...(node.mtime === undefined ? {} : { mtime: new Date(node.mtime) }) };
  });
  return writeZip(zipBytes(items));
}

/** Puts the bytes of a zip on the disk. */
export async function writeZip(bytes: Uint8Array): Promise<MadeZip> {
  const base = await mkdtemp(path.join(tmpdir(), 'iisight-zip-'));
  const file = path.join(base, 'evidence.zip');
  await writeFile(file, bytes);
  return { file, cleanup: () => rm(base, { recursive: true, force: true }) };
}
