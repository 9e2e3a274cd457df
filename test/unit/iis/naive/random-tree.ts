import * as fc from 'fast-check';
import { section, type SectionChoice } from './random-sections.ts';
import { type Application, type Attribute, type Declaration, DOTNET_FOLDERS, type File, HOST_FOLDER, type ListName, LISTS, type Location, lower, type Pool, type Section, type Site, type Tree, UNDECLARED } from './tree.ts';

const WEB_SERVER: readonly ListName[] = ['modules', 'handlers', 'isapiFilters', 'globalModules', 'isapiCgiRestriction'];
const SYSTEM_WEB: readonly ListName[] = ['httpModules', 'httpHandlers'];
/** What a web.config of a site may hold with some right; the others are refused there, which one in a while shows. */
const IN_WEB_CONFIG: readonly ListName[] = ['modules', 'handlers', 'modules', 'handlers', 'isapiFilters', ...SYSTEM_WEB, ...SYSTEM_WEB];

const attribute = (name: string, ...values: string[]): fc.Arbitrary<Attribute> => fc.constantFrom(...values).map((v): Attribute => [name, v]);
const perhaps = (weight: number, ...choices: fc.Arbitrary<Attribute>[]): fc.Arbitrary<Attribute[]> =>
  fc.oneof({ arbitrary: fc.constant<Attribute[]>([]), weight }, ...choices.map((arbitrary) => ({ arbitrary: arbitrary.map((a): Attribute[] => [a]), weight: 1 })));

const anySection = (lists: readonly ListName[], choice: SectionChoice): fc.Arbitrary<Section> => fc.constantFrom(...lists).chain((list) => section(list, choice));

const oneMode = perhaps(2, attribute('overrideMode', 'Allow', 'Allow', 'Deny', 'Inherit'), attribute('allowOverride', 'true', 'false'));
/** Both together are illegal. */
const mode: fc.Arbitrary<Attribute[]> = fc.oneof({ arbitrary: oneMode, weight: 40 }, { arbitrary: fc.constant<Attribute[]>([['overrideMode', 'Allow'], ['allowOverride', 'true']]), weight: 1 });

function location(paths: readonly string[], lists: readonly ListName[], choice: SectionChoice): fc.Arbitrary<Location> {
  return fc.record({
    kind: fc.constant('location' as const),
    path: fc.constantFrom(...paths),
    attributes: fc.tuple(mode, perhaps(6, attribute('inheritInChildApplications', 'false', 'true'))).map(([m, inherit]) => {
      // Whether a lock of a tag that child applications do not inherit still binds them is nowhere written.
      return inherit.some(([, v]) => v === 'false') ? inherit : [...m, ...inherit];
    }),
    sections: fc.uniqueArray(anySection(lists, choice), { maxLength: 3, selector: (s) => s.name }),
  }).map((tag) => (tag.path === '' || tag.path === '.' ? { ...tag, attributes: hostSafe(tag.attributes, paths) } : tag));
}

/** What inheritInChildApplications means at the level of the server is nowhere written. */
function hostSafe(attributes: readonly Attribute[], paths: readonly string[]): readonly Attribute[] {
  return paths.includes('Main') ? attributes.filter(([n]) => n !== 'inheritInChildApplications') : attributes;
}

/** A section stands once at the root or in the location tags of one path; once in twenty-five files it may stand twice. */
function parts(paths: readonly string[], lists: readonly ListName[], choice: SectionChoice, maxLength: number): fc.Arbitrary<(Section | Location)[]> {
  const part = fc.oneof({ arbitrary: anySection(lists, choice), weight: 3 }, { arbitrary: location(paths, lists, choice), weight: 2 });
  return fc.tuple(fc.array(part, { maxLength }), fc.integer({ min: 0, max: 49 })).map(([list, dice]) => {
    const parted = once(list, dice < 48);
    return dice === 47 && choice.undeclared === true ? [...parted, unknown()] : parted;
  });
}

const unknown = (): Section => ({ kind: 'section', name: UNDECLARED, attributes: [], directives: [], source: null, trouble: null });

