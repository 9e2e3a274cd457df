import { ByteView } from '../../../../../electron/artifacts/kit/bytes.ts';
import { ProblemList } from '../../../../../electron/artifacts/kit/findings.ts';
import { AddressMap } from '../../../../../electron/artifacts/pe/address-map.ts';
import { readCapabilities } from '../../../../../electron/artifacts/pe/code/capabilities.ts';
import { readExports } from '../../../../../electron/artifacts/pe/exports.ts';
import { readHeaders } from '../../../../../electron/artifacts/pe/headers.ts';
import { Image } from '../../../../../electron/artifacts/pe/image.ts';
import { entryPoints } from '../../../../../electron/artifacts/pe/kinds.ts';
import { readSections } from '../../../../../electron/artifacts/pe/sections.ts';
import type { Capability, PeFacts } from '../../../../../shared/model/pe/index.ts';

/** The structure of a file up to what its code is read by. */
export function openImage(bytes: Uint8Array): { image: Image; exports: PeFacts['exports'] } {
  const problems = new ProblemList();
  const view = new ByteView(bytes);
  const headers = readHeaders(view, problems);
  if (headers === null) throw new Error('the test file is no PE file');
  const sections = readSections(view, headers, problems);
  const image = new Image(view, headers, sections, new AddressMap(headers, sections, view.length), problems, []);
  const exports: PeFacts['exports'] = [];
  readExports(image, exports);
  return { image, exports };
}

/**
 * What the code of a file can do, without reading the rest of the file.
 * @param way ending of the entry points that are to be read: `GetFilterVersion_added` as if it were `GetFilterVersion`
 */
export function capabilitiesOf(bytes: Uint8Array, way?: string): Capability[] {
  const { image, exports: all } = openImage(bytes);
  const exports = way === undefined ? all : all.filter(({ name }) => name?.endsWith(`_${way}`) === true || name?.endsWith('Proc') === true).map((one) => ({ ...one, name: one.name?.replace(`_${way}`, '') ?? null }));
  return readCapabilities(image, { machine: image.headers.machine, exports, entryPoints: entryPoints(exports), clr: null });
}

/** Words of the capabilities with an id. */
export const said = (all: readonly Capability[], id: string): string[] => all.filter((one) => one.id === id).map((one) => one.what);
/** Constants that prove the capabilities with an id. */
export const constants = (all: readonly Capability[], id: string): (string | undefined)[] => all.filter((one) => one.id === id).map((one) => one.proof.constant);
