import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSignatures } from '../../../../../electron/artifacts/pe/authenticode/read.ts';
import { parseInstant } from '../../../../../shared/time/instant.ts';
import { corpus } from '../../../../helpers/corpus.ts';
import { programs } from '../programs.ts';

const present = spawnSync('osslsigncode', ['--version']).status === 0;
const whole = process.env['IISIGHT_PE_CORPUS'] !== undefined;
const MAX_BYTES = whole ? 256 * 1024 * 1024 : 2 * 1024 * 1024;

/** One signature as the oracle prints it. */
interface Said {
  readonly algorithm: string;
  readonly signed: string;
  readonly actual: string;
  readonly serial: string;
  readonly stamp: string | null;
}

function oracle(file: string): Said[] {
  const run = spawnSync('osslsigncode', ['verify', '-in', file], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return run.stdout.split(/^Signature Index: /m).slice(1).map((text) => {
    const value = (pattern: RegExp): string => pattern.exec(text)?.[1]?.trim().toLowerCase() ?? '';
    const stamp = /^\s*Timestamp time: (.*)$/m.exec(text)?.[1] ?? /^\s*Signing time: (?!N\/A)(.*)$/m.exec(text.slice(text.indexOf('Countersignatures')))?.[1];
    return {
      algorithm: value(/^Message digest algorithm {2}: (\S+)/m), signed: value(/^Current message digest\s*: (\S+)/m), actual: value(/^Calculated message digest\s*: (\S+)/m),
      serial: value(/^Signer's certificate:[\s\S]*?Serial : (\S+)/m), stamp: stamp === undefined || !text.includes('Countersignatures') ? null : stamp,
    };
  });
}

const number = (hex: string): bigint => BigInt(`0x${hex === '' ? '0' : hex}`);
const seconds = (time: string | null | undefined): bigint | null => {
  const moment = time === null || time === undefined ? null : parseInstant(time);
  return moment === null ? null : moment / 10_000_000n;
};

/** What differs, in words; nothing when the oracle agrees. */
function differences(file: string): string[] {
  const ours = readSignatures(new Uint8Array(readFileSync(file)))?.signatures ?? [];
  const theirs = oracle(file);
  if (ours.length !== theirs.length) return [`${file}: ${ours.length} signatures, the oracle has ${theirs.length}`];
  return theirs.flatMap((said, i) => {
    const own = ours[i];
    const pairs: readonly (readonly [string, unknown, unknown])[] = [
      ['algorithm', own?.digestAlgorithm, said.algorithm], ['signed digest', own?.signedDigest, said.signed], ['digest', own?.actualDigest, said.actual],
      ['match', own?.digestMatches, said.signed === said.actual],
      // The oracle says no more where the digest differs.
      ...(said.signed !== said.actual ? [] : [['signer', number(own?.chain[0]?.serial ?? ''), number(said.serial)],
      ['timestamp', seconds(own?.timestamp?.time), said.stamp === null ? null : BigInt(Math.floor(Date.parse(said.stamp) / 1000))]] as const),
    ];
    return pairs.filter(([, a, b]) => a !== b).map(([what, a, b]) => `${file}, signature ${i}: ${what} ${String(a)}, the oracle says ${String(b)}`);
  });
}

/** The oracle reads a certificate table only where it ends the file; what we say of these is tested by name elsewhere. */
const EXCEPTIONS: ReadonlySet<string> = new Set(['appended_after_cert.dll', 'truncated_cert.dll']);

const signed = present ? programs().filter((file) => {
  if (statSync(file).size > MAX_BYTES || EXCEPTIONS.has(file.split('/').at(-1) ?? '')) return false;
  return (readSignatures(new Uint8Array(readFileSync(file)))?.table ?? null) !== null;
}) : [];

describe.skipIf(!present || signed.length === 0)(`osslsigncode (${present ? 'present' : 'absent'}, corpus ${corpus.present ? 'present' : 'absent'}, IISIGHT_PE_CORPUS ${whole ? 'set' : 'not set'})`, () => {
  it(`agrees on digest, signer and timestamp of ${signed.length} signed files`, () => {
    expect(signed.flatMap(differences)).toEqual([]);
  }, whole ? 1_800_000 : 120_000);
});
