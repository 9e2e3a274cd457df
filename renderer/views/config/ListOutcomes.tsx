import type { KeyboardEvent, ReactNode } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { EFFECTIVE_LISTS, type EffectiveList, type EffectiveListName } from '../../../shared/model/index.ts';
import { count } from '../../ui/index.ts';

const LIST_WORDS: Readonly<Record<EffectiveListName, string>> = {
  globalModules: 'globalModules (native code of the server)', modules: 'modules', handlers: 'handlers', isapiFilters: 'isapiFilters', isapiCgiRestriction: 'isapiCgiRestriction',
  httpModules: 'httpModules (classic pipeline)', httpHandlers: 'httpHandlers (classic pipeline)',
};

/** What came of a list, in words. */
export function outcomeWords(list: Pick<EffectiveList, 'outcome' | 'missing'>): string {
  if (list.outcome === 'effective') return 'effective';
  if (list.outcome === 'invalid') return 'invalid: IIS would answer 500.19';
  return `not evaluable${list.missing.length === 0 ? '' : `: ${list.missing.length} ${list.missing.length === 1 ? 'file' : 'files'} missing`}`;
}

/** Every list with its outcome, so that what cannot be told is in sight whichever list is looked at. */
export function ListOutcomes({ config, chosen, onChoose }: { readonly config: Output<'config.effective'> | null; readonly chosen: EffectiveListName; readonly onChoose: (name: EffectiveListName) => void }): ReactNode {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    const next = EFFECTIVE_LISTS[(EFFECTIVE_LISTS.indexOf(chosen) + step + EFFECTIVE_LISTS.length) % EFFECTIVE_LISTS.length];
    if (next === undefined) return;
    onChoose(next);
    event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')[EFFECTIVE_LISTS.indexOf(next)]?.focus();
  };
  return (
    <div role="radiogroup" aria-label="List" className="outcomes" onKeyDown={onKeyDown}>
      {EFFECTIVE_LISTS.map((name) => {
        const list = config?.[name];
        return (
          <button key={name} type="button" role="radio" aria-checked={name === chosen} tabIndex={name === chosen ? 0 : -1} className="outcome" onClick={() => onChoose(name)}>
            <span className="outcome-name">{LIST_WORDS[name]}</span>{' '}
            <span className="outcome-count">{list === undefined ? '' : list.outcome === 'effective' ? count(list.entries.length) : '-'}</span>{' '}
            <span className={list === undefined || list.outcome === 'effective' ? 'dim' : 'warn'}>{list === undefined ? '' : outcomeWords(list)}{list === undefined || list.assumed.length === 0 ? '' : <span className="warn"> · {list.assumed.length} assumed</span>}</span>
          </button>
        );
      })}
    </div>
  );
}
