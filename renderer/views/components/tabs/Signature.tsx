import type { ReactNode } from 'react';
import type { CertificateFacts, PeFacts, SignatureFacts } from '../../../../shared/model/index.ts';
import { useTimeText } from '../../../state/react.ts';
import { Badge, Fields, Lines, VisibleText, type Field } from '../../../ui/index.ts';
import { PlaceLink, SharedValue } from '../explore.tsx';
import type { Program } from '../use-program.ts';
import { NOT_READ, SIGNATURE_TONE, signatureSentence, signatureWords, statusOf } from '../words.ts';

/** The verdict with its reasons, then every signature of the file with all that was checked. */
export function Signature({ program, facts }: { readonly program: Program; readonly facts: PeFacts }): ReactNode {
  const verdict = program.authenticode;
  const status = statusOf(program);
  const tone = SIGNATURE_TONE[status];
  return (
    <div className="pad column">
      <section aria-label="Verdict">
        <p><Badge {...(tone === undefined ? {} : { tone })}>{signatureWords(status)}</Badge> {signatureSentence(status)}</p>
        {verdict === null || verdict.reasons.length === 0 ? null : <ul className="reasons">{verdict.reasons.map((r) => <li key={r}><VisibleText text={r} /></li>)}</ul>}
        {verdict === null ? null : <Fields label="Verdict" fields={verdictFields(verdict)} />}
      </section>
      {facts.signatures === null ? <p className="note-line pad-line" role="note">The signatures themselves: {NOT_READ}</p> : <Table facts={facts} signatures={facts.signatures} />}
      {facts.signatures?.signatures.map((s) => <One key={s.place} signature={s} />)}
    </div>
  );
}

function verdictFields(v: NonNullable<Program['authenticode']>): readonly Field[] {
  return [
    ...v.signers.map((s) => ({ name: 'signer', value: <><VisibleText text={s.subject} /> <SharedValue shared={{ by: 'signer', value: s.thumbprint }} words="signer" /><br /><span className="dim">issued by <VisibleText text={s.issuer} />; {s.pinnedCa === null ? 'leads to no authority that this program knows' : <>rests on <VisibleText text={s.pinnedCa} /></>}</span></> })),
    ...(v.catalog === null ? [] : [{ name: 'catalog', value: v.catalog }]),
  ];
}

function Table({ facts, signatures }: { readonly facts: PeFacts; readonly signatures: NonNullable<PeFacts['signatures']> }): ReactNode {
  const { table, digests } = signatures;
  return (
    <section aria-label="Certificate table">
      <h3>Certificate table and digests</h3>
      <Fields fields={[
        { name: 'table', value: table === null ? (facts.certificateTable === null ? 'none' : 'not readable') : <>{table.entries} {table.entries === 1 ? 'entry' : 'entries'}, {table.size} bytes at <PlaceLink place={{ offset: table.offset, length: Math.max(1, table.size) }} /></> },
        ...(table === null ? [] : [...table.malformed, ...table.remarks].map((text) => ({ name: 'remark', value: <span className="warn"><VisibleText text={text} /></span> }))),
        { name: 'digest SHA-256', value: digests?.sha256 ?? 'could not be computed' }, { name: 'digest SHA-1', value: digests?.sha1 ?? 'could not be computed' },
      ]} />
    </section>
  );
}

const holds = (yes: boolean | null): ReactNode => (yes === null ? 'could not be checked' : yes ? 'holds' : <span className="bad">does not hold</span>);

function One({ signature: s }: { readonly signature: SignatureFacts }): ReactNode {
  const time = useTimeText();
  const t = s.timestamp;
  return (
    <section aria-label={`Signature ${s.place}`} className="registration">
      <h3>Signature: <VisibleText text={s.place} /> {s.offset === null ? null : <PlaceLink place={{ offset: s.offset, length: 8 }} />}</h3>
      <Fields fields={[
        { name: 'digest', value: <>{s.digestAlgorithm ?? 'unknown algorithm'}: {s.digestMatches === null ? 'could not be checked' : s.digestMatches ? 'is that of the file' : <span className="bad">is not that of the file</span>}</> },
        { name: 'signed digest', value: s.signedDigest ?? 'none' },
        ...(s.digestMatches === true ? [] : [{ name: 'digest of the file', value: s.actualDigest ?? 'could not be computed' }]),
        { name: 'signed content', value: holds(s.contentHolds) }, { name: 'signature', value: holds(s.signatureHolds) },
        ...(s.program === null ? [] : [{ name: 'says it is', value: s.program }]),
        { name: 'timestamp', value: t === null ? 'none' : <>{t.kind === 'rfc3161' ? 'RFC 3161' : 'legacy countersignature'}, <span className="mono">{time(t.time)}</span>: {holds(t.holds)}{t.reasons.length === 0 ? null : <Lines texts={t.reasons} />}</> },
        { name: 'page hashes', value: s.pageHashes === null ? 'none' : `${s.pageHashes.pages} pages, ${s.pageHashes.algorithm}: ${s.pageHashes.wrong.length === 0 ? 'all hold' : `wrong at page ${s.pageHashes.wrong.slice(0, 20).join(', ')}${s.pageHashes.wrong.length > 20 ? ' ...' : ''}`}` },
        ...s.remarks.map((r) => ({ name: 'remark', value: <span className="warn"><VisibleText text={r} /></span> })),
      ]} />
      <h4>Chain, signer first</h4>
      <Chain chain={s.chain} />
      {t === null || t.chain.length === 0 ? null : <details><summary>Chain of the timestamp ({t.chain.length})</summary><Chain chain={t.chain} /></details>}
    </section>
  );
}

function Chain({ chain }: { readonly chain: readonly CertificateFacts[] }): ReactNode {
  const time = useTimeText();
  if (chain.length === 0) return <p className="dim">The signature carries no certificate of its signer.</p>;
  return (
    <ol className="chain">
      {chain.map((c) => (
        <li key={c.sha256}>
          <p><VisibleText text={c.subject} />{c.selfSigned ? <span className="warn"> signed by itself</span> : null}</p>
          <p className="quiet">issued by <VisibleText text={c.issuer} />; {c.isCa ? 'an authority' : 'no authority'}; {c.signatureAlgorithm}</p>
          <p className="quiet mono">{time(c.notBefore)} to {time(c.notAfter)}</p>
          <p className="quiet mono">thumbprint {c.thumbprint}, serial <VisibleText text={c.serial} /></p>
        </li>
      ))}
    </ol>
  );
}
