import { quote } from '../../../../shared/base/limits.ts';
import type { Component, Registration, Severity } from '../../../../shared/model/index.ts';
import { sectionName } from '../../../components/index.ts';
import { notFound, rule } from '../../rule.ts';
import { Subject, distinctRefs, lineOf, refsOf, registrationRef } from '../../words.ts';

/** Folders of files that are stored or handed out: whoever may upload there may also write a web.config. */
const CONTENT = /^(?:_?uploads?|uploaded|user_?files|attachments?|avatars?|images?|img|pics?|pictures|photos?|media|videos?|static|assets|css|styles?|js|scripts?|fonts?|files?|documents?|docs|downloads?|temp|tmp|cache|backups?|export|import|public|aspnet_client)$/i;
/** What answers requests, or lets itself be asked before the answer. */
const SECTIONS: ReadonlySet<string> = new Set(['handlers', 'httpHandlers', 'modules', 'httpModules', 'isapiFilters', 'fastCgi']);

const placed = (c: Component): Registration[] => c.registrations.filter((r) => r.scope.startsWith('dir:') && SECTIONS.has(sectionName(r.section)));
/** The folder of the path, below the application, that a name gives away; null without one. */
const contentFolder = (r: Registration): string | null => r.scope.slice(r.scope.indexOf('/') + 1).split('/').find((part) => CONTENT.test(part)) ?? null;

const isAsked = (c: Component): boolean => c.origin !== 'stock' && c.kind !== 'other' && c.registrations.length > 0;

function severityFor(c: Component, own: readonly Registration[]): Severity {
  if (c.origin !== 'unknown') return 'info';
  return own.some((r) => contentFolder(r) !== null) ? 'medium' : 'low';
}

/** An entry where nobody configures anything: in a folder below an application. */
export const registeredInContentFolder = rule(
  'registered-in-content-folder',
  {
    title: 'Component registered in a folder below an application',
    condition: 'A web.config or location tag for a folder below an application names a handler, module, filter or program that is not part of Windows.',
    severityHow: 'medium in a folder whose name says that it holds uploads, pictures, styles or other content; low in another folder; info for known products.',
    reference: 'Microsoft Learn, handlers (allowDefinition Everywhere); ATT&CK T1505.003',
    version: 1,
    weight: 2,
    meaning: 'Handlers may be declared in any folder, and whoever can write files there can write a web.config too. Products and deployments configure their application at its root; an entry deeper down turns a folder of content into code.',
    rarity: 'rare in folders of content; now and then in folders of administration or services',
    relevance: 'high: a file upload becomes code that runs',
    falsePositives: ['Views folders of ASP.NET MVC, which refuse requests by a stock handler (not counted).', 'An application inside another that is not marked as one in IIS.', 'Picture resizers that map their handler for one folder.'],
    supportedBy: ['The web.config is younger than the application, or no deployment package has it.', 'Requests for that folder have answers with status 200 and a size that no picture has.'],
    refutedBy: ['The deployment package of the application has the same file in the same folder.'],
    attack: ['T1505.003', 'T1505.004'],
    d3fend: ['D3-SWI', 'D3-WSAA'],
    references: ['Microsoft Learn, Handlers: https://learn.microsoft.com/iis/configuration/system.webserver/handlers/', 'MITRE ATT&CK T1505.003, Web Shell: https://attack.mitre.org/techniques/T1505/003/'],
  },
  ({ components }) =>
    components.filter(isAsked).flatMap((c) => {
      const own = placed(c);
      const [first] = own;
      if (first === undefined) return [];
      const folder = own.map(contentFolder).find((f) => f !== null) ?? null;
      return [{
        severity: severityFor(c, own),
        title: `${Subject(c)} is registered in the folder ${quote(first.scope.slice('dir:'.length), 120)}${folder === null ? ', below an application' : `, which by its name holds content (${folder})`}`,
        component: c,
        subject: '',
        supports: [
          ...own.slice(0, 5).map((r) => `${sectionName(r.section)} at ${lineOf(r)}, scope ${r.scope}.`),
          ...(own.length > 5 ? [`And ${own.length - 5} more such entries.`] : []),
          'It is no application of its own: IIS takes handlers there from any web.config, if the section is not locked.',
        ],
        refutes: ['The deployment package of the application has this web.config in this folder.', 'Nobody but administrators can write to the folder.'],
        refs: distinctRefs([...own.map(registrationRef), ...refsOf(c)]),
        attack: ['T1505.003'],
        first: c.firstSeen,
      }];
    }),
  (c) => (isAsked(c) ? notFound(`Its entries are those of ${[...new Set(c.registrations.map((r) => r.scope))].slice(0, 3).join(', ')}: none stands in a folder below an application.`) : null),
);
