import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Bytes, joined } from '../../fixtures/pe/bytes.ts';
import { type Part, image } from '../../fixtures/pe/image.ts';
import { resourcesPart, versionInfo, versionTree } from '../../fixtures/pe/parts/resources.ts';
import { exportsPart, importsPart, rawPart } from '../../fixtures/pe/parts/symbols.ts';
import { debugPart, rsds } from '../../fixtures/pe/parts/various.ts';
import { assemblyPart } from './managed.ts';
import type { ScenarioImage } from './scenario.ts';

const BIN = path.resolve(import.meta.dirname, '../../fixtures/components/bin');
const CODE_VIEW = 2;
const NOWHERE = -1;

/** Texts one behind the other, each with a zero at its end, 8-bit first. */
function texts({ strings, wide, salt = '' }: ScenarioImage): Uint8Array {
  const out = new Bytes();
  for (const text of [...strings, salt]) if (text !== '') out.put(out.length, Buffer.from(`${text}\0`));
  if (out.length % 2 === 1) out.u8(out.length, 0);
  for (const text of wide) out.utf16(out.length, `${text}\0`);
  return out.done(16);
}

/** A program file that says what the description says. Its functions return at once; there is no code in it. */
export function program(described: ScenarioImage): Uint8Array {
  if (described.copyOf !== undefined) return joined(readFileSync(path.join(BIN, described.copyOf)), texts(described));
  const managed = described.assembly;
  const imports = Object.entries(described.imports);
  const content = texts(described);
  const parts: Part[] = [
    ...(managed === undefined ? [importsPart({ dlls: imports.length > 0 ? imports : [['KERNEL32.dll', ['DisableThreadLibraryCalls', 'GetTickCount']]] })] : [assemblyPart(managed, [...described.strings, ...described.wide])]),
    ...(described.exports.length === 0 ? [] : [exportsPart({ dll: described.dll ?? 'module.dll', names: described.exports.map((name) => [name, 0] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)) })]),
    ...(content.length === 0 || managed !== undefined ? [] : [rawPart(NOWHERE, content)]),
    ...(described.pdb === undefined ? [] : [debugPart([{ type: CODE_VIEW, data: rsds(described.pdb) }])]),
    ...(described.version === undefined ? [] : [resourcesPart(versionTree(versionInfo(Object.entries(described.version))))]),
  ];
  return image({ plus: managed === undefined && described.bits === 64, stamp: Date.parse(described.compiled ?? '2025-06-11T08:00:00Z') / 1000, parts });
}
