import type { Capability, Component, PeFacts, Severity } from '../../../../shared/model/index.ts';
import { pathParts } from '../../../knowledge/index.ts';
import { type CodeFacts, codeOf, having, isVouched, proofRefs, provedWords } from '../../code-facts.ts';
import { notEvaluable, notFound, rule } from '../../rule.ts';
import { signatureRefutes } from '../../signatures.ts';
import { isManaged } from '../../weigh.ts';
import { Subject, distinctRefs, refsOf, registeredWords } from '../../words.ts';

/** Ways in which what was read can leave, or be kept for later. */
const LEAVES = ['uses-http-client', 'connects-to-network', 'queries-dns', 'changes-files', 'encrypts', 'uses-named-pipes'];
const SIGN_IN_TEXT = /\/owa\/auth|auth\.owa|\/adfs\/ls|\/_forms\/default\.aspx|j_security_check/i;
const KINDS: ReadonlySet<Component['kind']> = new Set<Component['kind']>(['native-module', 'isapi-filter', 'isapi-extension', 'managed-module', 'managed-handler']);

interface Read {
  /** The code can read passwords in clear text. */
  readonly passwords: readonly Capability[];
  /** It checks names and passwords itself. */
  readonly checks: readonly Capability[];
  readonly leaves: readonly Capability[];
  /** Literals that name sign-in pages, with their offsets. */
  readonly texts: readonly { readonly text: string; readonly offset: number }[];
}

const isLogon = ({ proof }: Capability): boolean => /!(?:LogonUser|LsaLogonUser|SspiEncodeStringsAsAuthIdentity)/i.test(proof.constant ?? '');

function readOf(pe: PeFacts): Read {
  const namesPassword = having(pe, 'names-server-variables').filter((n) => n.proof.constant === 'AUTH_PASSWORD');
  return {
    passwords: [...having(pe, 'sees-basic-passwords'), ...namesPassword],
    checks: having(pe, 'logs-on').filter(isLogon),
    leaves: LEAVES.flatMap((id) => having(pe, id).filter((c) => !/runtime libraries/.test(c.what)).slice(0, 1)),
    texts: (pe.clr?.userStrings.first ?? []).filter(({ text }) => SIGN_IN_TEXT.test(text)).slice(0, 5),
  };
}

/** A folder in which a product keeps its sign-in pages. */
const inSignInFolder = (c: Component): boolean => {
  const parts = pathParts(c.file?.path ?? c.image ?? '').map((p) => p.toLowerCase());
  return parts.slice(0, -1).some((p, i) => p === 'auth' && i > 0 && ['owa', 'ecp'].includes(parts[i - 1] ?? ''));
};

const isAsked = (c: Component): boolean => KINDS.has(c.kind) && c.origin === 'unknown';

/** Passwords, or checking them at a place of sign-in, are what the rule is about; the rest supports. */
const speaks = (c: Component, read: Read): boolean => read.passwords.length > 0 || (read.checks.length > 0 && (!isManaged(c) || read.texts.length > 0)) || (inSignInFolder(c) && c.registrations.length > 0);

function severityFor(c: Component, read: Read): Severity {
  if (isVouched(c) || c.registrations.length === 0) return 'info';
  if (!isManaged(c)) return read.passwords.length > 0 && (read.leaves.length > 0 || read.checks.length > 0 || read.texts.length > 0 || inSignInFolder(c)) ? 'medium' : 'low';
  // An application that signs its own users in reads passwords and writes files; for sign-in pages of a product it is odd.
  return read.texts.length > 0 || inSignInFolder(c) ? 'medium' : 'low';
}

function sentences(c: Component, read: Read): string[] {
  const list = (found: readonly Capability[]): string => found.slice(0, 4).map(provedWords).join('; ');
  return [
    ...(read.passwords.length > 0 ? [`It can read passwords in clear text: ${list(read.passwords)}.`] : []),
    ...(read.checks.length > 0 ? [`It can try names and passwords itself: ${list(read.checks)}.`] : []),
    ...read.texts.map(({ text, offset }) => `It holds the text "${text.slice(0, 100)}" of a sign-in page [offset 0x${offset.toString(16)}].`),
    ...(inSignInFolder(c) ? ['Its file lies in the folder of the sign-in pages of Outlook on the web or of the Exchange control panel.'] : []),
    ...(read.leaves.length > 0 ? [`What it reads can be kept or sent: ${list(read.leaves)}.`] : []),
  ];
}

