import type { Output } from '../../shared/contract/index.ts';
import type { Workbench } from '../state/workbench.ts';
import type { Failure } from '../../shared/base/result.ts';

type Pick = { readonly mode: 'folder' | 'file' | 'save'; readonly title: string; readonly action: string; readonly suggested?: string; readonly extensions?: readonly string[] };

/** A path chosen by the analyst: in the host's own dialog where it has one, else in the page. @returns null when cancelled. */
export async function pickPath(wb: Workbench, pick: Pick): Promise<string | null> {
  const extensions = [...(pick.extensions ?? [])];
  const suggested = pick.suggested ?? '';
  const result = pick.mode === 'folder'
    ? await wb.client.request('host.pickFolder', { title: pick.title })
    : pick.mode === 'file'
      ? await wb.client.request('host.pickFile', { title: pick.title, extensions })
      : await wb.client.request('host.pickSave', { title: pick.title, suggested });
  if (!result.ok) return refused(wb, result.failure);
  if (!result.value.inPage) return result.value.path;
  return wb.store.getState().ask('path', { mode: pick.mode, title: pick.title, action: pick.action, suggested, extensions });
}

/** Tells the analyst why something was not done. */
export function refused(wb: Workbench, failure: Failure): null {
  if (failure.kind !== 'cancelled') wb.store.getState().toast(failure.message, 'bad');
  return null;
}

/** New case: from a folder, or from a zip or single file. It begins in a temporary place and is saved under a name later. */
export async function newCase(wb: Workbench, mode: 'folder' | 'file'): Promise<void> {
  const evidence = await pickPath(wb, {
    mode,
    title: mode === 'folder' ? 'New case: the folder that holds the evidence' : 'New case: the evidence file',
    action: 'Read this',
  });
  if (evidence !== null) await createCase(wb, evidence);
}

export async function createCase(wb: Workbench, evidence: string): Promise<void> {
  const result = await wb.client.request('case.create', { path: null, evidence });
  if (!result.ok) return void refused(wb, result.failure);
  wb.caseReplaced(result.value);
  wb.store.getState().navigate('overview');
}

export async function openCase(wb: Workbench, path?: string): Promise<void> {
  const chosen = path ?? (await pickPath(wb, { mode: 'file', title: 'Open case', action: 'Open', extensions: ['iiscase'] }));
  if (chosen === null) return;
  const result = await wb.client.request('case.open', { path: chosen, resume: true });
  if (!result.ok) return void refused(wb, result.failure);
  wb.caseReplaced(result.value);
  wb.store.getState().navigate('overview');
}

export async function saveCaseAs(wb: Workbench): Promise<boolean> {
  const { info } = wb.store.getState();
  const path = await pickPath(wb, { mode: 'save', title: 'Save case as', action: 'Save', suggested: `${fileName(info === null ? '' : suggestedName(info))}.iiscase`, extensions: ['iiscase'] });
  if (path === null) return false;
  let result = await wb.client.request('case.saveAs', { path });
  if (!result.ok && result.failure.kind === 'exists') {
    const choice = await wb.store.getState().ask('choice', { title: 'Replace the file?', help: result.failure.message, options: [{ value: 'replace', label: 'Replace it' }] });
    if (choice !== 'replace') return false;
    result = await wb.client.request('case.saveAs', { path, replace: true });
  }
  if (!result.ok) {
    refused(wb, result.failure);
    return false;
  }
  wb.store.setState({ info: result.value });
  wb.store.getState().toast(`Saved as ${result.value.path ?? path}`);
  return true;
}

/** A named case is always on disk already; only a temporary one needs a name. */
export async function saveCase(wb: Workbench): Promise<void> {
  const { info, toast } = wb.store.getState();
  if (info?.unsaved === true) await saveCaseAs(wb);
  else toast(`Everything is in ${info?.path ?? 'the case file'} already.`);
}

export async function closeCase(wb: Workbench): Promise<void> {
  const { info, ask } = wb.store.getState();
  if (info?.unsaved === true) {
    const choice = await ask('choice', {
      title: 'The case has no name yet',
      help: 'It lies in a temporary place and goes when it is closed. The evidence is not touched either way.',
      options: [{ value: 'save', label: 'Save as...' }, { value: 'discard', label: 'Close without saving' }],
    });
    if (choice === null || (choice === 'save' && !(await saveCaseAs(wb)))) return;
  }
  const result = await wb.client.request('case.close', {});
  if (!result.ok) return void refused(wb, result.failure);
  wb.store.setState({ info: null, jobs: [] });
  wb.queries.clear();
  await wb.refresh();
  wb.store.getState().navigate('start');
}

/** A case without a name is called after its evidence. */
function suggestedName(info: Output<'case.info'>): string {
  const location = info.evidence[0]?.location ?? '';
  return info.unsaved && location !== '' ? location.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '') : info.title;
}

function fileName(title: string): string {
  const name = title.replace(/[^\p{L}\p{N}._ -]+/gu, '_').trim();
  return name === '' ? 'case' : name.slice(0, 80);
}
