import { type CaseGroup, effective } from '../case.ts';
import { appHost, configuration, managed, modules } from '../files.ts';
import { PAGE } from '../references.ts';

/** UTF-16 with its byte order mark. */
function utf16(text: string, bigEndian = false): Uint8Array {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
}
const utf8WithMark = (text: string): Uint8Array => new TextEncoder().encode(`\uFEFF${text}`);
const MARK = 'A byte order mark tells UTF-8 and UTF-16 apart.';
const S = modules(managed('S'));
const WITH_S = { modules: effective('A', 'B', 'S @www:3') };

export const ENCODING: CaseGroup = {
  group: 'how files are written',
  cases: [
    {
      id: 'encoding-utf8-mark', title: 'UTF-8 with byte order mark',
      rule: MARK,
      reference: PAGE.xml, confidence: 'documented',
      host: appHost(), files: { www: utf8WithMark(S) }, expect: WITH_S,
    },
    {
      id: 'encoding-utf16', title: 'UTF-16, little end first',
      rule: MARK,
      reference: PAGE.xml, confidence: 'documented',
      host: appHost(), files: { www: utf16(`<?xml version="1.0" encoding="UTF-16"?>${S}`) }, expect: WITH_S,
    },
    {
      id: 'encoding-utf16-big', title: 'UTF-16, big end first',
      rule: MARK,
      reference: PAGE.xml, confidence: 'documented',
      host: appHost(), files: { www: utf16(S, true) }, expect: WITH_S,
    },
    {
      id: 'encoding-utf16-server', title: 'applicationHost.config in UTF-16',
      rule: MARK,
      reference: PAGE.xml, confidence: 'documented',
      host: utf16(appHost().replace('UTF-8', 'UTF-16')), files: { www: S }, expect: WITH_S,
    },
    {
      id: 'encoding-lines', title: 'lines that end with CR LF are counted once',
      rule: 'CR LF is one end of line.',
      reference: PAGE.xml, confidence: 'documented',
      host: appHost(), files: { www: S.replaceAll('\n', '\r\n') }, expect: WITH_S,
    },
    {
      id: 'encoding-no-declaration', title: 'the XML declaration may be left out',
      rule: 'The first line of a configuration file is optional.',
      reference: PAGE.applicationHost, confidence: 'documented',
      host: appHost().split('\n').slice(1).join('\n'), files: { www: S }, expect: WITH_S,
    },
    {
      id: 'encoding-comment', title: 'what is commented out is not there',
      rule: 'Comments are not part of the content.',
      reference: PAGE.xml, confidence: 'documented',
      host: appHost(), files: { www: modules(`<!-- ${managed('Old')} -->${managed('S')}`) }, expect: WITH_S,
    },
    {
      id: 'encoding-entities', title: 'character references in values',
      rule: 'References are replaced by the characters that they name.',
      reference: PAGE.xml, confidence: 'documented',
      host: appHost(), files: { www: modules('<add name="&#83;" type="T&amp;S" />') }, expect: { modules: effective('A', 'B', { entry: 'S', type: 'T&S' }) },
    },
    {
      id: 'encoding-quotes', title: 'apostrophes around values',
      rule: 'Values stand in quotation marks or apostrophes.',
      reference: PAGE.xml, confidence: 'documented',
      host: appHost(), files: { www: modules('<add name=\'S\' type=\'T "S"\' />') }, expect: { modules: effective('A', 'B', { entry: 'S', type: 'T "S"' }) },
    },
    {
      id: 'encoding-not-ascii', title: 'names outside ASCII',
      rule: 'Names of modules are any text.',
      reference: PAGE.xml, confidence: 'documented',
      host: appHost(), files: { www: modules('<add name="Größe" type="T.S" />') }, expect: { modules: effective('A', 'B', 'Größe') },
    },
    {
      id: 'encoding-lying-declaration', title: 'a declaration that says UTF-16 before UTF-8',
      rule: 'The bytes are believed, not the declaration.',
      reference: PAGE.xml, confidence: 'assumed', assumes: null,
      host: appHost(), files: { www: `<?xml version="1.0" encoding="UTF-16"?>${S}` }, expect: WITH_S,
    },
    {
      id: 'encoding-namespace', title: 'the namespace that older tools write on the root element',
      rule: 'The default namespace on configuration is ignored.',
      reference: PAGE.applicationHost, confidence: 'assumed', assumes: null,
      host: appHost(), files: { www: S.replace('<configuration>', '<configuration xmlns="http://schemas.microsoft.com/.NetConfiguration/v2.0">') },
      expect: WITH_S,
    },
    {
      id: 'encoding-empty', title: 'a web.config without content',
      rule: 'A configuration element without sections sets nothing.',
      reference: PAGE.applicationHost, confidence: 'documented',
      host: appHost(), files: { www: configuration('') }, expect: { modules: effective('A', 'B') },
    },
  ],
};