function once(list: readonly (Section | Location)[], everywhere: boolean): (Section | Location)[] {
  const seen = new Set<string>();
  const first = (where: string, name: string): boolean => {
    const key = `${lower(where)}|${name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  return list.flatMap((part): (Section | Location)[] => {
    if (part.kind === 'section') return first(everywhere ? '' : 'root', part.name) ? [part] : [];
    const where = part.path === '.' ? '' : part.path;
    return [{ ...part, sections: part.sections.filter((s) => first(where, s.name)) }];
  });
}

const HOST_PATHS = ['', '', '.', 'Main', 'Main', 'Main/app', 'Main/app', 'Main/sub', 'Main/vd', 'Main/app/sub', 'Main/app/inner', 'main/APP', 'Other'];
const WEB_PATHS = ['', '.', '.', 'app', 'sub', 'vd', 'inner', 'app/inner', 'app/sub'];

const defaults = (list: ListName, ...definitions: string[]): fc.Arbitrary<Declaration> =>
  fc.tuple(perhaps(1, attribute('overrideModeDefault', 'Deny', 'Allow')), fc.constantFrom(...definitions)).map(([override, definition]) => ({
    name: LISTS[list].section,
    attributes: definition === '' ? override : [...override, ['allowDefinition', definition] as const],
  }));

const declarations = fc.tuple(
  defaults('modules', 'MachineToApplication', 'MachineToApplication', 'MachineToApplication', 'Everywhere'),
  defaults('handlers', '', '', 'Everywhere', 'MachineToApplication'),
  defaults('isapiFilters', 'MachineToApplication'),
  defaults('globalModules', 'AppHostOnly'),
  defaults('isapiCgiRestriction', 'AppHostOnly'),
);

const poolAttributes = fc.tuple(
  perhaps(2, attribute('managedPipelineMode', 'Classic', 'Integrated')),
  perhaps(2, attribute('managedRuntimeVersion', 'v2.0', 'v4.0', '')),
  perhaps(2, attribute('enable32BitAppOnWin64', 'true', 'false')),
  perhaps(8, attribute('enableConfigurationOverride', 'false', 'true')),
).map((lists) => lists.flat());

const pools: fc.Arbitrary<Pool[]> = fc.tuple(poolAttributes, poolAttributes, poolAttributes).map((all) => all.map((attributes, index) => ({ name: `P${index}`, attributes })));
const poolName = fc.constantFrom('P0', 'P1', 'P2');
const subDirConfig = perhaps(5, attribute('allowSubDirConfig', 'false', 'true'));

function application(path: string, ...folders: string[]): fc.Arbitrary<Application> {
  return fc.record({
    path: fc.constant(path),
    pool: poolName,
    directories: fc.tuple(fc.constantFrom(...folders), subDirConfig, fc.option(subDirConfig, { nil: null })).map(([folder, attributes, vd]) => [
      { path: '/', folder, attributes },
      ...(vd === null ? [] : [{ path: '/vd', folder: 'C:\\vd', attributes: vd }]),
    ]),
  });
}

const sites: fc.Arbitrary<Site[]> = fc.tuple(
  application('/', 'C:\\www'),
  application('/app', 'C:\\app', 'C:\\app', 'C:\\app', 'C:\\www\\app', 'C:\\www'),
  fc.option(application('/app/inner', 'C:\\inner', 'C:\\app\\inner', 'C:\\app'), { nil: null }),
  application('/', 'C:\\other', 'C:\\www'),
).map(([root, app, inner, other]) => [
  { name: 'Main', applications: inner === null ? [root, app] : [root, app, inner] },
  { name: 'Other', applications: [other] },
]);

const WEB_FOLDERS = ['C:\\www', 'C:\\app', 'C:\\www\\app', 'C:\\inner', 'C:\\app\\inner', 'C:\\www\\sub', 'C:\\app\\sub', 'C:\\vd', 'C:\\vd\\sub', 'C:\\other'];

const webConfig = (folder: string, usual: readonly ListName[]): fc.Arbitrary<File | null> => fc.option(
  fc.oneof({ arbitrary: fc.constant(usual), weight: 9 }, { arbitrary: fc.constant(WEB_SERVER), weight: 1 })
    .chain((lists) => parts(WEB_PATHS, lists, { locks: true, sources: true, undeclared: true }, 4))
    .map((list): File => ({ path: `${folder}\\web.config`, parts: list })),
  { nil: null, freq: 3 },
);

/** machine.config and the root web.config of one version and bitness. */
const dotNet = (folder: string, lists: readonly ListName[]): fc.Arbitrary<File[]> => fc.tuple(
  parts([''], lists, { locks: true, sources: false }, 2), parts(['', 'Main', 'Main/app', 'Other'], lists, { locks: true, sources: false }, 3),
).map(([machine, root]) => [{ path: `${folder}\\machine.config`, parts: machine }, { path: `${folder}\\web.config`, parts: root }]);

const server = (inHost: readonly ListName[], inWeb: readonly ListName[], inDotNet: readonly ListName[]): fc.Arbitrary<Tree> => fc.record({
  declarations,
  host: parts(HOST_PATHS, inHost, { locks: true, sources: true }, 8).map((list): File => ({ path: `${HOST_FOLDER}\\applicationHost.config`, parts: list })),
  poolDefaults: attribute('managedRuntimeVersion', 'v4.0', 'v2.0', '').map((a) => [a]),
  pools,
  sites,
  files: fc.tuple(fc.tuple(...WEB_FOLDERS.map((folder) => webConfig(folder, inWeb))), fc.tuple(...DOTNET_FOLDERS.map((folder) => dotNet(folder, inDotNet))))
    .map(([web, net]) => [...web.filter((file) => file !== null), ...net.flat()]),
  notCollected: fc.constant([]),
});

/** A server on which everything is of one section, so that its levels meet more often. */
const single = fc.constantFrom<ListName>('modules', 'handlers', 'isapiFilters', 'httpModules', 'httpHandlers')
  .chain((list) => (list.startsWith('http') ? server(WEB_SERVER, [list], [list]) : server([list], [list], SYSTEM_WEB)));

/** A whole server. */
export const randomTree: fc.Arbitrary<Tree> = fc.oneof({ arbitrary: server(WEB_SERVER, IN_WEB_CONFIG, SYSTEM_WEB), weight: 2 }, { arbitrary: single, weight: 1 });
