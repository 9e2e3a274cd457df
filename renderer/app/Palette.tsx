import { Command as Cmdk } from 'cmdk';
import type { ReactNode } from 'react';
import { available, runCommand } from '../commands/dispatch.ts';
import { keyWords } from '../commands/keys.ts';
import { applyTimelineFilter } from '../commands/filter-commands.ts';
import { commandsOf } from '../commands/table.ts';
import { useRequest, useWorkbench } from '../state/react.ts';
import type { AppState } from '../state/store.ts';
import { Dialog } from '../ui/index.ts';
import { visible } from '../../shared/base/visible.ts';

/** Filters that were saved, then those that were tried last. */
function filtersOf({ info, savedFilters, filterHistory }: AppState): readonly { readonly name: string; readonly text: string }[] {
  if (info?.state !== 'open') return [];
  const tried = (filterHistory['timeline'] ?? []).filter((text) => !savedFilters.some((f) => f.text === text)).slice(0, 10);
  return [...savedFilters, ...tried.map((text) => ({ name: '', text }))];
}

/** Every command that can be done now, the filters of the timeline, and the components of the case by name. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const wb = useWorkbench();
  const state = wb.store.getState();
  const isOpen = state.info?.state === 'open';
  const components = useRequest('component.list', isOpen ? {} : null);
  const commands = commandsOf(state.route.view).filter((c) => available(c, state) && c.id !== 'app.palette');
  const choose = (run: () => void): void => {
    onClose();
    setTimeout(run, 0);
  };
  return (
    <Dialog title="Command palette" onClose={onClose}>
      <Cmdk label="Commands" className="palette" loop>
        <Cmdk.Input className="input" placeholder="a command, a component" />
        <Cmdk.List className="palette-list">
          <Cmdk.Empty className="quiet">Nothing fits.</Cmdk.Empty>
          <Cmdk.Group heading="Commands">
            {commands.map((c) => (
              <Cmdk.Item key={c.id} value={`${c.title} ${c.id}`} className="palette-item" onSelect={() => choose(() => void runCommand(wb, c.id))}>
                <span>{c.title}</span><kbd>{c.keys[0] === undefined ? '' : keyWords(c.keys[0])}</kbd>
              </Cmdk.Item>
            ))}
          </Cmdk.Group>
          <Cmdk.Group heading="Filters of the timeline">
            {filtersOf(state).map(({ name, text }) => (
              <Cmdk.Item key={`${name} ${text}`} value={`filter ${name} ${text}`} className="palette-item" onSelect={() => choose(() => applyTimelineFilter(wb, text))}>
                <span className="mono">{visible(text)}</span><span className="quiet">{name === '' ? 'tried before' : visible(name)}</span>
              </Cmdk.Item>
            ))}
          </Cmdk.Group>
          <Cmdk.Group heading="Components">
            {(components.value?.components ?? []).slice(0, 400).map((c) => {
              const name = visible(c.name ?? c.type ?? c.image ?? c.id);
              return <Cmdk.Item key={c.id} value={`${name} ${c.id}`} className="palette-item" onSelect={() => choose(() => state.navigate('components', { id: c.id }))}><span className="mono">{name}</span><span className="quiet">{c.kind}</span></Cmdk.Item>;
            })}
          </Cmdk.Group>
        </Cmdk.List>
      </Cmdk>
    </Dialog>
  );
}
