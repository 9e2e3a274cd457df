import type { InspectDocument } from '../../../shared/contract/cli/documents.ts';
import type { Capability, ClrFacts } from '../../../shared/model/index.ts';
import { quote } from '../../../shared/base/limits.ts';
import { visible } from '../../../shared/base/visible.ts';

/** Lists are cut here, so that the answer stays on one screen; `--json` has everything. */
const SHOWN = 6;
/** Longest text of the evidence in one line. */
const MAX_LINE = 600;

/** What one file is and can do, on one screen. */
export function inspectText(d: InspectDocument): string {
  const lines = [`sha256 ${d.sha256}  ${d.size} bytes`, ...(d.machine === null ? ['not a PE file'] : peLines(d)), ...listed('problem', d.problems.map((p) => p.message))];
  return `${lines.map((line) => visible(quote(line, MAX_LINE))).join('\n')}\n`;
}

function peLines(d: InspectDocument): string[] {
  const versions = Object.entries(d.versionInfo).filter(([, text]) => text.trim() !== '');
  return [
    `${d.isDll === true ? 'DLL' : 'EXE'} for ${processorText(d)}, ${stampText(d.timestamp)}`,
    `kinds: ${d.kinds.join(', ') || 'none that IIS loads'}; entry points: ${d.entryPoints.join(', ') || 'none'}`,
    ...signatureLines(d),
    ...capabilityLines(d.capabilities),
    ...clrLines(d),
    ...versions.slice(0, 2 * SHOWN).map(([name, text]) => `${name}: ${text}`),
    ...rest(versions.length - 2 * SHOWN, 'version texts'),
    ...listed('pdb', d.pdb),
    `exports: ${d.exports.length}; imports: ${few(d.imports.map((i) => `${i.dll} (${i.names.length})`))}${d.delayImports.length > 0 ? `; delay-loaded: ${few(d.delayImports.map((i) => i.dll))}` : ''}`,
    `sections: ${few(d.sections.map((s) => `${s.name} (entropy ${s.entropy.toFixed(1)})`))}${d.overlay === null ? '' : `; ${d.overlay.size} bytes behind the last section`}`,
    `imphash ${d.imphash ?? 'none'}, Rich hash ${d.richHash ?? 'none'}`,
    ...(d.identity === null ? [] : [`md5 ${d.identity.md5}, sha1 ${d.identity.sha1}, TLSH ${d.identity.tlsh ?? 'none'}`]),
    `anomalies: ${d.anomalies.length === 0 ? 'none' : d.anomalies.length}`,
    ...d.anomalies.slice(0, SHOWN).map((a) => `  at ${a.offset}: ${a.message}`),
    ...rest(d.anomalies.length - SHOWN, 'anomalies'),
  ];
}

/** Code that .NET compiles when it runs is for no processor, although its header has to name one. */
function processorText({ machine, clr }: InspectDocument): string {
  if (clr === null || clr.processor === 'stated') return machine ?? 'an unknown processor';
  return `any processor${clr.processor === 'any' ? '' : ', x86 preferred'} (.NET; the header says ${machine})`;
}

function stampText(stamp: InspectDocument['timestamp']): string {
  if (stamp === null || stamp.time === null) return `no linker stamp${stamp?.note === undefined ? '' : `: ${stamp.note}`}`;
  return `linker stamp ${stamp.time} (forgeable)`;
}

/** The verdict first, then what it rests on. */
function signatureLines({ authenticode }: InspectDocument): string[] {
  if (authenticode === null) return ['signature: not-checked'];
  const { status, reasons, signers, timestamp, nested, catalog } = authenticode;
  const [signer] = signers;
  return [
    `signature: ${status}${catalog === null ? '' : `, by the catalog ${catalog}`}`,
    ...reasons.slice(0, SHOWN).map((reason) => `  ${reason}`),
    ...rest(reasons.length - SHOWN, 'reasons'),
    ...(signer === undefined ? [] : [`  signed as ${signer.subject}, issued by ${signer.issuer}${signer.pinnedCa === null ? '' : `; ${status === 'valid' || status === 'catalog' ? 'trusted through' : 'that certificate leads to'} ${signer.pinnedCa}`}`]),
    ...rest(signers.length - 1, signers.length === 2 ? 'signer' : 'signers'),
    // Where a reason tells it, that is enough.
    ...(timestamp === null || reasons.some((reason) => reason.includes(timestamp)) ? [] : [`  countersigned at ${timestamp}`]),
    ...(nested === 0 ? [] : [`  nested signatures: ${nested}`]),
  ];
}

