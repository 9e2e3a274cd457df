import { foldCase } from '../../shared/base/compare.ts';
import { attributeValue, childNamed, type ConfigElement, type Place } from '../../shared/model/index.ts';
import type { Chain } from './chain.ts';
import type { ConfigurationFile, ConfigurationFiles } from './configuration-files.ts';
import { applicationOf } from './layout.ts';
import { below, type ConfigPath, isAtOrBelow, joinConfigPath, joinWindows, windowsFolder } from './paths.ts';
import { placeOf } from './refs.ts';
import { type SectionBody, sectionsOf } from './sections.ts';

/** A body of a section, and the configuration path that it applies to. */
export interface AppliedBody {
  readonly body: SectionBody;
  readonly at: ConfigPath;
  /** Index of its file in the chain. */
  readonly fileIndex: number;
}

/**
 * Bodies of a section for the target of a chain, in the order in which IIS applies them: for every level the location
 * tags of files above it, outermost first, then the content of the level's own file.
 */
export function appliedBodies(chain: Chain, section: string): readonly AppliedBody[] {
  const result: AppliedBody[] = [];
  for (const level of chain.levels) {
    for (const [fileIndex, { level: base, file }] of chain.files.entries()) {
      const rest = below(level, base);
      if (rest === null) continue;
      for (const body of sectionsOf(file).at(section, foldCase(rest))) {
        if (inherited(chain, body, level)) result.push({ body, at: level, fileIndex });
      }
    }
  }
  return result;
}

/** inheritInChildApplications="false" keeps a location tag to the application that it names. */
function inherited(chain: Chain, body: SectionBody, at: ConfigPath): boolean {
  if (body.inheritInChildApplications) return true;
  const owner = at === '' ? null : applicationOf(chain.site, at);
  return owner !== null && foldCase(owner.configPath) === foldCase(chain.application.configPath);
}

/** The element that holds the entries of a body, which configSource may put into another file. */
export type Content =
  | { readonly kind: 'content'; readonly element: ConfigElement; readonly file: ConfigurationFile }
  | { readonly kind: 'missing'; readonly place: Place; readonly reason: string }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Follows configSource, and says so when a section is encrypted: encrypted is not empty. */
export function contentOf(files: ConfigurationFiles, body: SectionBody): Content {
  const { element, file } = body;
  const encrypted = attributeValue(element, 'configProtectionProvider') !== undefined || childNamed(element, 'EncryptedData') !== undefined;
  if (encrypted) return { kind: 'missing', place: placeOf(file), reason: `${body.section} at line ${element.line} is encrypted; its entries cannot be read.` };
  const source = attributeValue(element, 'configSource');
  if (source === undefined) return { kind: 'content', element, file };
  if (/^(?:[A-Za-z]:|[\\/])/.test(source) || source.split(/[\\/]/).includes('..') || file.path === null) {
    return { kind: 'invalid', reason: `500.19: configSource at line ${element.line} must be a relative path below the file's own folder.` };
  }
  const path = joinWindows(windowsFolder(file.path), source);
  const found = files.at(path);
  if (found === 'absent' || found === 'not-collected') {
    return { kind: 'missing', place: files.place(path), reason: `${body.section} at line ${element.line} lies in another file, which is ${found === 'absent' ? 'absent' : 'not collected'}.` };
  }
  const root = found.document.root;
  const name = body.section.slice(body.section.lastIndexOf('/') + 1);
  if (!found.document.complete || root?.name !== name) {
    return { kind: 'missing', place: placeOf(found), reason: `The configSource file of ${body.section} cannot be read as <${name}>.` };
  }
  return { kind: 'content', element: root, file: found };
}

/** The deepest lock that files above `fileIndex` put on a section at a path, and what set it. */
export function lockedBy(chain: Chain, section: string, at: ConfigPath, fileIndex: number, byDefault: 'Allow' | 'Deny'): string | null {
  let mode = byDefault;
  const declared = sectionsOf(chain.files[0]?.file ?? never()).declaration(section);
  let setter = declared ? `overrideModeDefault="Deny" (applicationHost.config line ${declared.line})` : 'overrideModeDefault="Deny" of the schema';
  for (const { level, file } of chain.files.slice(0, fileIndex)) {
    const bodies = sectionsOf(file).bodies(section).filter((b) => b.overrideMode !== null && isAtOrBelow(foldCase(at), foldCase(joinConfigPath(level, b.path))));
    for (const body of bodies.toSorted((a, b) => a.path.length - b.path.length)) {
      mode = body.overrideMode ?? mode;
      if (mode === 'Deny') setter = `the location tag at line ${body.location?.line ?? body.element.line} of ${file.path ?? file.evidencePath}`;
    }
  }
  return mode === 'Deny' ? setter : null;
}

function never(): never {
  throw new Error('a chain begins with applicationHost.config');
}