const refsOfRead = ({ file }: CodeFacts, read: Read): ReturnType<typeof proofRefs> => [
  ...proofRefs(file, [...read.passwords, ...read.checks, ...read.leaves]),
  ...read.texts.map(({ offset }) => ({ path: file.path, evidencePath: file.evidencePath, offset, sha256: file.sha256 })),
];

/** Code between the visitor and the check of the password. */
export const authInterception = rule(
  'auth-interception',
  {
    title: 'Unknown code that can read passwords of visitors',
    condition: 'The code of an unknown module, filter, extension or handler is called with clear-text passwords (SF_NOTIFY_AUTHENTICATION, IHttpUser::GetPassword, the server variable AUTH_PASSWORD, the header Authorization), or checks passwords itself (LogonUser), or its file lies among the sign-in pages of Exchange.',
    severityHow: 'Native: medium when it can also keep, send or check what it reads, else low. Managed: medium among or for sign-in pages of a product, else low: applications sign their own users in. info for files whose signature leads to a known authority, and for code that nothing registers.',
    reference: 'ATT&CK T1556 (Modify Authentication Process); Microsoft Learn, ISAPI Filter Overview',
    version: 1,
    weight: 1,
    meaning: 'With Basic authentication and forms, the password passes every module and filter that asks for it. A component that does so without being the product for it can collect the passwords of everybody who signs in.',
    rarity: 'rare for native code outside products for sign-in; common for managed code of applications with a sign-in of their own',
    relevance: 'high: passwords that were read are known, whatever is repaired on the server',
    falsePositives: ['Single sign-on products and password-change modules that are not in the list of products.', 'An application that reads the header Authorization for tokens, not for passwords.'],
    supportedBy: ['The server answers with Basic authentication or a form at the URLs that the component serves.', 'A file that grows with each sign-in, or rows of outgoing requests.'],
    refutedBy: ['The product is documented as the sign-in of this server, and the file is the vendor\'s.'],
    attack: ['T1556', 'T1056.003'],
    d3fend: ['D3-SBV', 'D3-SFA'],
    references: ['MITRE ATT&CK T1556, Modify Authentication Process: https://attack.mitre.org/techniques/T1556/', 'MITRE ATT&CK T1056.003, Web Portal Capture: https://attack.mitre.org/techniques/T1056/003/', 'Microsoft Learn, ISAPI Filter Overview: https://learn.microsoft.com/previous-versions/iis/6.0-sdk/ms524610(v=vs.90)'],
  },
  ({ components, images }) =>
    components.filter(isAsked).flatMap((c) => {
      const code = codeOf(c, images);
      const read = code === null ? null : readOf(code.pe);
      if (code === null || read === null || !speaks(c, read)) return [];
      return [{
        severity: severityFor(c, read),
        title: `${Subject(c)} ${read.passwords.length > 0 ? 'can read passwords of visitors' : read.checks.length > 0 ? 'can check passwords itself' : 'lies among the sign-in pages of a product'}`,
        component: c,
        subject: '',
        supports: [...sentences(c, read), ...registeredWords(c)],
        refutes: ['It is the sign-in product of this server, by its vendor\'s documentation.', ...(isManaged(c) ? ['The application signs its own users in with this code.'] : []), ...signatureRefutes(c, 'A valid signature of a vendor whose product is installed on this server.')],
        refs: distinctRefs([...refsOfRead(code, read), ...refsOf(c)]),
        attack: ['T1056.003', 'T1556'],
        first: c.firstSeen,
      }];
    }),
  (c, { images }) => {
    if (!isAsked(c)) return null;
    const code = codeOf(c, images);
    if (code === null) return notEvaluable('Its file was not read: whether it can read passwords is not known.');
    const { checks, leaves } = readOf(code.pe);
    return notFound('Nothing in its code names or is called with clear-text passwords.', ...(checks.length > 0 ? [`It can check passwords: ${checks.map(provedWords).join('; ')}.`] : []), ...(leaves.length > 0 ? [`It can write or send: ${leaves.map((l) => l.id).join(', ')}.`] : []));
  },
);
