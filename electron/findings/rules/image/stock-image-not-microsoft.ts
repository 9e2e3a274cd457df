import type { Component, ComponentSignature, Severity } from '../../../../shared/model/index.ts';
import type { CatalogCount } from '../../../components/index.ts';
import { notEvaluable, notFound, rule } from '../../rule.ts';
import { isMicrosofts, signatureWords } from '../../signatures.ts';
import { isNative } from '../../weigh.ts';
import { Subject, distinctRefs, fileOf, fileRef, fileWords, refsOf, registeredWords } from '../../words.ts';
import { STOCK_IMAGE_NOT_MICROSOFT } from '../../texts/image.ts';

/** Stock files that Windows signs through catalogs alone, by what became of them. */
interface Covered {
  readonly named: number;
  readonly bare: number;
  readonly catalogs: CatalogCount;
}

/** True for signatures that are Microsoft's, for those that another rule tells, and for what cannot be told. */
function isSilent(s: ComponentSignature, catalogs: CatalogCount): boolean {
  if (s.status === 'not-checked' || s.status === 'tampered' || s.status === 'malformed') return true;
  if (s.status === 'unsigned') return catalogs.read === 0;
  return isMicrosofts(s);
}

/** As many stock files as are named by catalogs tell how much a missing one means: of a part of the catalogs nothing follows. */
function severityFor(s: ComponentSignature, { named, bare, catalogs }: Covered): Severity {
  if (s.status !== 'unsigned') return catalogs.read > 0 ? 'high' : 'medium';
  if (named === 0) return 'info';
  return named >= bare ? 'high' : 'medium';
}

function shareWords({ named, bare, catalogs }: Covered): string {
  const unread = catalogs.unread === 0 ? '' : ` ${catalogs.unread} more could not be read whole.`;
  if (named === 0) return `${catalogs.read} catalogs were read, and none names any stock file of this server: they seem to be a part of those that Windows has.${unread}`;
  return `${catalogs.read} catalogs were read: they name ${named} of ${named + bare} files of Windows that have no signature of their own, and not this one.${unread}`;
}

const files = (components: readonly Component[], status: ComponentSignature['status']): number =>
  new Set(components.flatMap((c) => c.signatures.filter((s) => s.status === status).map((s) => fileOf(c, s)?.evidencePath))).size;

/** A file at the place and under the name of one of Windows that Microsoft did not sign. */
export const stockImageNotMicrosoft = rule(
  'stock-image-not-microsoft',
  STOCK_IMAGE_NOT_MICROSOFT,
  ({ components, catalogs = { read: 0, unread: 0 } }) => {
    const stock = components.filter((c) => c.origin === 'stock' && c.file !== null && isNative(c));
    const covered: Covered = { named: files(stock, 'catalog'), bare: files(stock, 'unsigned'), catalogs };
    return stock.flatMap((c) => c.signatures.filter((s) => !isSilent(s, catalogs)).map((s) => {
      const file = fileOf(c, s);
      const bare = s.status === 'unsigned';
      return {
        severity: severityFor(s, covered),
        title: `${Subject(c)} ${bare ? 'has no signature, and no catalog names it' : 'is not signed as Microsoft\'s own'}${s.which === 'file32' ? ' (the file that 32-bit processes load)' : ''}`,
        component: c,
        subject: s.which,
        supports: [`Of ${file?.path ?? file?.evidencePath ?? 'the file'}: ${signatureWords(s)}.`, ...(bare ? [shareWords(covered)] : []), `Baseline: ${c.originReason}.`, ...registeredWords(c), fileWords(c)],
        refutes: bare
          ? ['The catalog of the update that brought the file was not collected: on a server of the same build a file of the same hash is signed.', 'The component store of the server (WinSxS) holds the same file.']
          : ['A product replaces this file by its documentation.', 'A catalog that was not collected names the file.'],
        refs: distinctRefs([...fileRef(file), ...refsOf(c)]),
        attack: ['T1554'],
        first: c.firstSeen,
      };
    }));
  },
  (c, { catalogs = { read: 0, unread: 0 } }) => {
    if (c.origin !== 'stock' || !isNative(c)) return null;
    if (c.file === null) return c.fileStatus === 'not-collected' ? notEvaluable(`Its file was not collected: ${c.image ?? ''}. Its hash and signature would tell.`) : null;
    const bare = c.signatures.some((s) => s.status === 'unsigned');
    if (bare && catalogs.read === 0) return notEvaluable('Its file has no signature of its own, as most files of Windows; the catalogs that would name it (System32\\CatRoot) were not collected.');
    const checked = c.signatures.filter((s) => s.status !== 'not-checked');
    return checked.length === 0 ? notEvaluable('Its signature was not checked.') : notFound(...checked.map((s) => `Of ${fileOf(c, s)?.path ?? 'its file'}: ${signatureWords(s)}.`));
  },
);
