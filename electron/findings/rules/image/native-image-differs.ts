import { foldCase } from '../../../../shared/base/compare.ts';
import { UNKNOWN_MOMENT, type ClrFacts, type Severity } from '../../../../shared/model/index.ts';
import type { ImageFacts } from '../../../components/index.ts';
import { STOCK } from '../../../knowledge/index.ts';
import { groupBy } from '../../group-by.ts';
import { rule } from '../../rule.ts';
import { isMicrosofts } from '../../signatures.ts';
import { signatureOfImage } from '../../signature-of-image.ts';
import { distinctRefs, fileRef } from '../../words.ts';

const NATIVE = /\\assembly\\nativeimages_[^\\]+\\.*\.ni\.(?:dll|exe)$/i;
/** Name, version and key: what the runtime finds the precompiled form by. */
const identity = (clr: ClrFacts): string => `${foldCase(clr.assembly)}\u0000${clr.version}\u0000${clr.publicKeyToken ?? ''}`;
const mvid = (clr: ClrFacts): string => clr.mvid.toLowerCase();

interface Compiled { readonly image: ImageFacts; readonly clr: ClrFacts }

const compiled = (image: ImageFacts): Compiled[] => (image.pe?.clr ? [{ image, clr: image.pe.clr }] : []);

function severityFor({ image, clr }: Compiled): Severity {
  const signature = signatureOfImage(image);
  if (signature !== null && isMicrosofts(signature)) return 'info';
  return STOCK.platformAssembly(clr.assembly) || clr.httpTypes.length > 0 ? 'low' : 'info';
}

/** The precompiled form of an assembly runs in its place. */
export const nativeImageDiffers = rule(
  'native-image-differs',
  {
    title: 'Precompiled assembly that does not belong to its original',
    condition: 'A native image (NativeImages, *.ni.dll) has the name, version and key of an assembly of the evidence, and another module version id (MVID) than each of them.',
    severityHow: 'low for assemblies of .NET and those with modules or handlers, else info: after an update stale images stay until they are made again.',
    reference: 'Microsoft Learn, Ngen.exe (Native Image Generator); ATT&CK T1574',
    version: 1,
    weight: 1,
    meaning: 'Where a native image is listed for an assembly, the runtime loads it instead. It is made from the assembly and keeps its MVID; another MVID means that it was made from something else.',
    rarity: 'now and then: updates leave stale images, which the runtime does not use',
    relevance: 'medium: planted native images run although the assembly beside them is genuine',
    falsePositives: ['An update of .NET that has not been compiled again yet.', 'The assembly of the update was not collected.'],
    supportedBy: ['The native image is younger than the assembly.'],
    refutedBy: ['The queue of ngen lists the assembly as waiting.', 'Compiling it again on a clean server of the same build gives the same image.'],
    attack: ['T1574'],
    d3fend: ['D3-SBV', 'D3-FH'],
    references: ['Microsoft Learn, Ngen.exe (Native Image Generator): https://learn.microsoft.com/dotnet/framework/tools/ngen-exe-native-image-generator'],
  },
  ({ images }) => {
    const all = images.all.flatMap(compiled);
    const natives = all.filter((one) => NATIVE.test(one.image.place.path ?? one.image.place.evidencePath));
    if (natives.length === 0) return [];
    const known = new Set(natives);
    const originals = groupBy(all.filter((one) => !known.has(one)), (one) => identity(one.clr));
    return natives.flatMap((one) => {
      const own = originals.get(identity(one.clr)) ?? [];
      if (own.length === 0 || own.some((o) => mvid(o.clr) === mvid(one.clr))) return [];
      const { image, clr } = one;
      return [{
        severity: severityFor(one),
        title: `The native image of ${clr.assembly} ${clr.version} was not made from the assembly that is there`,
        component: null,
        subject: image.place.evidencePath,
        supports: [
          `${image.place.path ?? image.place.evidencePath} has the MVID ${mvid(clr)}.`,
          ...own.slice(0, 3).map((o) => `${o.image.place.path ?? o.image.place.evidencePath} has the MVID ${mvid(o.clr)}.`),
          'The runtime uses a native image only where its own list (NGEN) still names it: whether it does is not known.',
        ],
        refutes: ['An update replaced the assembly, and ngen has not made its image again.', 'The assembly that it was made from was not collected.'],
        refs: distinctRefs([...fileRef(image.file), ...own.slice(0, 3).flatMap((o) => fileRef(o.image.file))]),
        first: image.modified === null ? UNKNOWN_MOMENT : { time: image.modified, from: 'file-time' as const, fidelity: 'mtime-only' as const },
      }];
    });
  },
);
