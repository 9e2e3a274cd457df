export { examinePe } from './examine.ts';
export { type PeEvent, peEvents } from './events.ts';
export { type PeInspection, inspectPe } from './inspect.ts';
export { type PeParse, parsePe } from './parse.ts';
export { locatePe } from './locate.ts';
export { HEAD_BYTES, sniffPe } from './sniff.ts';

/** What this artifact is, for the list of what the workbench reads. */
export const PE = {
  id: 'pe',
  title: 'Windows program or library (PE)',
  files: ['%windir%\\System32\\inetsrv\\*.dll', '<application>\\bin\\*.dll', 'any path that a registration names'],
  versions: 'PE32 and PE32+ of every machine; CLR metadata of .NET 1.0 and later',
  proves: 'What the code can be used as and calls for. Its stamps, names and version strings are claims of whoever made it.',
  references: [
    'https://learn.microsoft.com/en-us/windows/win32/debug/pe-format',
    'https://ecma-international.org/publications-and-standards/standards/ecma-335/',
    'https://github.com/erocarrera/pefile',
  ],
} as const;
