import type { VersionStrings } from '../version-block.ts';
import type { FieldList, Row } from './field-list.ts';
import { versionFileFlags, versionFileOs, versionFileType, versionPair } from './words.ts';

const SIGNATURE = 0xfeef04bd;
const FIXED: readonly Row[] = [
  ['dwSignature', 4, (v) => (v === SIGNATURE ? null : 'not the signature 0xfeef04bd')], ['dwStrucVersion', 4, versionPair], ['dwFileVersionMS', 4, versionPair],
  ['dwFileVersionLS', 4, versionPair], ['dwProductVersionMS', 4, versionPair], ['dwProductVersionLS', 4, versionPair], ['dwFileFlagsMask', 4], ['dwFileFlags', 4, versionFileFlags],
  ['dwFileOS', 4, versionFileOs], ['dwFileType', 4, versionFileType], ['dwFileSubtype', 4], ['dwFileDateMS', 4], ['dwFileDateLS', 4],
];

/**
 * VS_FIXEDFILEINFO and every string of a VS_VERSIONINFO resource with its place (Windows SDK, "VS_VERSIONINFO structure").
 * @param at file offset of the resource
 */
export function versionFields(fields: FieldList, at: number, { fixed, places }: VersionStrings): void {
  if (fixed) fields.structure('Version information', at + fixed.at, FIXED, fixed.length);
  for (const { name, value, at: place, length } of places) {
    fields.add({ group: 'Version strings', name, offset: at + place, length, value, meaning: null });
  }
}
