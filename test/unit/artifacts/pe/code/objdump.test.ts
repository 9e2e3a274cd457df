import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CodeReader } from '../../../../../electron/artifacts/pe/code/code-reader.ts';
import { disassembler } from '../../../../../electron/artifacts/pe/code/disassembler.ts';
import { makeWorld } from '../../../../../electron/artifacts/pe/code/world.ts';
import { fixturePath, manifest } from '../fixtures.ts';
import { programs } from '../programs.ts';
import { openImage } from './read.ts';

const OBJDUMP = 'x86_64-w64-mingw32-objdump';
const present = spawnSync(OBJDUMP, ['--version']).status === 0;
const MOST = 20_000;
const native = manifest.files.filter(({ arch }) => arch !== undefined).map(({ file }) => fixturePath(file));
/** Small real programs of others; larger ones would only take longer. */
const others = programs().filter((file) => /\.(?:dll|exe)$/i.test(file) && !native.includes(file)).filter((file) => readFileSync(file).length < 400_000).slice(0, 12);

/** Addresses at which objdump, going straight through the code, finds instructions that it knows. */
function listing(file: string): { address: number; length: number; text: string }[] {
  const run = spawnSync(OBJDUMP, ['-d', '-w', '-M', 'intel', '-j', '.text', file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const lines = [...run.stdout.matchAll(/^\s*([0-9a-f]+):\t((?:[0-9a-f]{2} )+)\s*\t?(.*)$/gm)].slice(0, MOST);
  return lines.map(([, address = '', bytes = '', text = '']) => ({ address: Number.parseInt(address, 16), length: bytes.trim().split(' ').length, text }));
}

describe.skipIf(!present)('lengths and targets of instructions, compared with objdump', () => {
  it.each([...native, ...others].map((file) => ({ file })))('$file', ({ file }) => {
    const { image } = openImage(new Uint8Array(readFileSync(file)));
    const iced = disassembler();
    if (iced === null || (image.headers.machine !== 'x86' && image.headers.machine !== 'x64')) return;
    const reader = new CodeReader(iced, makeWorld(image), MOST, 0);
    const wrong: string[] = [];
    for (const { address, length, text } of listing(file)) {
      const read = reader.read(address);
      // objdump writes down what no processor carries out: registers that do not exist or may not be written, a lock where none may be.
      if (/\(bad\)|^\.byte|^$/.test(text) || (read === null && /\?|\block |\btr\d|\bcr[1567]\b|287 only|mov +cs,/.test(text))) continue;
      // It also takes the instruction that waits for the coprocessor for a part of the next one.
      if (read?.mnemonic === 'Wait') continue;
      const target = /^(?:jmp|call|j[a-z]+)\s+0x([0-9a-f]+)|^(?:jmp|call|j[a-z]+)\s+([0-9a-f]{6,})\b/.exec(text);
      const wanted = target === null ? null : Number.parseInt(target[1] ?? target[2] ?? '', 16);
      if (read === null || read.next - address !== length || (wanted !== null && read.target !== null && read.target !== wanted)) wrong.push(`${address.toString(16)} ${text}: ${read === null ? 'nothing' : `${read.next - address} bytes, ${read.mnemonic}`}`);
    }
    reader.close();
    expect(wrong).toEqual([]);
  }, 60_000);
});
