import { memo, useCallback, useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useActions } from '../../commands/actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { useApp, useWorkbench } from '../../state/react.ts';
import type { Route } from '../../state/route.ts';
import { Button, FailureLine, Tabs, VisibleText, type Range } from '../../ui/index.ts';
import { BytesStrip } from './BytesStrip.tsx';
import { ExploreProvider, type Explore, type Shared } from './explore.tsx';
import { findPlace } from './find-place.ts';
import { programTabs } from './program-tabs.tsx';
import { useMarkedBytes } from './use-marked-bytes.ts';
import { useProgram, type Program } from './use-program.ts';
import { componentName } from './words.ts';
import { fileName } from '../../ui/source-link.tsx';

/** Everything known of the focused row: its registrations, its file and what stands in the file. */
export const ComponentDetail = memo(function ComponentDetail({ rowKey, onLeave }: { readonly rowKey: string | null; readonly onLeave: () => void }): ReactNode {
  const { program, failure } = useProgram(rowKey);
  const route = useApp((s) => s.route);
  const followed = useRef<Route | null>(null);
  // Going to another row and back does not follow a link again.
  const takeLink = useCallback((to: Program): Range | null => {
    const { offset, length, image, id } = route.params;
    if (offset === undefined || followed.current === route || (image ?? id) !== (image === undefined ? to.component?.id : to.sha256)) return null;
    followed.current = route;
    return { offset: Number(offset) || 0, length: Number(length ?? '1') || 1 };
  }, [route]);
  if (rowKey === null) return <div className="pad dim">No component has the focus.</div>;
  if (failure !== null) return <FailureLine message={failure} />;
  if (program === null) return <div className="pad dim">Loading...</div>;
  return <Detail key={`${rowKey} ${program.sha256 ?? ''}`} program={program} takeLink={takeLink} onLeave={onLeave} />;
});

interface DetailProps {
  readonly program: Program;
  /** The bytes that a link to this file names, once. */
  readonly takeLink: (to: Program) => Range | null;
  readonly onLeave: () => void;
}