/** What matters most to an examiner first: what is changed and hidden, what is seen, what it is called for and what could not be read, then what it could do to the system. */
const ORDER: readonly Capability['group'][] = ['hides', 'changes', 'sees', 'requests', 'limits', 'system'];
/** What nearly every native file imports comes last. */
const COMMON = 'so do the runtime libraries of compilers';

function capabilityLines(capabilities: readonly Capability[]): string[] {
  if (capabilities.length === 0) return [];
  // The same ability shows at several places; it is said once, with the first of them.
  const alike = new Map<string, { readonly first: Capability; more: number }>();
  for (const capability of capabilities) {
    const known = alike.get(capability.id);
    if (known === undefined) alike.set(capability.id, { first: capability, more: 0 });
    else known.more += 1;
  }
  const ordered = ORDER.flatMap((group) => [...alike.values()].filter(({ first }) => first.group === group));
  const common = ({ first }: { readonly first: Capability }): boolean => first.what.includes(COMMON);
  const sorted = [...ordered.filter((one) => !common(one)), ...ordered.filter(common)];
  return [
    'what its code shows (it may be unused):',
    ...sorted.slice(0, 3 * SHOWN).map(({ first, more }) => `  ${first.what}${proofText(first)}${more === 0 ? '' : `, and ${more} more like it`}`),
    ...rest(sorted.length - 3 * SHOWN, 'of these'),
  ];
}

function proofText({ proof: { offset, token } }: Capability): string {
  const at = [...(offset === undefined ? [] : [`at ${offset}`]), ...(token === undefined ? [] : [`token ${token}`])];
  return at.length === 0 ? '' : ` (${at.join(', ')})`;
}

const STRONG_NAME: Readonly<Record<ClrFacts['strongName'], string>> = {
  none: '', 'delay-signed': ' without a signature (delay-signed)', 'key-only': ' without a signature, as precompiling leaves it', signed: ' with a signature (not verified)',
};
const PRECOMPILED: Readonly<Record<ClrFacts['precompiled'], string>> = { none: '', 'ready-to-run': ', precompiled (ReadyToRun)', ngen: ', precompiled (NGEN)' };

function clrLines({ clr }: InspectDocument): string[] {
  if (clr === null) return [];
  return [
    `.NET: ${clr.assembly} ${clr.version} for ${clr.runtime}, ${clr.publicKeyToken === null ? 'no strong name' : `public key token ${clr.publicKeyToken}${STRONG_NAME[clr.strongName]}`}${PRECOMPILED[clr.precompiled]}${clr.mixedMode ? ', with native code' : ''}, MVID ${clr.mvid}`,
    ...listed('  type', clr.httpTypes.map((t) => `${t.type} implements ${few(t.implements)}${t.through === undefined ? '' : `, through ${t.through}`}`)),
    ...(clr.events.length === 0 ? [] : [`  subscribes to ${few(clr.events)}`]),
    ...listed('  runs before the application starts', clr.preApplicationStart),
    ...listed('  mark of an obfuscator', clr.obfuscation.map((mark) => mark.message)),
  ];
}

function listed(name: string, texts: readonly string[]): string[] {
  return [...texts.slice(0, SHOWN).map((one) => `${name}: ${one}`), ...rest(texts.length - SHOWN, 'like this')];
}

function few(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : `${texts.slice(0, 2 * SHOWN).join(', ')}${texts.length > 2 * SHOWN ? ` and ${texts.length - 2 * SHOWN} more` : ''}`;
}

function rest(more: number, what: string): string[] {
  return more > 0 ? [`  and ${more} more ${what}`] : [];
}
