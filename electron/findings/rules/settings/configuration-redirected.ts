import { quote } from '../../../../shared/base/limits.ts';
import { UNKNOWN_MOMENT } from '../../../../shared/model/index.ts';
import { rule } from '../../rule.ts';
import { lineOf } from '../../words.ts';

/** With redirection on, the file at the usual place is not the one that IIS reads. */
export const configurationRedirected = rule(
  'configuration-redirected',
  {
    title: 'The configuration in force lies elsewhere',
    condition: 'redirection.config switches configuration redirection on.',
    severityHow: 'info where the file in force was collected and read; low where it was not: what runs on this server is then not known.',
    reference: 'Microsoft Learn, configurationRedirection',
    version: 1,
    weight: 0,
    meaning: 'With shared configuration, applicationHost.config and administration.config are read from another folder, mostly a share. The local files are left behind and can say anything.',
    rarity: 'common in web farms; rare on a single server',
    relevance: 'high for the examination: without the file in force no answer about this server is complete',
    falsePositives: ['Web farms use it as it is meant.'],
    supportedBy: ['The folder is on a machine that is not part of the farm, or local to the server.'],
    refutedBy: ['The farm is documented, and its shared folder is the one that is named.'],
    attack: ['T1505.004'],
    d3fend: ['D3-SWI', 'D3-RC'],
    references: ['Microsoft Learn, Configuration Redirection: https://learn.microsoft.com/iis/configuration/configurationredirection'],
  },
  ({ redirection }) =>
    redirection === undefined ? [] : [{
      severity: redirection.read ? ('info' as const) : ('low' as const),
      title: redirection.read ? `IIS reads its configuration from ${quote(redirection.folder, 200)}` : `What runs on this server is not known: IIS reads its configuration from ${quote(redirection.folder, 200)}, which was not collected`,
      component: null,
      subject: redirection.folder,
      supports: [
        `redirection.config switches it on (${lineOf(redirection.ref)}).`,
        redirection.read ? 'That file was read; the local applicationHost.config is not in force.' : 'The local applicationHost.config was read, and it is not the one in force: components of this case may be those of an earlier time, and others may run.',
      ],
      refutes: ['The server belongs to a web farm whose shared configuration lies there, by its documentation.', ...(redirection.read ? [] : ['Collect the file in force and read the evidence again.'])],
      refs: [redirection.ref],
      first: UNKNOWN_MOMENT,
    }],
);