function Detail({ program, takeLink, onLeave }: DetailProps): ReactNode {
  const { store } = useWorkbench();
  const chosen = useApp((s) => s.program.tab);
  const box = useRef<HTMLElement>(null);
  const bytes = useMarkedBytes(program.evidencePath ?? '', chosen === 'bytes');
  const [shared, setShared] = useState<Shared | null>(null);
  const { setProgram } = store.getState();
  const setTab = useCallback((id: string) => setProgram({ tab: id }), [setProgram]);
  const focusPanel = useRef(false);
  // The tab that had the keyboard goes: the next one takes it.
  const goTo = useCallback((id: string) => {
    focusPanel.current = id === 'same' || box.current?.contains(document.activeElement) === true;
    setTab(id);
  }, [setTab]);
  const { explore, focused } = useExploring(program, bytes.setMark, goTo, setShared);
  const tabs = programTabs({ program, bytes, shared });
  const tab = tabs.some((t) => t.id === chosen) ? chosen : 'summary';

  const { setMark } = bytes;
  useEffect(() => {
    const place = takeLink(program);
    if (place === null) return;
    setMark(place);
    setTab('bytes');
  }, [takeLink, program, setMark, setTab]);

  const takeKeyboard = (): void => {
    const panel = box.current?.querySelector<HTMLElement>('[role="tabpanel"][data-state="active"]');
    (panel?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"], [role="grid"][tabindex="0"], [role="option"][tabindex="0"]') ?? panel)?.focus();
  };
  useEffect(() => {
    if (!focusPanel.current) return;
    focusPanel.current = false;
    // The tab's content comes one drawing after the tab itself.
    requestAnimationFrame(takeKeyboard);
  });
  const within = (): boolean => box.current?.contains(document.activeElement) === true;
  // The mark belongs to the row that was left; only the Bytes tab keeps it.
  const turnTo = (id: string): void => {
    if (id !== 'bytes') bytes.setMark(null);
    setTab(id);
  };
  const show = (id: string): void => {
    focusPanel.current = within();
    turnTo(id);
  };
  const step = (by: number): void => show(tabs[(tabs.findIndex((t) => t.id === tab) + by + tabs.length) % tabs.length]?.id ?? 'summary');
  useActions({
    'program.nextTab': () => step(1),
    'program.previousTab': () => step(-1),
    'program.detail': () => (within() ? onLeave() : takeKeyboard()),
    ...(program.facts === null ? {} : { 'program.same': () => explore.same(focused.current ?? { by: 'sha256', value: program.sha256 ?? '' }) }),
    ...(program.evidencePath === null ? {} : {
      'program.bytes': () => {
        focusPanel.current = true;
        setTab('bytes');
      },
      'program.offset': () => {
        setTab('bytes');
        setTimeout(() => box.current?.querySelector<HTMLInputElement>('input.offset')?.select(), 0);
      },
    }),
  });

  const strip = bytes.mark === null || tab === 'bytes' || program.evidencePath === null ? null : <BytesStrip bytes={bytes} />;
  return (
    <ExploreProvider value={explore}>
      <section
        className="component-detail" aria-label="Component" ref={box}
        onKeyDown={(e) => {
          if (e.key !== 'Escape' || e.defaultPrevented) return;
          e.preventDefault();
          if (bytes.mark !== null && tab !== 'bytes') bytes.setMark(null);
          onLeave();
        }}
      >
        <Head program={program} />
        <Tabs label="Component details" tabs={tabs.map((t) => ({ ...t, content: <div className="tab-split"><div className="tab-main">{t.content}</div>{strip}</div> }))} value={tab} onChange={turnTo} />
      </section>
    </ExploreProvider>
  );
}

/** What the tabs do with places and shared values; the same object as long as the file is the same. */
function useExploring(program: Program, setMark: (mark: Range | null) => void, setTab: (id: string) => void, setShared: (shared: Shared) => void): { readonly explore: Explore; readonly focused: RefObject<Shared | null> } {
  const { store, client } = useWorkbench();
  const focused = useRef<Shared | null>(null);
  const path = program.evidencePath;
  const explore = useMemo((): Explore => ({
    point: (shared) => {
      focused.current = shared;
    },
    select: setMark,
    open: (place) => {
      setMark(place);
      setTab('bytes');
    },
    find: (text, open) => {
      if (path === null) return;
      void findPlace(client, path, text).then((place) => {
        if (typeof place === 'string') return store.getState().toast(place);
        setMark(place);
        if (open) setTab('bytes');
      });
    },
    same: (shared) => {
      setShared(shared);
      setTab('same');
    },
  }), [client, path, setMark, setShared, setTab, store]);
  return { explore, focused };
}

function Head({ program: { component: c, path, evidencePath } }: { readonly program: Program }): ReactNode {
  const wb = useWorkbench();
  const bits = useApp((s) => s.program.bits);
  const { setProgram } = wb.store.getState();
  const place = path ?? evidencePath;
  return (
    <div className="component-head">
      <h2><VisibleText text={c === null ? fileName(place ?? '') : componentName(c)} mono /></h2>
      <Button onClick={() => void runCommand(wb, 'row.source')}>Source (x)</Button>
      {c === null ? null : <Button onClick={() => void runCommand(wb, 'row.graph')}>Show in graph (p)</Button>}
      <Button onClick={() => void runCommand(wb, 'row.note')}>Note this (Space)</Button>
      <Button onClick={() => void runCommand(wb, 'program.same')}>Shared by (=)</Button>
      {c === null || c.file32 === null ? null : <Button aria-pressed={bits === 'wow'} onClick={() => setProgram({ bits: bits === 'wow' ? 'native' : 'wow' })}>{bits === 'wow' ? 'Showing the 32-bit file' : 'Show the 32-bit file'}</Button>}
    </div>
  );
}
