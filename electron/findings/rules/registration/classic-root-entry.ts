import type { Component, Registration, Severity } from '../../../../shared/model/index.ts';
import { sectionName } from '../../../components/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { notFound, rule } from '../../rule.ts';
import { Subject, distinctRefs, lineOf, refsOf, registrationRef } from '../../words.ts';

/** `...\Microsoft.NET\Framework64\v4.0.30319\Config\web.config` and machine.config. */
const ROOT = /[\\/]microsoft\.net[\\/]framework(64)?[\\/]v([\d.]+)[\\/]config[\\/](?:web|machine)\.config$/i;

interface RootLine { readonly line: Registration; readonly bitness: 32 | 64; readonly clr: string }

function rootLines(c: Component): RootLine[] {
  return c.registrations.flatMap((line): RootLine[] => {
    const section = sectionName(line.section);
    const found = section === 'httpModules' || section === 'httpHandlers' ? ROOT.exec(line.path ?? line.evidencePath) : null;
    return found === null ? [] : [{ line, bitness: found[1] === undefined ? 32 : 64, clr: (found[2] ?? '').startsWith('4') ? 'v4.0' : (found[2] ?? '').startsWith('2') ? 'v2.0' : 'v1.1' }];
  });
}

/** Classic pools that read one of the files. */
const readers = (lines: readonly RootLine[], { server }: Pick<RuleFacts, 'server'>): string[] =>
  server.pools.filter((p) => p.pipeline === 'Classic' && lines.some((l) => l.bitness === p.bitness && l.clr === p.clr)).map((p) => p.name);

const isAsked = (c: Component): boolean => (c.kind === 'managed-module' || c.kind === 'managed-handler') && c.origin !== 'stock' && c.registrations.length > 0;

function severityFor(c: Component, pools: readonly string[]): Severity {
  if (c.origin !== 'unknown') return 'info';
  return pools.length > 0 ? 'medium' : 'low';
}

/** The lists of ASP.NET for the whole machine: read by Classic pools alone, and hardly ever looked at. */
export const classicRootEntry = rule(
  'classic-root-entry',
  {
    title: 'Module or handler in the root configuration of .NET',
    condition: 'httpModules or httpHandlers of a machine.config or root web.config of .NET (two versions, two bitnesses) has an entry that is not part of .NET.',
    severityHow: 'medium where a pool in Classic mode reads that file, low where none does at present, info for known products.',
    reference: 'Microsoft Learn, ASP.NET Integration with IIS 7 (Classic mode)',
    version: 1,
    weight: 1,
    meaning: 'These lists hold for every application of the machine that runs in a Classic pool of that version and bitness. Integrated pools do not read them, and no tool of IIS shows them.',
    rarity: 'rare: products register in applicationHost.config or in their own application',
    relevance: 'high where a Classic pool runs: the code sees the requests of all its applications',
    falsePositives: ['Monitoring agents of the years before IIS 7 that write to the root web.config.'],
    supportedBy: ['Only one of the four files has the entry.', 'The file is younger than the last update of .NET.'],
    refutedBy: ['The installer of a product writes the same entry, and the assembly is the vendor\'s.'],
    attack: ['T1505.004'],
    d3fend: ['D3-SWI', 'D3-RC'],
    references: ['Microsoft Learn, ASP.NET Integration with IIS: https://learn.microsoft.com/iis/application-frameworks/building-and-running-aspnet-applications/aspnet-integration-with-iis'],
  },
  (facts) =>
    facts.components.filter(isAsked).flatMap((c) => {
      const lines = rootLines(c);
      if (lines.length === 0) return [];
      const pools = readers(lines, facts);
      const versions = [...new Set(lines.map((l) => `${l.bitness}-bit .NET ${l.clr}`))];
      return [{
        severity: severityFor(c, pools),
        title: `${Subject(c)} is registered for all applications of ${versions.join(', ')} in Classic mode`,
        component: c,
        subject: '',
        supports: [
          ...lines.slice(0, 4).map(({ line }) => `${sectionName(line.section)} at ${lineOf(line)}: ${line.path ?? line.evidencePath}.`),
          pools.length > 0 ? `Pools in Classic mode that read it: ${pools.slice(0, 5).join(', ')}${pools.length > 5 ? ` and ${pools.length - 5} more` : ''}.` : 'No pool of this server runs in Classic mode with that version and bitness at present: it waits.',
          'Pools in Integrated mode do not use these lists.',
        ],
        refutes: ['A product of this server registers itself there by its documentation.', 'The same entry stands in the file of a server known to be clean.'],
        refs: distinctRefs([...lines.map((l) => registrationRef(l.line)), ...refsOf(c)]),
        first: c.firstSeen,
      }];
    }),
  (c) => (isAsked(c) ? notFound('No machine.config or root web.config of .NET that was collected names it.') : null),
);
