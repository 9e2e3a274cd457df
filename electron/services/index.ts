import { Workspace, type WorkspaceOptions } from '../jobs/workspace.ts';
import { caseService } from './case.ts';
import { componentService } from './component.ts';
import { configService } from './config.ts';
import { evidenceService } from './evidence.ts';
import { findingService } from './finding.ts';
import { graphService } from './graph.ts';
import type { Handlers } from './handlers.ts';
import { imageService } from './image.ts';
import { jobService } from './job.ts';
import { listService } from './list.ts';
import { storyService } from './story.ts';
import { knowledgeService } from './knowledge.ts';
import { reportService } from './report.ts';
import { noteService } from './note.ts';
import { runService } from './run.ts';
import { requestService } from './request.ts';
import { timelineService } from './timeline.ts';

export interface Services {
  readonly handlers: Handlers;
  close(): Promise<void>;
}

/** All that the engine answers, over one workspace. */
export function createServices(options: WorkspaceOptions): Services {
  const workspace = new Workspace(options);
  return {
    handlers: {
      ...caseService(workspace), ...jobService(workspace), ...evidenceService(workspace), ...componentService(workspace), ...imageService(workspace), ...configService(workspace),
      ...graphService(workspace), ...findingService(workspace), ...noteService(workspace), ...timelineService(workspace), ...requestService(workspace), ...runService(workspace),
      ...listService(workspace), ...storyService(workspace), ...knowledgeService(), ...reportService(workspace),
    },
    close: () => workspace.close(),
  };
}
