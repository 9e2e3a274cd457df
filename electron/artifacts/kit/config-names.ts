import { foldCase } from '../../../shared/base/compare.ts';

/** Files of the configuration that are found again under other names. */
const ORIGINALS: readonly (readonly [string, string])[] = [
  ['APPLICATIONHOST', 'applicationHost.config'], ['ADMINISTRATION', 'administration.config'], ['REDIRECTION', 'redirection.config'], ['WEB', 'web.config'], ['MACHINE', 'machine.config'],
];

/** Words that say "an earlier one", between the name and its ending. */
const WORDS = '(?:OLD|BAK|BACKUP|BKP|BK|ORIG|ORIGINAL|SAVE|SAVED|COPY|PREV|PREVIOUS|LAST|BEFORE|AFTER|WORKING|GOOD|DISABLED|TMP|TEMP|\\d)';
/** Files made from a configuration file that are no earlier state of it: transforms, samples, other formats. */
const OTHERS = /\.(?:XDT|TRANSFORM|EXAMPLE|SAMPLE|TEMPLATE|DIST|CMD|PS1|BAT|EXE|DLL|ZIP|7Z|RAR|GZ|LNK|XSD|XSLT?|HTML?|ASPX?|CS|VB|JSON|MD|LOG|MUI|MOF|MAN|MANIFEST|LCK|IDX|SWP)$/;

const PATTERNS = ORIGINALS.map(([stem, original]) => ({
  original,
  pattern: new RegExp(`^(?:${stem}\\.CONFIG[ ._~\\-(0-9][^/]*|${stem}\\.CONFIG(?:OLD|BAK|ORIG|SAVE)[^/]*|(?:COPY|KOPIE|COPIE|COPIA)[^/]{1,8}${stem}\\.CONFIG|${stem}[ ._\\-(]+${WORDS}[^/]*\\.CONFIG|${stem}[ ]-[ ][^/]*\\.CONFIG|${stem}\\.(?:BAK|OLD|ORIG|SAVE|BACKUP|PREV)|(?:OLD|BAK|BACKUP|ORIG)[ ._-]+${stem}\\.CONFIG)$`),
}));

/**
 * The file that a renamed one is an earlier state of, by its name alone: `web.config.bak`, `applicationHost - Copy.config`,
 * `applicationHost.config.20230102`. Null for the originals themselves, for transforms (`web.Release.config`) and others.
 */
export function renamedFrom(fileName: string): string | null {
  const folded = foldCase(fileName);
  if (OTHERS.test(folded)) return null;
  return PATTERNS.find(({ pattern }) => pattern.test(folded))?.original ?? null;
}
