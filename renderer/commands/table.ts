import { UTC, zoneText } from '../../shared/time/zone.ts';
import { caseOpen, logReading, reading } from '../state/case-slice.ts';
import { NUMBERED, VIEW_TITLES, VIEWS, type ViewName } from '../state/route.ts';
import { closeCase, newCase, openCase, refused, saveCase, saveCaseAs } from './case-actions.ts';
import type { Command } from './command.ts';
import { filterCommands } from './filter-commands.ts';
import { addNote, setExamination } from './note-actions.ts';
import { reportCommands } from './report-commands.ts';
import { viewCommands } from './view-commands.ts';

const goTo = (view: ViewName, keys: readonly string[]): Command => ({
  id: `view.${view}`, title: `Go to ${VIEW_TITLES[view]}`, group: 'Go', keys, menu: true,
  when: view === 'start' ? () => true : caseOpen,
  run: ({ workbench }) => workbench.store.getState().navigate(view),
});

const fileCommands: readonly Command[] = [
  { id: 'case.new', title: 'New case from folder...', group: 'File', keys: ['Ctrl+N'], menu: true, run: ({ workbench }) => newCase(workbench, 'folder') },
  { id: 'case.newFile', title: 'New case from zip or file...', group: 'File', keys: ['Ctrl+Shift+N'], menu: true, run: ({ workbench }) => newCase(workbench, 'file') },
  { id: 'case.open', title: 'Open case...', group: 'File', keys: ['Ctrl+O'], menu: true, run: ({ workbench }) => openCase(workbench) },
  { id: 'case.save', title: 'Save', group: 'File', keys: ['Ctrl+S'], menu: true, when: caseOpen, run: ({ workbench }) => saveCase(workbench) },
  { id: 'case.saveAs', title: 'Save as...', group: 'File', keys: ['Ctrl+Shift+S'], menu: true, when: caseOpen, run: async ({ workbench }) => void (await saveCaseAs(workbench)) },
  { id: 'case.examination', title: 'Examination: case number, examiner, host...', group: 'File', keys: [], menu: true, when: caseOpen, run: async ({ workbench }) => void (await setExamination(workbench)) },
  {
    id: 'job.cancel', title: 'Stop reading', group: 'File', keys: [], menu: true, when: (s) => caseOpen(s) && reading(s),
    run: async ({ workbench }) => {
      const result = await workbench.client.request('job.cancel', {});
      if (!result.ok) refused(workbench, result.failure);
    },
  },
  {
    id: 'job.pause', title: 'Pause or continue the reading of logs', group: 'File', keys: ['P'], menu: true, when: (s) => caseOpen(s) && logReading(s) !== null,
    run: async ({ workbench }) => {
      const result = await workbench.client.request('job.pause', { paused: logReading(workbench.store.getState()) === 'running' });
      if (!result.ok) refused(workbench, result.failure);
    },
  },
  {
    id: 'job.resume', title: 'Resume reading', group: 'File', keys: [], menu: true, when: (s) => caseOpen(s) && !reading(s),
    run: async ({ workbench }) => {
      const result = await workbench.client.request('job.resume', {});
      if (!result.ok) refused(workbench, result.failure);
    },
  },
  { id: 'case.close', title: 'Close case', group: 'File', keys: [], menu: true, when: caseOpen, run: ({ workbench }) => closeCase(workbench) },
];

const viewMenuCommands: readonly Command[] = [
  { id: 'app.palette', title: 'Command palette', group: 'Help', keys: ['Ctrl+K'], menu: true, run: ({ workbench }) => workbench.store.getState().open('palette') },
  { id: 'app.help', title: 'Keys', group: 'Help', keys: ['?', 'F1'], menu: true, run: ({ workbench }) => workbench.store.getState().open('help') },
  { id: 'app.settings', title: 'Settings: theme, density, zone, keys', group: 'View', keys: ['Ctrl+,'], menu: true, run: ({ workbench }) => workbench.store.getState().open('settings') },
  { id: 'app.back', title: 'Back', group: 'Go', keys: ['Alt+ArrowLeft'], menu: true, run: () => window.history.back() },
  { id: 'app.forward', title: 'Forward', group: 'Go', keys: ['Alt+ArrowRight'], menu: true, run: () => window.history.forward() },
  {
    id: 'app.zone', title: 'Time zone: UTC, or the other one', group: 'View', keys: ['W'], menu: true,
    run: ({ workbench: { store } }) => {
      const { zone, otherZone, set, open, toast } = store.getState();
      const next = zone.kind === 'utc' ? otherZone : UTC;
      // None was chosen yet: it is typed once, and from then on the key changes between the two.
      if (next === null) return open('settings');
      set({ zone: next, ...(zone.kind === 'utc' ? {} : { otherZone: zone }) });
      toast(`All times are in ${zoneText(next)} now.`);
    },
  },
  {
    id: 'view.density', title: 'Row height: dense or comfortable', group: 'View', keys: [], menu: true,
    run: ({ workbench: { store } }) => store.getState().set({ density: store.getState().density === 'dense' ? 'comfortable' : 'dense' }),
  },
  ...(['dark', 'light', 'contrast'] as const).map((theme): Command => ({
    id: `view.theme.${theme}`, title: `Theme: ${theme === 'contrast' ? 'high contrast' : theme}`, group: 'View', keys: [], menu: true,
    run: ({ workbench }) => workbench.store.getState().set({ theme }),
  })),
  {
    id: 'app.refresh', title: 'Take new rows', group: 'View', keys: ['R'], menu: true, when: caseOpen,
    run: ({ workbench, act }) => {
      workbench.queries.changed();
      void workbench.refresh();
      act('app.refresh');
      workbench.store.getState().setNewRows(0);
    },
  },
  {
    id: 'note.free', title: 'Write a free note', group: 'Notes', keys: ['Ctrl+Shift+M'], menu: true, when: caseOpen,
    run: async ({ workbench }) => void (await addNote(workbench, { about: null, refs: [], event: null, finding: null, component: null })),
  },
];

/** The one table. Its order is the order of the menus. */
export const COMMANDS: readonly Command[] = [
  ...fileCommands,
  ...NUMBERED.map((view, i) => goTo(view, [String(i + 1)])),
  ...VIEWS.filter((view) => !NUMBERED.includes(view)).map((view) => goTo(view, view === 'report' ? ['0'] : [])),
  ...viewMenuCommands,
  ...viewCommands,
  ...reportCommands,
  ...filterCommands,
];

export function commandById(id: string): Command | undefined {
  return COMMANDS.find((command) => command.id === id);
}

/** Commands that exist on a screen, its own before those of all screens. */
export function commandsOf(view: ViewName): readonly Command[] {
  const own = COMMANDS.filter((c) => c.views?.includes(view) === true);
  return [...own, ...COMMANDS.filter((c) => c.views === undefined)];
}

/** Pairs of commands that claim the same key on the same screen; must be empty. */
export function keyClashes(commands: readonly Command[] = COMMANDS): readonly string[] {
  const clashes: string[] = [];
  for (const view of VIEWS) {
    const taken = new Map<string, string>();
    for (const command of commands) {
      if (command.views !== undefined && !command.views.includes(view)) continue;
      for (const key of command.keys) {
        // `g` and `g g` clash too: the first would never let the second be finished.
        for (const [other, id] of taken) {
          if (id !== command.id && (other === key || other.startsWith(`${key} `) || key.startsWith(`${other} `))) clashes.push(`${view}: ${key} means ${id} and ${command.id}`);
        }
        taken.set(key, command.id);
      }
    }
  }
  return clashes;
}
