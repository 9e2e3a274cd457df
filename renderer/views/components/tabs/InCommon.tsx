import { useMemo, type ReactNode } from 'react';
import type { Output } from '../../../../shared/contract/index.ts';
import { useApp, useRequest, useWorkbench } from '../../../state/react.ts';
import { FailureLine, VisibleText, type Column } from '../../../ui/index.ts';
import { FactGrid } from '../FactGrid.tsx';

type Trait = Output<'story.shared'>['traits'][number];
type Other = Trait['components'][number];

/** One other component with one value that it shares. */
interface SharedRow { readonly key: string; readonly trait: Trait; readonly other: Other }

const TRAIT_WORDS: Readonly<Record<string, string>> = {
  file: 'one file', sha256: 'same bytes (SHA-256)', mvid: 'MVID', imphash: 'imphash', rich: 'Rich header', pdb: 'PDB path', signer: 'signer', 'export-set': 'exported names',
  'linker-stamp': 'linker stamp', tlsh: 'near by TLSH', 'file-time': 'second of the file time', name: 'registered name',
};

/** What the component has in common with others of the case, on this host and on others. */
export function InCommon({ id }: { readonly id: string }): ReactNode {
  const wb = useWorkbench();
  const answer = useRequest('story.shared', { id });
  const servers = useApp((s) => s.info?.servers);
  const names = useMemo(() => new Map((servers ?? []).map((s) => [s.id, s.name ?? s.id])), [servers]);
  const rows = useMemo(() => rowsOf(answer.value?.traits ?? []), [answer.value]);
  const columns = useMemo((): readonly Column<SharedRow>[] => [
    { id: 'what', title: 'In common', width: '150px', render: (r) => TRAIT_WORDS[r.trait.by] ?? r.trait.by },
    { id: 'other', title: 'With', width: 'minmax(140px, 1fr)', mono: true, render: (r) => <VisibleText text={r.other.name} /> },
    ...(names.size < 2 ? [] : [{ id: 'server', title: 'On', width: '110px', render: (r) => <VisibleText text={names.get(r.other.server) ?? r.other.server} /> } satisfies Column<SharedRow>]),
    { id: 'says', title: 'What it says', width: 'minmax(220px, 2fr)', render: (r) => <span className={isWeak(r) ? 'dim' : ''}><VisibleText text={isWeak(r) ? `Little: ${r.trait.weak}` : r.trait.words} /></span> },
    { id: 'value', title: 'Value', width: 'minmax(120px, 1fr)', mono: true, render: (r) => <VisibleText text={r.trait.value} /> },
  ], [names]);
  if (answer.failure !== null) return <FailureLine message={answer.failure.message} />;
  return (
    <div className="fill tab-rows">
      <p className="tab-bar" role="status"><span>{answer.value === null ? 'Comparing...' : answer.value.note ?? ''}</span></p>
      <div className="fill-rest">
        <FactGrid label="In common" columns={columns} rows={rows} rowKey={(r) => r.key} twoLines onOpen={(r) => wb.store.getState().navigate('components', { id: r.other.id })} empty={answer.value === null ? 'Comparing...' : 'No other component of the case shares a telling value with it.'} />
      </div>
    </div>
  );
}

const isWeak = ({ trait }: SharedRow): boolean => typeof trait.weak === 'string';

function rowsOf(traits: readonly Trait[]): readonly SharedRow[] {
  return traits.flatMap((trait) => trait.components.map((other) => ({ key: `${trait.by} ${trait.value} ${other.id}`, trait, other })));
}
