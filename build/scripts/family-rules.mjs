// Writes electron/knowledge/families/families.yar, YARA rules made from the families that IISight knows:
// node build/scripts/family-rules.mjs. A test fails where the file is not what this makes.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const groups = path.join(root, 'electron/knowledge/families/groups');
const FILE = path.join(root, 'electron/knowledge/families/families.yar');

/** Traits that a rule can look for; the others are facts or names, which YARA does not see. */
const MODIFIERS = { string: 'ascii wide', url: 'ascii wide nocase', header: 'ascii wide nocase fullword', guid: 'ascii wide nocase fullword', rtti: 'ascii', type: 'ascii fullword', pdb: 'ascii nocase', 'export-name': 'ascii nocase fullword', hex: '' };

const quoted = (text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
const pattern = (trait) => (trait.where === 'hex' ? `{ ${trait.value} }` : `${quoted(trait.value)} ${MODIFIERS[trait.where]}`);
const plain = (text) => text.replaceAll('\\', '/').replaceAll('"', "'");

/** One rule, or a comment on why there is none: never one that a single trait, or weak ones alone, would meet. */
function ruleOf(family, references) {
  const seen = family.traits.filter((t) => MODIFIERS[t.where] !== undefined);
  const [strong, weak] = ['strong', 'weak'].map((weight) => seen.filter((t) => t.weight === weight));
  const name = `iisight_${family.id.replaceAll('-', '_')}`;
  const conditions = [...(strong.length >= 2 ? ['2 of ($s*)'] : []), ...(strong.length >= 1 && weak.length >= 2 ? ['(any of ($s*) and 2 of ($w*))'] : [])];
  if (conditions.length === 0) return `// ${name}: no rule; its ${seen.length} traits that stand in bytes are too few to tell.\n`;
  const lines = [
    `rule ${name}`, '{', '    meta:',
    `        description = ${quoted(plain(`File with several published traits of ${family.name}; no proof that it is that`))}`,
    '        license = "Apache-2.0"', '        author = "IISight"',
    `        reference = ${quoted(plain(family.references.map((id) => references[id].where).join(' ')))}`,
    '    strings:',
    ...strong.map((t, i) => `        $s${i + 1} = ${pattern(t)} // ${t.id}`),
    ...(conditions.some((c) => c.includes('$w')) ? weak.map((t, i) => `        $w${i + 1} = ${pattern(t)} // ${t.id}`) : []),
    '    condition:', `        uint16(0) == 0x5A4D and (${conditions.join(' or ')})`, '}', '',
  ];
  return lines.join('\n');
}

/** The whole file. */
export function familyRules() {
  const read = (name) => JSON.parse(readFileSync(path.join(groups, name), 'utf8'));
  const references = read('references.json');
  const names = readdirSync(groups).filter((name) => name !== 'references.json').sort();
  const families = names.flatMap((name) => read(name).families).sort((a, b) => (a.id < b.id ? -1 : 1));
  const head = [
    '// YARA rules of IISight for program files with published traits of known families (yara 4, libyara).',
    '// SPDX-License-Identifier: Apache-2.0',
    '// Made from electron/knowledge/families/groups by build/scripts/family-rules.mjs: do not edit. The rules and their words are',
    '// our own; the traits are facts, each with its source in those files. A match is no verdict: two strong traits, or one and',
    '// two weak ones, stand in the file.', '', '',
  ];
  return head.join('\n') + families.map((family) => ruleOf(family, references)).join('\n');
}

if (process.argv[1] === import.meta.filename) writeFileSync(FILE, familyRules());
