import { runCommand } from '../commands/dispatch.ts';
import type { Workbench } from '../state/workbench.ts';

/** Asks the host what is open and shows it; connects what the host's own menu says to the command table. */
export async function begin(workbench: Workbench): Promise<void> {
  const { store, client } = workbench;
  client.on('host.command', ({ command }) => void runCommand(workbench, command));
  const [host, jobs] = await Promise.all([client.request('host.info', {}), client.request('job.list', {}), workbench.refresh()]);
  if (host.ok) store.setState({ hostKind: host.value.kind, hostVersion: host.value.version });
  if (jobs.ok) store.setState({ jobs: jobs.value.jobs });
  const { info, route, navigate } = store.getState();
  if (info?.state === 'open' && route.view === 'start') navigate('overview');
  if (info !== null && info.state === 'none' && route.view !== 'start') navigate('start');
}
