import { listDocuments } from '../case/documents.ts';
import { storyFacts } from '../jobs/story/facts-of.ts';
import { sharedOf } from '../jobs/story/shared-of.ts';
import type { Workspace } from '../jobs/workspace.ts';
import { stackOf } from '../story/stack.ts';
import { storyOf } from '../story/story.ts';
import type { HandlersOf } from './handlers.ts';

const ONE_HOST = 'Counting over hosts needs the evidence of several: this case has one server with a configuration.';

export function storyService(workspace: Workspace): HandlersOf<'story'> {
  return {
    'story.component': async ({ id }) => storyOf(await storyFacts(workspace.opened.file.connection, await workspace.model(), id, workspace.partial)),
    'story.shared': ({ id }) => sharedOf(workspace.opened.file, id, workspace.revision),
    'story.stack': async () => {
      const { connection } = workspace.opened.file;
      const servers = (await listDocuments(connection, 'server')).filter((s) => s.configuration !== null);
      const rows = stackOf(await listDocuments(connection, 'component'), servers);
      return { rows, servers: servers.length, note: servers.length > 1 ? null : ONE_HOST };
    },
  };
}
