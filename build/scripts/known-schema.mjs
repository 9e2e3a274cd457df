// Makes our data of the schema that IIS ships from folders of schema files (inetsrv\config\schema\*.xml):
//   node build/scripts/known-schema.mjs FOLDER [FOLDER ...]            writes electron/knowledge/iis-schema/10.0.json
//   node build/scripts/known-schema.mjs --changes FOLDER [FOLDER ...]  prints how the folders differ from that data, for older.json
// A file that several folders have is taken from the first.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
const target = path.join(root, 'electron/knowledge/iis-schema/10.0.json');
/** In the order in which IIS's own files are merged, with the product that brings a file; null is Windows. */
const FILES = new Map([
  ['IIS_schema.xml', null], ['ASPNET_schema.xml', null], ['FX_schema.xml', null], ['rscaext.xml', null], ['WebDAV_schema.xml', null],
  ['Ftp_schema.xml', null], ['ftp_rscaext.xml', null], ['rewrite_schema.xml', 'URL Rewrite'], ['arr_schema.xml', 'Application Request Routing'],
  ['webfarm.xml', 'Application Request Routing'], ['aspnetcore_schema.xml', 'ASP.NET Core Module'], ['aspnetcore_schema_v2.xml', 'ASP.NET Core Module'],
  ['httpplatform_schema.xml', 'HttpPlatformHandler'], ['deploymentAuthorizationSchema.xml', 'Web Deploy'], ['BackupManagerSchema.xml', 'Web Deploy'],
  ['dbmanager_schema.xml', 'IIS Database Manager'],
]);
/** Texts for people are not facts of the schema language. */
const NOT_KEPT = ['system.webServer/asp@scriptErrorMessage'];

const { values, positionals: folders } = parseArgs({ allowPositionals: true, options: { changes: { type: 'boolean' } } });
if (folders.length === 0) {
  process.stderr.write('Name at least one folder of schema files.\n');
  process.exit(2);
}
const load = async (file) => (await runnerImport(path.join(root, file), { root, configFile: false, logLevel: 'error' })).module;
const { parseConfig } = await load('electron/artifacts/iis-config/index.ts');
const { readSchema } = await load('electron/iis/schema/read-schema.ts');
const { writeNotes } = await load('electron/knowledge/iis-schema/notation.ts');

const extensions = new Set();
const files = {};
for (const [name, product] of FILES) {
  const found = folders.flatMap((folder) => readdirSync(folder).filter((f) => f.toLowerCase() === name.toLowerCase()).map((f) => path.join(folder, f)))[0];
  if (found === undefined) continue;
  const { document } = parseConfig(readFileSync(found));
  const read = readSchema([{ path: null, evidencePath: name, sha256: '', document }]);
  for (const { progId } of read.extensions) extensions.add(progId);
  const sections = Object.fromEntries([...read.schema].map(([section, schema]) => [section, withoutTexts(section, writeNotes(schema))]));
  files[name] = { product, sections };
}
const known = JSON.parse(readFileSync(target, 'utf8'));
if (values.changes) {
  const changes = Object.keys(files).flatMap((name) => {
    const change = patch(known.files[name]?.sections ?? {}, files[name].sections);
    return Object.keys(change).length === 0 ? [] : [[name, change]];
  });
  process.stdout.write(`${JSON.stringify(Object.fromEntries(changes), null, 1)}\n`);
} else {
  writeFileSync(target, `${JSON.stringify({ ...known, defaultsNotKept: NOT_KEPT, extensions: [...extensions].sort(), files }, null, 1)}\n`);
}

function withoutTexts(section, notes) {
  for (const at of NOT_KEPT) {
    const [of, attribute] = at.split('@');
    if (of === section) notes[`@${attribute}`] = notes[`@${attribute}`].replace(/ = .*/s, '');
  }
  return notes;
}

/** The merge patch (RFC 7396) that turns one tree of notes into another. */
function patch(from, to) {
  const out = {};
  for (const name of Object.keys(from)) if (!(name in to)) out[name] = null;
  for (const [name, value] of Object.entries(to)) {
    if (isDeepStrictEqual(from[name], value)) continue;
    const nested = typeof value === 'object' && typeof from[name] === 'object' && from[name] !== null;
    out[name] = nested ? patch(from[name], value) : value;
  }
  return out;
}
