import type { ReactNode } from 'react';
import type { Capability, ClrFacts } from '../../../../shared/model/index.ts';
import { byteSize, count, Fields, VisibleText } from '../../../ui/index.ts';
import { PlaceLink, SharedValue, TokenLink, useExplore } from '../explore.tsx';
import { NOT_READ } from '../words.ts';

const STRONG_NAME = { none: 'none', 'delay-signed': 'a public key and no signature (delay-signed)', 'key-only': 'a public key; precompiling leaves no signature', signed: 'a public key and a signature (not verified)' } as const;
const START = {
  found: 'ASP.NET calls it before the application starts', 'not-callable': 'ASP.NET cannot call it: not public, not static, or it takes parameters', missing: 'the file has no such method', 'other-assembly': 'lies in another assembly',
} as const;
const PRECOMPILED = { none: 'no, IL only', 'ready-to-run': 'ReadyToRun', ngen: 'NGEN image' } as const;

/** What the metadata of a .NET file say. @param old the facts come from a version that read less */
export function DotNet({ clr, capabilities, old }: { readonly clr: ClrFacts; readonly capabilities: readonly Capability[]; readonly old: boolean }): ReactNode {
  const unread = (shown: string): string => (old ? NOT_READ : shown);
  return (
    <div className="pad column">
      <Fields label="Assembly" fields={[
        { name: 'assembly', value: <SharedValue shared={{ by: 'assembly', value: clr.assembly === '' ? '-' : clr.assembly }} words="assembly name" /> },
        { name: 'module', value: unread(clr.module) }, { name: 'version', value: clr.version }, { name: 'runtime', value: clr.runtime },
        { name: 'MVID', value: <SharedValue shared={{ by: 'mvid', value: clr.mvid === '' ? '-' : clr.mvid }} words="MVID" /> },
        { name: 'public key token', value: clr.publicKeyToken ?? 'none' }, { name: 'strong name', value: unread(STRONG_NAME[clr.strongName]) },
        { name: 'culture', value: unread(clr.culture === '' ? 'neutral' : clr.culture) }, { name: 'target framework', value: unread(clr.targetFramework ?? 'not stated') },
        { name: 'native code too', value: clr.mixedMode ? 'yes (mixed mode)' : 'no' }, { name: 'precompiled', value: unread(PRECOMPILED[clr.precompiled]) },
        { name: 'events', value: clr.events.length === 0 ? 'none' : clr.events.join(', ') }, ...(clr.startMethods.length === 0 ? [{ name: 'runs at start', value: clr.preApplicationStart.length === 0 ? 'nothing' : clr.preApplicationStart.join(', ') }] : []),
        { name: 'debug build', value: unread(clr.debugBuild === null ? 'not stated' : clr.debugBuild ? 'yes: not optimised' : 'no') },
        { name: 'GUID', value: unread(clr.guid ?? 'not stated') },
      ]} />
      {clr.startMethods.length === 0 ? null : <Part title="Runs at start (PreApplicationStartMethod)" rows={clr.startMethods} none="None." render={(m) => <><Name text={m.target} at={/[^:.]*$/} /> <Token token={m.token} /> <span className={m.state === 'found' ? 'dim' : 'warn'}>{START[m.state]}</span> {m.method === null ? null : <TokenLink token={m.method} name={m.target} />}</>} />}
      <Part title="Marks of obfuscation" rows={clr.obfuscation} none={unread('None was found.')} render={(o) => <><VisibleText text={o.message} /> <Token token={o.token} /></>} />
      <Part title="Types that ASP.NET calls" rows={clr.httpTypes} none="None." render={(t) => <><Name text={t.type} /> <span className="dim">implements <VisibleText text={t.implements.join(', ')} />{t.through === undefined ? null : <>, through <VisibleText text={t.through} /></>}</span></>} />
      {clr.httpInterfaces.length === 0 ? null : <Part title="Interfaces that extend one which ASP.NET calls" rows={clr.httpInterfaces} none="None." render={(t) => <><Name text={t.type} /> <span className="dim">extends <VisibleText text={t.implements.join(', ')} /></span></>} />}
      <Part title="Types whose parents lie in other assemblies" rows={clr.openTypes} none={unread('None.')} render={(t) => <><Name text={t.type} /> <Token token={t.token} /> <span className="dim">from <VisibleText text={t.parents.map((p) => `${p.type} in ${p.assembly}`).join(', ')} /></span></>} />
      <Part title="Functions of native code (P/Invoke)" rows={clr.pinvokes} none={unread('None.')} render={(p) => <><Name text={p.name} /> <span className="dim">of <VisibleText text={p.dll} />, as <VisibleText text={p.method} /></span> <TokenLink token={p.token} name={p.method} /></>} />
      <Part title="Resources" rows={clr.resources} none={unread('None.')} render={(r) => <><VisibleText text={r.name} mono /> {r.size === null ? null : <span className="dim">{byteSize(r.size)}</span>} {r.offset === null ? null : <PlaceLink place={{ offset: r.offset, length: Math.max(1, r.size ?? 1) }} />}</>} />
      <Part title={`User strings (${count(clr.userStrings.count)}${clr.userStrings.count > clr.userStrings.first.length ? `, the first ${clr.userStrings.first.length}; the Strings tab has all` : ''})`} rows={clr.userStrings.first} none={unread('None.')} render={(s) => <><PlaceLink place={{ offset: s.offset, length: Math.max(1, s.text.length * 2) }} /> <VisibleText text={s.text} mono /></>} />
      <Part title="Other constants that prove a capability" rows={capabilities.filter((c) => c.proof.token !== undefined)} none="None." render={(c) => <><VisibleText text={c.what} /> <span className="mono quiet"><VisibleText text={c.proof.constant ?? ''} /></span> <Token token={c.proof.token ?? null} /></>} />
      {clr.forwards.length === 0 ? null : <Part title="Types that it forwards to other assemblies" rows={clr.forwards} none="None." render={(f) => <><VisibleText text={f.type} mono /> <span className="dim">to <VisibleText text={f.assembly} /></span></>} />}
      <Part title="References" rows={clr.references} none="None." render={(r) => <VisibleText text={r} mono />} />
    </div>
  );
}

function Part<R>({ title, rows, none, render }: { readonly title: string; readonly rows: readonly R[]; readonly none: string; readonly render: (row: R) => ReactNode }): ReactNode {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {rows.length === 0 ? <p className="dim">{none}</p> : <ul className="fact-lines">{rows.map((row, i) => <li key={i}>{render(row)}</li>)}</ul>}
    </section>
  );
}

function Token({ token }: { readonly token: string | null }): ReactNode {
  return token === null ? null : <span className="mono quiet" title="metadata token"><VisibleText text={token} /></span>;
}

/** A name whose place the metadata do not tell: it is looked for among the strings. */
function Name({ text, at = /[^.]*$/ }: { readonly text: string; readonly at?: RegExp }): ReactNode {
  const { find } = useExplore();
  const last = at.exec(text)?.[0] ?? text;
  return <button type="button" className="source-link" title="Find the name in the bytes" onClick={() => find(last, false)}><VisibleText text={text} /></button>;
}
