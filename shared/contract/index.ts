import { z } from 'zod';
import type { Result } from '../base/result.ts';
import { caseRequests } from './case.ts';
import { componentRequests } from './component.ts';
import { evidenceRequests } from './evidence.ts';
import { findingRequests, noteRequests } from './finding.ts';
import { graphRequests } from './graph.ts';
import { hostRequests } from './host.ts';
import { imageRequests } from './image.ts';
import { Job, jobRequests } from './job.ts';
import { knowledgeRequests } from './knowledge.ts';
import { listRequests } from './list.ts';
import { reportRequests } from './report.ts';
import { requestRequests } from './request.ts';
import { runRequests } from './run.ts';
import { storyRequests } from './story.ts';
import { timelineRequests } from './timeline.ts';

/** The one contract: hosts, preload, router and renderer iterate over it, so an undeclared channel cannot exist. */
export const requests = {
  ...caseRequests, ...jobRequests, ...evidenceRequests, ...componentRequests, ...imageRequests, ...findingRequests, ...noteRequests,
  ...graphRequests, ...listRequests, ...storyRequests, ...knowledgeRequests, ...reportRequests, ...timelineRequests, ...requestRequests, ...runRequests, ...hostRequests,
};
export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type Input<N extends RequestName> = z.input<Requests[N]['input']>;
export type ParsedInput<N extends RequestName> = z.output<Requests[N]['input']>;
export type Output<N extends RequestName> = z.output<Requests[N]['output']>;

/** What the engine tells without being asked. Nothing on screen moves because of it; counts and badges may. */
export const events = {
  /** Stored data changed: what was asked before `revision` may be stale. */
  'case.changed': z.object({ revision: z.number().int() }),
  'job.progress': z.object({ jobs: z.array(Job) }),
  /** The engine process died and was started again; the case was reopened if there was one. */
  'engine.restarted': z.object({ message: z.string() }),
  /** A menu command of the host (`case.open`, `view.timeline`); the renderer runs it from its command table. */
  'host.command': z.object({ command: z.string() }),
};
export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<N extends EventName> = z.output<Events[N]>;

/** What every transport offers the renderer, and what the hosts use towards the engine. */
export interface Client {
  request<N extends RequestName>(name: N, input: Input<N>): Promise<Result<Output<N>>>;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
}

/** Messages between a host and the engine process, and over the loopback host's WebSocket. */
export type WireRequest = { readonly id: number; readonly name: string; readonly input: unknown };
export type WireMessage =
  | { readonly kind: 'result'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown };

/** How a host starts the engine process: `fork` in the command line and the loopback host, `utilityProcess` in Electron. */
export interface EngineLauncher {
  launch(): EngineLink;
}
export interface EngineLink {
  send(message: WireRequest): void;
  onMessage(listener: (message: WireMessage) => void): void;
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  /** Asks it to end; resolves when it has. */
  stop(): Promise<void>;
  readonly pid: number | undefined;
}

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}
