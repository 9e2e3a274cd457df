import { looksLikeMetabase, parseMetabase } from '../../electron/artifacts/metabase/index.ts';
import { parseGlobalAsax } from '../../electron/artifacts/global-asax/index.ts';
import { parseCompiled } from '../../electron/artifacts/precompiled/index.ts';
import { parsePreStartList } from '../../electron/artifacts/prestart-list/index.ts';
import { asApplicationHost, effectiveLists, loadedBy, metabaseChanges, type MetabaseFile, registrations } from '../../electron/iis/index.ts';
import type { ConfigCopy } from '../../shared/model/index.ts';
import { serverFiles, serverOf } from '../unit/iis/support.ts';
import type { Target } from './targets.ts';

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** The metabase from its bytes to the lists of every application: nothing throws, and every line is where it says. */
export const metabase = (seeds: readonly Uint8Array[]): Target => ({
  id: 'metabase',
  material: {
    seeds,
    tokens: ['"', '&quot;', '&#xA;', '&#13;', '\r\n\t\t\t', '\r', ' Location ="/LM/W3SVC/1/ROOT/x"', 'Location="/LM/W3SVC/2"', '/LM/W3SVC/', '/ROOT', '//', 'ScriptMaps="', 'WebSvcExtRestrictionList="0,*.dll ', 'InProcessIsapiApps="', 'FilterLoadOrder=",,"', 'ServerComment="/"',
      ',', '.asp,', '*,', '1,', '</MBProperty>', '<IIsWebServer ', '<IIsFilter ', '__proto__', '\0\0\0\0\0\0\0\0', Buffer.from([0xff, 0xfe]), Buffer.from([0xe9])],
  },
  check(bytes) {
    looksLikeMetabase(bytes.subarray(0, 8192));
    const { document, problems, text } = parseMetabase(bytes);
    must(document.complete || problems.length > 0, 'incomplete without a problem');
    const file: MetabaseFile = { path: 'C:\\m.xml', evidencePath: 'm', sha256: '', document: asApplicationHost(document), metabase: document };
    const files = { ...serverFiles('<configuration/>'), applicationHost: file };
    const server = serverOf(files);
    const lines = registrations(files, server);
    must(new Set(lines.map((l) => l.key)).size === lines.length, 'two lines at one place');
    const rows = text.split(/\r\n|\n|\r/);
    for (const line of lines) {
      const row = rows[line.line - 1];
      must(row !== undefined && line.column >= 1 && line.column <= row.length + 1, `nothing at ${line.line}:${line.column}`);
    }
    const { loadedBy: loaded, dormant } = loadedBy(files, server, lines);
    for (const line of lines) must(loaded.has(line.key) !== dormant.has(line.key), `${line.key} is neither loaded nor dormant, or both`);
    for (const site of server.sites) for (const app of site.applications) must(effectiveLists(files, server, site.name, app.path) !== null, `no lists for ${site.name}${app.path}`);
    const copy = { id: 'a', order: 1 } as ConfigCopy;
    must(metabaseChanges([{ copy, file }, { copy, file }]).length === 0, 'a file differs from itself');
  },
});

/** The small files that bring code into applications. */
export const codeLists = (seeds: readonly Uint8Array[]): Target => ({
  id: 'code-lists',
  material: {
    seeds,
    tokens: ['<%@ Application ', '<%@', '%>', '<%--', '--%>', '<!--', '-->', '<script runat="server">', '</script>', 'Inherits="', "'", '=', ', Version=1.0.0.0', ', PublicKeyToken=', ',', '\r\n', '\r', '<preserve ', 'virtualPath="', '/>', '\0', '\0'.repeat(9), ' '.repeat(300), '<'.repeat(300), Buffer.from([0xff, 0xfe]), Buffer.from([0xe9])],
  },
  check(bytes) {
    for (const parse of [parsePreStartList, parseGlobalAsax, parseCompiled]) {
      const { entries, problems } = parse(bytes);
      for (const entry of entries) must(entry.line >= 1 && entry.column >= 1, 'an entry without a place');
      for (const p of problems) must((p.line ?? 1) >= 1 && (p.offset ?? 0) >= 0 && p.message.length < 1000, 'a problem without a place, or a long one');
    }
  },
});
