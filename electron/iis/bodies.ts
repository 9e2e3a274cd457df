import { attributeValue, childNamed, type ConfigElement, type Place } from '../../shared/model/index.ts';
import type { ConfigurationFile, ConfigurationFiles } from './configuration-files.ts';
import { ASSUMED } from './merge/assumed.ts';
import { joinWindows, windowsFolder } from './paths.ts';
import { placeOf } from './refs.ts';
import type { SectionBody } from './sections.ts';

/** The element that holds the entries of a body, which configSource may put into another file. */
export type Content =
  | { readonly kind: 'content'; readonly element: ConfigElement; readonly file: ConfigurationFile; readonly assumed: string | null }
  | { readonly kind: 'missing'; readonly place: Place; readonly reason: string }
  | { readonly kind: 'invalid'; readonly reason: string; readonly assumed?: string };

/** Follows configSource, and says so when a section is encrypted: encrypted is not empty. */
export function contentOf(files: ConfigurationFiles, body: SectionBody): Content {
  const { element, file } = body;
  const encrypted = attributeValue(element, 'configProtectionProvider') !== undefined || childNamed(element, 'EncryptedData') !== undefined;
  if (encrypted) return { kind: 'missing', place: placeOf(file), reason: `${body.section} at line ${element.line} is encrypted; its entries cannot be read.` };
  const source = attributeValue(element, 'configSource');
  if (source === undefined) return { kind: 'content', element, file, assumed: null };
  if (element.children.length > 0 || element.attributes.length > 1) {
    return { kind: 'invalid', reason: `500.19: ${body.section} at line ${element.line} has configSource and content of its own.` };
  }
  if (/^(?:[A-Za-z]:|[\\/])/.test(source) || source.split(/[\\/]/).includes('..') || file.path === null) {
    return { kind: 'invalid', reason: `500.19: configSource at line ${element.line} must be a relative path below the file's own folder.` };
  }
  const path = joinWindows(windowsFolder(file.path), source);
  const found = files.at(path);
  if (found === 'absent') return { kind: 'invalid', reason: `500.19: the file that configSource at line ${element.line} names (${source}) is not in its folder.` };
  if (found === 'not-collected') return { kind: 'missing', place: files.place(path), reason: `${body.section} at line ${element.line} lies in another file, which is not collected.` };
  const root = found.document.root;
  const name = body.section.slice(body.section.lastIndexOf('/') + 1);
  if (found.document.complete && root !== null && root.name !== name) {
    return { kind: 'invalid', reason: `500.19: the root of the configSource file of ${body.section} (line ${element.line}) is not <${name}>.`, assumed: ASSUMED.otherRoot };
  }
  if (!found.document.complete || root === null) {
    return { kind: 'missing', place: placeOf(found), reason: `The configSource file of ${body.section} cannot be read as <${name}>.` };
  }
  return { kind: 'content', element: root, file: found, assumed: /[\\/]/.test(source) ? null : ASSUMED.besideFile };
}

