import type { Output } from '../../shared/contract/index.ts';
import type { Workbench } from '../state/workbench.ts';
import { pickPath, refused } from './case-actions.ts';

type Kind = Output<'list.list'>['lists'][number]['kind'];

const TITLES: Readonly<Record<Kind, string>> = { indicators: 'A list of indicators (CSV, text or STIX 2.1)', 'known-good': 'A known-good list (JSON)', yara: 'YARA rules' };

/** Adds a list that the analyst picks; what rests on it is made while the screen goes on. */
export async function addList(wb: Workbench, kind: Kind, mode: 'file' | 'folder' = 'file'): Promise<void> {
  const path = await pickPath(wb, { mode, title: TITLES[kind], action: 'Add to the case' });
  if (path === null) return;
  const program = kind === 'yara' ? await searcher(wb) : undefined;
  if (program === null) return;
  const result = await wb.client.request('list.add', { kind, path, ...(program === undefined ? {} : { program }) });
  if (!result.ok) return void refused(wb, result.failure);
  const { name, problems } = result.value;
  wb.store.getState().toast(problems.length === 0 ? `${name} was added.` : `${name} was added; ${problems.length} of its lines or files could not be used.`);
  wb.queries.changed();
}

/** The built-in engine (undefined) or a program of the analyst's; null: cancelled. */
async function searcher(wb: Workbench): Promise<string | undefined | null> {
  const choice = await wb.store.getState().ask('choice', {
    title: 'What searches for the rules?', help: 'The built-in engine compiles the rules again for every file; a program named here is started for every file, for as long as this case is open.',
    options: [{ value: 'built-in', label: 'The built-in engine' }, { value: 'program', label: 'A program of mine: yara or yr...' }],
  });
  if (choice === null) return null;
  return choice === 'built-in' ? undefined : pickPath(wb, { mode: 'file', title: 'The program yara or yr', action: 'Search with this' });
}

/** Takes a list out of the case, and with it every finding that rests on it. */
export async function removeList(wb: Workbench, list: { readonly id: string; readonly name: string }): Promise<void> {
  const choice = await wb.store.getState().ask('choice', { title: `Remove ${list.name}?`, help: 'Findings that rest on it go with it; what it lowered is as severe again as before.', options: [{ value: 'remove', label: 'Remove it' }] });
  if (choice !== 'remove') return;
  const result = await wb.client.request('list.remove', { id: list.id });
  if (!result.ok) return void refused(wb, result.failure);
  wb.queries.changed();
}

/** Writes registrations and hashes of a server of this case as a known-good list. */
export async function makeKnownGood(wb: Workbench): Promise<void> {
  const servers = await wb.client.request('component.list', {});
  if (!servers.ok) return void refused(wb, servers.failure);
  const ids = [...new Set(servers.value.components.map((c) => c.server))];
  const server = ids.length < 2 ? ids[0] : await wb.store.getState().ask('choice', { title: 'Of which server?', help: 'Only make such a list of a server that is known to be clean.', options: ids.map((id) => ({ value: id, label: id })) });
  if (server === undefined || server === null) return;
  const path = await pickPath(wb, { mode: 'save', title: 'Known-good list of a server that is known to be clean', action: 'Write', suggested: 'known-good.json' });
  if (path === null) return;
  let result = await wb.client.request('list.makeKnownGood', { server, path });
  if (!result.ok && result.failure.kind === 'exists') {
    const choice = await wb.store.getState().ask('choice', { title: 'Replace the file?', help: result.failure.message, options: [{ value: 'replace', label: 'Replace it' }] });
    if (choice !== 'replace') return;
    result = await wb.client.request('list.makeKnownGood', { server, path, replace: true });
  }
  if (!result.ok) return void refused(wb, result.failure);
  wb.store.getState().toast(`${result.value.entries} entries written to ${result.value.path}.`);
}
