import type { Component, ConfigChange, ConfigCopy, EvidenceRef, Moment, Place, Server, TimeFidelity } from '../../shared/model/index.ts';

/** A file of the component as the manifest and its headers tell of it. */
export interface StoryFile extends Place {
  readonly sha256: string;
  /** UTC texts, or null. */
  readonly modified: string | null;
  readonly created: string | null;
  /** Which times survived the collection. */
  readonly times: TimeFidelity;
  /** The linker's stamp and where it stands; null where the file was not read as a program. */
  readonly stamp: { readonly time: string | null; readonly offset: number; readonly note?: string | undefined } | null;
  /** Events of the timeline: linker stamp, content written, file created. */
  readonly events: { readonly stamp: string | null; readonly written: string | null; readonly created: string | null };
}

/** What a pool was started with. */
export interface PoolStart {
  readonly pool: string;
  readonly copy: ConfigCopy;
  /** The entry of the component in that copy; null where the copy has none. */
  readonly entry: EvidenceRef | null;
  readonly event: string | null;
}

/** A record of the evidence at one moment. */
export interface Sighting {
  readonly moment: Moment;
  readonly ref: EvidenceRef;
  readonly event: string | null;
  /** `POST /favicon.ico, status 200, from 203.0.113.66`. */
  readonly words: string;
}

/** The first and last of several records, and how many there are. */
export interface Sightings { readonly rows: number; readonly first: Sighting; readonly last: Sighting }

/** Answers that the configuration in force leaves to the component's own handler or file. */
export interface HandledAnswers extends Sightings {
  readonly paths: number;
  /** Answers to the same requests before the component can have been there. */
  readonly before: number;
  /** What else may have answered, in sentences. */
  readonly hedges: readonly string[];
  /** False where more paths fit than were looked at. */
  readonly all: boolean;
}

/** Answers that no handler and no file explains, on requests that the component sees. */
export interface MarkedAnswers extends Sightings {
  /** Why they stand out, one sentence. */
  readonly why: string;
  /** Names of the other components, neither stock nor of known products, that see the same requests. */
  readonly others: readonly string[];
}

/** What logs and traces say of requests to one component. */
export interface Requests {
  /** Traces that name it: each proves that it ran. */
  readonly traced: Sightings | null;
  readonly handled: HandledAnswers | null;
  readonly marked: MarkedAnswers | null;
  /** The first logged request to a site that loads it, once it was configured. */
  readonly passed: Sighting | null;
  /** Whether any log row of its server was read. */
  readonly logs: boolean;
}

/** Everything that the story of one component is told from. */
export interface StoryFacts {
  readonly component: Component;
  readonly server: Server;
  readonly file: StoryFile | null;
  /** Copies and changes of its server. */
  readonly copies: readonly ConfigCopy[];
  readonly changes: readonly ConfigChange[];
  readonly pools: readonly PoolStart[];
  /** The configuration file that names it, as the manifest has it; null where none does. */
  readonly configuration: { readonly ref: EvidenceRef; readonly modified: string | null; readonly event: string | null } | null;
  /** Event of a change between two copies, or of what is there of a copy. */
  readonly changeEvent: (change: ConfigChange) => string | null;
  readonly requests: Requests;
  readonly partial: boolean;
}
