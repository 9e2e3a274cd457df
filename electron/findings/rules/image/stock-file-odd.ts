import { foldCase } from '../../../../shared/base/compare.ts';
import { quote } from '../../../../shared/base/limits.ts';
import type { Component, PeFacts, Severity } from '../../../../shared/model/index.ts';
import { fileName } from '../../../knowledge/index.ts';
import { codeOf } from '../../code-facts.ts';
import { notEvaluable, notFound, rule } from '../../rule.ts';
import { isMicrosofts, signatureWords } from '../../signatures.ts';
import { isNative } from '../../weigh.ts';
import { Subject, distinctRefs, fileRef, refsOf } from '../../words.ts';

const bare = (name: string): string => foldCase(name.trim()).replace(/\.MUI$/, '');

interface Odd { readonly sentence: string; /** It cannot be so in a file of Windows; else it is merely unusual. */ readonly heavy: boolean }

/** What the file says of itself that a file of Windows does not say. */
function oddOf(name: string, pe: PeFacts): Odd[] {
  const { versionInfo, exportName = null, pdb } = pe;
  const out: Odd[] = [];
  const company = versionInfo['CompanyName'] ?? '';
  const original = versionInfo['OriginalFilename'] ?? '';
  if (Object.keys(versionInfo).length === 0) out.push({ heavy: true, sentence: 'It has no version information; every program file of Windows has.' });
  else if (!/microsoft/i.test(company)) out.push({ heavy: true, sentence: company === '' ? 'Its version information names no company.' : `Its version information names the company "${quote(company, 100)}".` });
  if (original !== '' && bare(original) !== bare(name)) out.push({ heavy: true, sentence: `Its version information says that it was called "${quote(original, 100)}".` });
  if (exportName !== null && exportName !== '' && bare(exportName) !== bare(name)) out.push({ heavy: false, sentence: `Its linker called it "${quote(exportName, 100)}".` });
  const path = pdb.find((p) => /[\\/]/.test(p));
  if (path !== undefined) out.push({ heavy: false, sentence: `It names debug information with a folder, "${quote(path, 150)}"; files of Windows name the file alone.` });
  return out;
}

const isAsked = (c: Component): boolean => c.origin === 'stock' && isNative(c) && c.fileStatus === 'present';

/** A signature of Microsoft's is proof; nothing that the file says of itself then matters. */
const isProven = (c: Component): boolean => c.signatures.length > 0 && c.signatures.every(isMicrosofts);

function severityFor(odd: readonly Odd[]): Severity {
  return odd.filter((o) => o.heavy).length > 0 ? 'medium' : 'low';
}

/** A file of Windows that says something else of itself. */
export const stockFileOdd = rule(
  'stock-file-odd',
  {
    title: 'File of Windows that says something else of itself',
    condition: 'The file behind a stock module, filter or extension has no signature of Microsoft\'s that holds, and its version information is absent, names another company or another file, or its export directory names another file, or its debug information has a folder.',
    severityHow: 'medium; low for the name that the linker wrote or the folder of the debug information alone.',
    reference: 'ATT&CK T1554 (Compromise Host Software Binary), T1036.005',
    version: 1,
    weight: 2,
    meaning: 'Intruders put their module in the place of a stock one, so that no entry of the configuration changes. The file then has the right name and place and was made by somebody else.',
    rarity: 'very rare: the files of one build of Windows say the same on every server',
    relevance: 'high: the code is loaded into every worker process under a trusted name',
    falsePositives: ['A file that was damaged when it was collected.'],
    supportedBy: ['No catalog of the server names the hash.', 'WinSxS holds another content under the same name.'],
    refutedBy: ['The same hash on a clean server of the same build.'],
    attack: ['T1554', 'T1036.005'],
    d3fend: ['D3-SBV', 'D3-FH'],
    references: ['MITRE ATT&CK T1554, Compromise Host Software Binary: https://attack.mitre.org/techniques/T1554/'],
  },
  ({ components, images }) =>
    components.filter((c) => isAsked(c) && !isProven(c)).flatMap((c) => {
      const code = codeOf(c, images);
      const odd = code === null ? [] : oddOf(fileName(code.file.path ?? code.file.evidencePath), code.pe);
      if (code === null || odd.length === 0) return [];
      return [{
        severity: severityFor(odd),
        title: `${Subject(c)}: its file does not say of itself what that file of Windows says`,
        component: c,
        subject: '',
        supports: [...odd.map((o) => o.sentence), ...c.signatures.map((s) => `${code.file.path ?? code.file.evidencePath}: ${signatureWords(s)}.`), `Baseline: ${c.originReason}.`],
        refutes: ['A catalog of the server that was not collected names the hash of the file.', 'The file was damaged when it was collected: the one on the server has another hash.'],
        refs: distinctRefs([...fileRef(code.file), ...refsOf(c)]),
        attack: ['T1554'],
        first: c.firstSeen,
      }];
    }),
  (c, { images }) => {
    if (!isAsked(c)) return null;
    if (isProven(c)) return notFound('Its file is signed by Microsoft.');
    const code = codeOf(c, images);
    if (code === null) return notEvaluable('Its file was not read.');
    return notFound(`Its version information names "${quote(code.pe.versionInfo['OriginalFilename'] ?? '', 100)}" of "${quote(code.pe.versionInfo['CompanyName'] ?? '', 100)}", as that of Windows.`);
  },
);
