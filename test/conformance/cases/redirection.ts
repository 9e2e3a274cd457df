import { type CaseGroup, unknown } from '../case.ts';
import { appHost, configuration } from '../files.ts';
import { PAGE } from '../references.ts';

const RULE = 'With enabled="true" IIS reads its configuration files from the folder that path names.';
const to = (attributes: string): string => configuration(`<configurationRedirection ${attributes} />`);
const ELSEWHERE = '\\\\farm\\config\\applicationHost.config';

export const REDIRECTION: CaseGroup = {
  group: 'shared configuration',
  cases: [
    {
      id: 'redirection', title: 'configuration on a share',
      rule: RULE,
      reference: PAGE.redirection, confidence: 'documented',
      host: appHost(), files: { redirection: to('enabled="true" path="\\\\farm\\config"') }, redirectedTo: '\\\\farm\\config',
    },
    {
      id: 'redirection-expanded', title: 'configuration in a local folder, with a variable',
      rule: 'path is marked expanded.',
      reference: 'IIS_schema.xml, sectionSchema configurationRedirection', confidence: 'schema',
      host: appHost(), files: { redirection: to('enabled="true" path="%SystemDrive%\\shared"') }, redirectedTo: 'C:\\shared',
    },
    {
      id: 'redirection-off', title: 'enabled="false"',
      rule: RULE,
      reference: PAGE.redirection, confidence: 'documented',
      host: appHost(), files: { redirection: to('enabled="false" path="C:\\shared"') }, redirectedTo: null,
    },
    {
      id: 'redirection-default', title: 'enabled is false unless said otherwise',
      rule: 'The default value of enabled is false.',
      reference: PAGE.redirection, confidence: 'documented',
      host: appHost(), files: { redirection: to('path="C:\\shared"') }, redirectedTo: null,
    },
    { id: 'redirection-none', title: 'no redirection.config', rule: RULE, reference: PAGE.redirection, confidence: 'documented', host: appHost(), redirectedTo: null },
    {
      id: 'redirection-not-collected', title: 'the file in force was not collected',
      rule: 'The local applicationHost.config is not the one in force, so nobody can tell the lists.',
      reference: PAGE.redirection, confidence: 'documented',
      host: appHost(), files: { redirection: to('enabled="true" path="\\\\farm\\config"') }, inForceElsewhere: ELSEWHERE,
      expect: { modules: unknown(ELSEWHERE), globalModules: unknown(ELSEWHERE), handlers: unknown(ELSEWHERE) },
    },
  ],
};
