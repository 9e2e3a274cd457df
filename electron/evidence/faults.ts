import type { ParseProblem } from '../../shared/model/index.ts';

const SENTENCES = new Map([
  ['EACCES', 'the system refuses access to it'],
  ['EPERM', 'the system refuses access to it'],
  ['ENOENT', 'it is not there'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['EISDIR', 'it is a folder'],
  ['ENAMETOOLONG', 'its path is longer than this system can open'],
  ['EIO', 'the disk reports a read error'],
  ['EMFILE', 'too many files are open'],
  ['ENXIO', 'it is a device or a socket'],
  ['EINVAL', 'the system does not accept its name'],
]);

/** An error of the operating system as a fault of the evidence. A link that stands where a file should be is an escape. */
export function faultOf(error: unknown, name: string): ParseProblem {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ELOOP') return { kind: 'escape', message: `${name} is a link; it was not followed` };
  const why = SENTENCES.get(code) ?? (code === '' ? 'the system gave no reason' : `the system says ${code}`);
  return { kind: code === 'ENAMETOOLONG' ? 'limit' : 'unreadable', message: `${name} could not be read: ${why}` };
}
