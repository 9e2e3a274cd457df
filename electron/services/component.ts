import { RequestError } from '../../shared/base/result.ts';
import { getDocument, listDocuments } from '../case/documents.ts';
import type { Workspace } from '../jobs/workspace.ts';
import type { HandlersOf } from './handlers.ts';

export function componentService(workspace: Workspace): HandlersOf<'component'> {
  return {
    'component.list': async () => ({ components: await listDocuments(workspace.opened.file.connection, 'component') }),
    'component.get': async ({ id }) => {
      const { connection } = workspace.opened.file;
      const component = await getDocument(connection, 'component', id);
      if (component === null) throw new RequestError('usage', 'There is no such component in this case.');
      const factsOf = async (sha256: string | undefined): Promise<NonNullable<Awaited<ReturnType<typeof getDocument<'pe'>>>>['facts'] | null> =>
        sha256 === undefined ? null : ((await getDocument(connection, 'pe', sha256))?.facts ?? null);
      return { component, pe: await factsOf(component.file?.sha256), pe32: await factsOf(component.file32?.sha256) };
    },
  };
}
