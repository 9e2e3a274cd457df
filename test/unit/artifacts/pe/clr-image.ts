import { ByteView } from '../../../../electron/artifacts/kit/bytes.ts';
import { ProblemList } from '../../../../electron/artifacts/kit/findings.ts';
import { AddressMap } from '../../../../electron/artifacts/pe/address-map.ts';
import { readHeaders } from '../../../../electron/artifacts/pe/headers.ts';
import { Image } from '../../../../electron/artifacts/pe/image.ts';
import { readSections } from '../../../../electron/artifacts/pe/sections.ts';

/** The image of a PE file as the readers of its directories get it, or null for what is no PE file. */
export function openImage(bytes: Uint8Array): Image | null {
  const view = new ByteView(bytes);
  const problems = new ProblemList();
  const headers = readHeaders(view, problems);
  if (headers === null) return null;
  const sections = readSections(view, headers, problems);
  return new Image(view, headers, sections, new AddressMap(headers, sections, view.length), problems, []);
}
