import { type CaseGroup, effective, invalid } from '../case.ts';
import { application, appHost, configuration, handler, handlers, HANDLER_H, location, managed, modules, MODULES_AB, site, web } from '../files.ts';
import { PAGE, SCHEMA } from '../references.ts';

const LOCKED = /500\.19.*0x80070021/;
const TWO = site(application('/', 'www') + application('/app', 'app')) + site(application('/', 'second'), 'Second', 2);
const MINIMAL = { unlocked: null, root: `${MODULES_AB}\n${HANDLER_H}` };
const S = modules(managed('S'));
const K = handlers(handler('K'));
const BY_DEFAULT = 'overrideModeDefault="Deny" locks a section to the level where it is defined.';
const MODE = 'overrideMode Allow unlocks, Deny locks, Inherit takes what the parents say, in the end overrideModeDefault.';
const LEGACY = 'allowOverride="true" is Allow, "false" is Deny.';
const NEVER = 'A level can never unlock what a parent level locked.';

export const SECTION_LOCKS: CaseGroup = {
  group: 'locks of sections',
  cases: [
    {
      id: 'lock-default', title: 'a section that is locked by default, in a web.config',
      rule: BY_DEFAULT,
      reference: PAGE.error50019, confidence: 'documented',
      host: appHost(MINIMAL), files: { www: S }, expect: { modules: invalid(LOCKED) },
    },
    {
      id: 'lock-default-unused', title: 'a locked section that nobody writes',
      rule: BY_DEFAULT,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(MINIMAL), expect: { modules: effective('A', 'B'), handlers: effective('H') },
    },
    {
      id: 'lock-default-child', title: 'an application below that web.config',
      rule: 'The web.config of the parent is part of the configuration of the application.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(MINIMAL), files: { www: S }, app: '/app', expect: { modules: invalid(LOCKED) },
    },
    {
      id: 'lock-other-section', title: 'only the locked section is concerned',
      rule: 'A lock holds for one section.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ root: MODULES_AB, unlocked: HANDLER_H }),
      files: { www: web('<modules><add name="S" type="T.S" /></modules>\n<handlers><add name="K" path="k" verb="*" type="T.K" /></handlers>') },
      expect: { modules: invalid(LOCKED), handlers: effective('K', 'H') },
    },
    {
      id: 'lock-stock-unlocks', title: 'location path="" overrideMode="Allow", as installed with ASP.NET',
      rule: MODE,
      reference: PAGE.locking, confidence: 'documented',
      host: appHost(), files: { www: S }, expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'lock-allow-by-default', title: 'a section without overrideModeDefault',
      rule: 'If overrideModeDefault is missing the default is Allow.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ ...MINIMAL, declare: { modules: 'allowDefinition="MachineToApplication"' } }), files: { www: S },
      expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'lock-unlock-one-site', title: 'unlocked for one site',
      rule: MODE,
      reference: PAGE.locking, confidence: 'documented',
      host: appHost({ ...MINIMAL, sites: TWO, more: location('Main', '<modules />', 'overrideMode="Allow"') }), files: { www: S },
      expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'lock-unlock-one-site-only', title: 'and still locked for another',
      rule: MODE,
      reference: PAGE.locking, confidence: 'documented',
      host: appHost({ ...MINIMAL, sites: TWO, more: location('Main', '<modules />', 'overrideMode="Allow"') }), files: { second: S }, site: 'Second', expect: { modules: invalid(LOCKED) },
    },
    {
      id: 'lock-unlock-reaches-applications', title: 'unlocked for a site and what lies below it',
      rule: MODE,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ ...MINIMAL, more: location('Main', '<modules />', 'overrideMode="Allow"') }), files: { app: modules(managed('X')) }, app: '/app', expect: { modules: effective('A', 'B', 'X') },
    },
    {
      id: 'lock-deny-site', title: 'locked for one site',
      rule: MODE,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ sites: TWO, more: location('Main', '<handlers />', 'overrideMode="Deny"') }), files: { www: K }, expect: { handlers: invalid(LOCKED) },
    },
    {
      id: 'lock-deny-site-only', title: 'and free for another',
      rule: MODE,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ sites: TWO, more: location('Main', '<handlers />', 'overrideMode="Deny"') }), files: { second: K }, site: 'Second', expect: { handlers: effective('K', 'H') },
    },
    {
      id: 'lock-deny-with-content', title: 'a location tag sets values and locks them',
      rule: 'A location tag with overrideMode="Deny" may change the section and lock it.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main', `<handlers>${handler('L')}</handlers>`, 'overrideMode="Deny"') }), expect: { handlers: effective('L', 'H') },
    },
    {
      id: 'lock-inherit-locked', title: 'overrideMode="Inherit" below a lock',
      rule: MODE,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ ...MINIMAL, more: location('Main', '<modules />', 'overrideMode="Inherit"') }), files: { www: S }, expect: { modules: invalid(LOCKED) },
    },
    {
      id: 'lock-inherit-unlocked', title: 'overrideMode="Inherit" below an unlock',
      rule: MODE,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main', '<modules />', 'overrideMode="Inherit"') }), files: { www: S }, expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'lock-no-mode', title: 'a location tag without overrideMode',
      rule: 'Inherit is the default value of overrideMode.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ ...MINIMAL, more: location('Main', '<modules />') }), files: { www: S }, expect: { modules: invalid(LOCKED) },
    },
    {
      id: 'lock-legacy-allow', title: 'allowOverride="true"',
      rule: LEGACY,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ ...MINIMAL, more: location('Main', '<modules />', 'allowOverride="true"') }), files: { www: S },
      expect: { modules: effective('A', 'B', 'S') },
    },
    {
      id: 'lock-legacy-deny', title: 'allowOverride="false"',
      rule: LEGACY,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main', '<modules />', 'allowOverride="false"') }), files: { www: S }, expect: { modules: invalid(LOCKED) },
    },
    {
      id: 'lock-both-attributes', title: 'overrideMode and allowOverride on one tag',
      rule: 'A location tag cannot have both; this is illegal and fails.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main', '<modules />', 'overrideMode="Allow" allowOverride="true"') }),
      expect: { modules: invalid(/500\.19.*overrideMode.*allowOverride/) },
    },
    {
      id: 'lock-inner-allow', title: 'Deny for a site and Allow for its application in one file',
      rule: 'What was locked at a level can be unlocked at that level.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main', '<modules />', 'overrideMode="Deny"') + location('Main/app', '<modules />', 'overrideMode="Allow"') }),
      files: { app: modules(managed('X')) }, app: '/app', expect: { modules: effective('A', 'B', 'X') },
    },
    {
      id: 'lock-inner-allow-site', title: 'the site stays locked',
      rule: 'What was locked at a level can be unlocked at that level.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main', '<modules />', 'overrideMode="Deny"') + location('Main/app', '<modules />', 'overrideMode="Allow"') }),
      files: { www: S }, expect: { modules: invalid(LOCKED) },
    },
    {
      id: 'lock-site-content-by-server', title: 'a location tag of applicationHost.config sets a locked section',
      rule: 'A location tag is considered to be at the level of its file, which matters for locks.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ ...MINIMAL, more: location('Main', `<modules>${managed('L')}</modules>`) }), expect: { modules: effective('A', 'B', 'L') },
    },
    {
      id: 'lock-in-web-config', title: 'a web.config locks for the levels below',
      rule: 'Any level can lock configuration for the paths under it.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: configuration(location(null, '<handlers />', 'overrideMode="Deny"')), app: K }, app: '/app', expect: { handlers: invalid(LOCKED) },
    },
    {
      id: 'lock-in-web-config-directory', title: 'also for directories',
      rule: 'Any level can lock configuration for the paths under it.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('.', '<handlers />', 'overrideMode="Deny"')), 'www/up': K }, url: 'up', expect: { handlers: invalid(LOCKED) },
    },
    {
      id: 'lock-in-web-config-own', title: 'its own content stands',
      rule: 'Locking takes effect for the levels below.',
      reference: PAGE.locking, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('.', `<handlers>${handler('K')}</handlers>`, 'overrideMode="Deny"')) },
      expect: { handlers: effective('K', 'H') },
    },
    {
      id: 'lock-in-web-config-path', title: 'a web.config locks one path below it',
      rule: 'Any level can lock configuration for the paths under it.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('up', '<handlers />', 'overrideMode="Deny"')), 'www/down': K }, url: 'down', expect: { handlers: effective('K', 'H') },
    },
    {
      id: 'lock-deny-application-spares-parent', title: 'a lock for an application does not bind the web.config of its site',
      rule: 'A location tag locks for its path and below.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/app', '<handlers />', 'overrideMode="Deny"') }), files: { www: K }, app: '/app', expect: { handlers: effective('K @www:3', 'H') },
    },
    {
      id: 'lock-deny-application', title: 'but that of the application',
      rule: 'A location tag locks for its path and below.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/app', '<handlers />', 'overrideMode="Deny"') }), files: { app: K }, app: '/app', expect: { handlers: invalid(LOCKED) },
    },
    {
      id: 'lock-in-web-config-application-folder', title: 'and a folder of the application, when the site locks it',
      rule: 'Any level can lock configuration for the paths under it.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('app', '<handlers />', 'overrideMode="Deny"')), 'app/up': K }, app: '/app', url: 'up', expect: { handlers: invalid(LOCKED) },
    },
    {
      id: 'lock-legacy-web-config', title: 'allowOverride="false" in a web.config',
      rule: LEGACY,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(), files: { www: configuration(location('.', '<handlers />', 'allowOverride="false"')), app: K }, app: '/app', expect: { handlers: invalid(LOCKED) },
    },
    {
      id: 'lock-both-attributes-elsewhere', title: 'overrideMode and allowOverride on the tag of another site',
      rule: 'A location tag cannot have both; the section is invalid where the tag counts.',
      reference: PAGE.deepDive, confidence: 'assumed', assumes: null,
      host: appHost({ more: location('Other', '<modules />', 'overrideMode="Allow" allowOverride="true"') }), expect: { modules: effective('A', 'B') },
    },
    {
      id: 'lock-cannot-unlock', title: 'a web.config that unlocks what the server locked',
      rule: NEVER,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(MINIMAL), files: { www: configuration(location('.', '<modules><add name="S" type="T.S" /></modules>', 'overrideMode="Allow"')) },
      expect: { modules: invalid(LOCKED) },
    },
    {
      id: 'lock-cannot-unlock-child', title: 'a web.config that unlocks it for an application',
      rule: NEVER,
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost(MINIMAL), files: { www: configuration(location('app', `<modules>${managed('U')}</modules>`, 'overrideMode="Allow"')) }, app: '/app', expect: { modules: invalid(/500\.19/) },
    },
    {
      id: 'lock-conflict', title: 'the server unlocks an application, the web.config of its site locks the section',
      rule: 'Conflicting lock and unlock are illegal configuration and fail.',
      reference: PAGE.deepDive, confidence: 'documented',
      host: appHost({ more: location('Main/app', '<modules />', 'overrideMode="Allow"') }),
      files: { www: configuration(location(null, '<modules />', 'overrideMode="Deny"')) }, app: '/app', expect: { modules: invalid(/500\.19/) },
    },
    {
      id: 'lock-section-lock-item', title: 'lockItem on the section element',
      rule: 'An entire section is locked by a location tag or by lockItem="true" on its tag.',
      reference: PAGE.locking, confidence: 'documented',
      host: appHost({ unlocked: `${MODULES_AB.replace('<modules>', '<modules lockItem="true">')}\n${HANDLER_H}` }), files: { www: S },
      expect: { modules: invalid(/500\.19/) },
    },
    {
      id: 'lock-section-lock-item-own', title: 'lockItem on the section element, nothing below',
      rule: 'Locking takes effect for the levels below.',
      reference: PAGE.locking, confidence: 'documented',
      host: appHost({ unlocked: MODULES_AB.replace('<modules>', '<modules lockItem="true">') }), expect: { modules: effective('A', 'B') },
    },
    {
      id: 'lock-empty-element', title: 'an empty element of a locked section',
      rule: 'A locked section cannot be written at all below, not even empty.',
      reference: PAGE.locking, confidence: 'assumed', assumes: null,
      host: appHost(MINIMAL), files: { www: web('<modules />') }, expect: { modules: invalid(LOCKED) },
    },
    {
      id: 'lock-global-filters', title: 'isapiFilters is locked as installed',
      rule: BY_DEFAULT,
      reference: SCHEMA.declarations, confidence: 'schema',
      host: appHost(), files: { www: web('<isapiFilters><filter name="F" path="C:\\f.dll" /></isapiFilters>') }, expect: { isapiFilters: invalid(LOCKED) },
    },
  ],
};
