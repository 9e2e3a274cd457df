import { foldCase } from '../../shared/base/compare.ts';
import data from './products.json' with { type: 'json' };
import { canonicalImage, imagePattern } from './image-path.ts';
import { parseTypeName } from './type-name.ts';

interface NamedImages { readonly name: string; readonly images: readonly string[] }
interface ProductData {
  readonly product: string;
  readonly modules?: readonly NamedImages[];
  readonly filters?: readonly NamedImages[];
  readonly images?: readonly string[];
  readonly schemes?: ReadonlyArray<{ readonly name: string; readonly dll: string }>;
  readonly types?: readonly string[];
  readonly namespaces?: ReadonlyArray<{ readonly prefix: string; readonly tokens: readonly string[] }>;
  readonly clrConfigFolders?: readonly string[];
  /** Folders that the product's own web.config files load assemblies from by address. */
  readonly codeBaseFolders?: readonly string[];
  /** Class ids of .NET profilers, with braces. */
  readonly profilers?: readonly string[];
}

const products: readonly ProductData[] = data.products;

type ImageTest = (canonical: string) => boolean;
interface Named { readonly product: string; readonly tests: readonly ImageTest[] }

function byName(pick: (p: ProductData) => readonly NamedImages[] | undefined): ReadonlyMap<string, readonly Named[]> {
  const map = new Map<string, Named[]>();
  for (const p of products) {
    for (const { name, images } of pick(p) ?? []) {
      const list = map.get(name) ?? [];
      list.push({ product: p.product, tests: images.map(imagePattern) });
      map.set(name, list);
    }
  }
  return map;
}

const modules = byName((p) => p.modules);
const filters = byName((p) => p.filters);
const schemes = byName((p) => p.schemes?.map((s) => ({ name: s.name, images: [s.dll] })));
const images = products.flatMap((p) => (p.images ?? []).map((i) => ({ product: p.product, test: imagePattern(i) })));
const files = products.flatMap((p) =>
  [...(p.images ?? []), ...(p.modules ?? []).flatMap((m) => m.images), ...(p.filters ?? []).flatMap((m) => m.images)].map((i) => ({ product: p.product, test: imagePattern(i) })),
);
const types: ReadonlyMap<string, string> = new Map(products.flatMap((p) => (p.types ?? []).map((t) => [t, p.product] as const)));
const namespaces = products.flatMap((p) => (p.namespaces ?? []).map((n) => ({ ...n, product: p.product })));
const clrConfig = products.flatMap((p) => (p.clrConfigFolders ?? []).map((f) => ({ product: p.product, test: imagePattern(`${f}\\*.config`) })));

const codeBases = products.flatMap((p) => (p.codeBaseFolders ?? []).map((f) => ({ product: p.product, test: imagePattern(`${f}\\**\\*.dll`) })));
const profilers: ReadonlyMap<string, string> = new Map(products.flatMap((p) => (p.profilers ?? []).map((id) => [foldCase(id), p.product] as const)));

function find(map: ReadonlyMap<string, readonly Named[]>, name: string, image: string): string | null {
  const canonical = canonicalImage(image);
  return map.get(name)?.find((entry) => entry.tests.some((test) => test(canonical)))?.product ?? null;
}

/** Products of other installers; each answer is the product's name, or null. */
export const PRODUCTS = {
  source: { title: data.title, source: data.source, date: data.date, licence: data.licence },
  module: (name: string, image: string): string | null => find(modules, name, image),
  filter: (name: string, image: string): string | null => find(filters, name, image),
  compressionScheme: (name: string, dll: string): string | null => find(schemes, name, dll),
  /** Extensions, permissions and CGI programs go by their image alone. */
  image: (image: string): string | null => {
    const canonical = canonicalImage(image);
    return images.find((entry) => entry.test(canonical))?.product ?? null;
  },
  /** Any file that a product registers, for a file that nothing registers now. */
  file: (image: string): string | null => {
    const canonical = canonicalImage(image);
    return files.find((entry) => entry.test(canonical))?.product ?? null;
  },
  /** A managed type: by its exact name, or by namespace together with the vendor's public key token. */
  type: (reference: string): string | null => {
    const { type: named, assembly, token } = parseTypeName(reference);
    // `*` stands for every type of an assembly.
    const type = named === '*' && assembly !== null ? assembly : named;
    const space = token === null ? undefined : namespaces.find((n) => (type === n.prefix || type.startsWith(`${n.prefix}.`)) && n.tokens.includes(token));
    if (space !== undefined) return space.product;
    // An exact type name with a foreign token names another assembly than the product's.
    const exact = types.get(type);
    return exact !== undefined && token === null ? exact : null;
  },
  clrConfig: (path: string): string | null => {
    const canonical = canonicalImage(path);
    return clrConfig.find((entry) => entry.test(canonical))?.product ?? null;
  },
  /** The product whose folder an assembly is loaded from by `codeBase`. */
  codeBase: (path: string): string | null => {
    const canonical = canonicalImage(path);
    return codeBases.find((entry) => entry.test(canonical))?.product ?? null;
  },
  /** The monitoring product that a .NET profiler's class id belongs to. */
  profiler: (classId: string): string | null => profilers.get(foldCase(classId.trim())) ?? null,
  isModuleName: (name: string): boolean => modules.has(name),
  isFilterName: (name: string): boolean => filters.has(name),
  /** The product that registers a module or filter of this name, whatever the image. */
  productOfName: (name: string): string | null => (modules.get(name) ?? filters.get(name))?.[0]?.product ?? null,
} as const;
