import type { Component, ConfigChange, ConfigCopy, EvidenceRef, Fidelity, FileStatus, Missing, Place, Server } from '../../shared/model/index.ts';
import type { CatalogCount, ImageIndex, RawRegistration } from '../components/index.ts';
import type { AnswerVerdict, ServerSchema } from '../iis/index.ts';
import type { LogSignals } from './log-signals.ts';
import type { Peers } from './peers.ts';
import type { SettingFact } from './settings.ts';

/** A path that was answered, with the first row in which it was. */
export interface PathSighting {
  readonly path: string;
  readonly site: string | null;
  /** UTC of the first row with a status below 400, that status, and of the first row of all. */
  readonly first: string;
  readonly status: number;
  readonly asked: string;
  readonly rows: number;
  readonly posts: number;
  readonly ref: EvidenceRef;
}

export interface RequestsNear {
  /** Rows within the window, and how many of them were POST. */
  readonly rows: number;
  readonly posts: number;
  /** Address with most POST rows, or null. */
  readonly topPoster: string | null;
  /** First row of the window's POSTs (or of all rows), or null when there is none. */
  readonly ref: EvidenceRef | null;
}

/** What rules ask of the logs. Times are UTC texts, bounds included. */
export interface LogFacts {
  /** Absent: nothing is asked of the single rows. */
  readonly signals?: LogSignals;
  requestsNear(query: { readonly server: string; readonly from: string; readonly to: string }): Promise<RequestsNear>;
  /** Paths whose first answered row of all logs lies within the window; those that say most come first, among them those that `client` asked for. */
  firstAnsweredPaths(query: { readonly server: string; readonly from: string; readonly to: string; readonly client: string | null; readonly limit: number }): Promise<readonly PathSighting[]>;
}

/** The copy of the configuration that a running pool was started with. */
export interface ActiveCopy {
  readonly pool: string;
  /** Id of the newest copy of applicationHost.config that has the same entries for code, where there is one. */
  readonly equals?: string | undefined;
  readonly ref: EvidenceRef;
  readonly registrations: readonly RawRegistration[];
}

/** A module that traces of requests name and no list of the configuration in force has, at whatever level. */
export interface TracedModule {
  readonly module: string;
  readonly traces: number;
  /** UTC of the first and last of those requests, or null. */
  readonly first: string | null;
  readonly last: string | null;
  /** Some of the requests, verb and URL. */
  readonly urls: readonly string[];
  readonly notifications: readonly string[];
  readonly refs: readonly EvidenceRef[];
  /** Ids of copies of the configuration that have it. */
  readonly copies: readonly string[];
}

/** A path that was answered with 2xx although the configuration would let nothing answer it. */
export interface UnservedPath {
  readonly path: string;
  readonly method: string;
  readonly rows: number;
  /** UTC of the first and last row, or null. */
  readonly first: string | null;
  readonly last: string | null;
  /** Sums of sc-bytes and cs-bytes. */
  readonly sent: number;
  readonly received: number;
  readonly clients: number;
  /** Where the path leads on disk. */
  readonly file: string | null;
  /** A handler that would have answered were the file there, before that of static files; null when none fits. */
  readonly handler: string | null;
  /** Names of the modules that see the request. */
  readonly modules: readonly string[];
  /** How far the time of the first row can be trusted. */
  readonly fidelity: Fidelity;
  /** The first row. */
  readonly ref: EvidenceRef;
}

/** Such paths of one site, and how the others were judged. */
export interface UnservedPaths {
  readonly site: string;
  /** `no-file`: only what lies on disk would answer, and nothing lies there. `write-to-file`: the static file handler does not answer this verb. */
  readonly kind: 'no-file' | 'write-to-file';
  /** Paths, whatever verbs they were asked for with. */
  readonly paths: number;
  /** Those that were answered within the last day of the site's logs, each verb by itself. */
  readonly recent: number;
  readonly rows: number;
  /** Those that say most, each verb by itself. */
  readonly told: readonly UnservedPath[];
  /** Paths of the site by verdict. */
  readonly counts: Readonly<Record<AnswerVerdict, number>>;
  /** False where more paths were answered than are looked at. */
  readonly all: boolean;
}

/** Answers of 2xx for which a handler comes first, by the configuration in force. */
export interface HandledRows { readonly paths: number; readonly rows: number; readonly first: string | null; readonly last: string | null }

/** Rows or files of one kind that tell of some URLs. */
export interface UrlRows { readonly rows: number; readonly first: string | null; readonly last: string | null; readonly ref: EvidenceRef | null }

/** What the evidence still says of URLs whose logging is switched off. */
export interface HiddenUrls {
  readonly logged: UrlRows;
  /** HTTPERR, which no setting of a site switches off. */
  readonly errors: UrlRows;
  readonly traces: UrlRows;
  /** Some of the paths as requested. */
  readonly paths: readonly string[];
}

/** Everything that a rule may look at. All of it belongs to one server. */
export interface RuleFacts {
  readonly server: Server;
  readonly components: readonly Component[];
  /** Registrations of the configuration in force, in the order of the files. */
  readonly registrations: readonly RawRegistration[];
  /** False when a configuration file was damaged: what is not in `registrations` may have stood behind the damage. */
  readonly complete: boolean;
  readonly loose: boolean;
  readonly copies: readonly ConfigCopy[];
  readonly changes: readonly ConfigChange[];
  /** From what pools were started with to the file in force. */
  readonly poolChanges?: readonly ConfigChange[];
  readonly settings: readonly SettingFact[];
  readonly active: readonly ActiveCopy[];
  /** How the server's own schema files differ from the known ones; absent where there is no server file. */
  readonly schema?: Pick<ServerSchema, 'version' | 'differences'>;
  readonly images: ImageIndex;
  readonly missing: readonly Missing[];
  /** Catalogs of the evidence; absent or none: nothing can be said of files that only a catalog signs. */
  readonly catalogs?: CatalogCount;
  /** Absent or none: no trace says otherwise. */
  readonly traced?: readonly TracedModule[];
  /** Configuration redirection that is switched on; `read`: the file in force was collected. Absent: it is off, or nothing says so. */
  readonly redirection?: { readonly folder: string; readonly read: boolean; readonly ref: EvidenceRef };
  /** What became of a Windows path in the evidence, seen by a 64-bit process; absent for loose files. */
  readonly resolve?: (path: string) => { readonly status: FileStatus; readonly place: Place };
  /** A file of this name and size in the component store (WinSxS), or null; absent for loose files. */
  readonly stored?: (name: string, size: number) => Place | null;
  /** Components of all servers of the case by what their files share; absent where servers are judged alone. */
  readonly peers?: Peers;
  /** Asked by the rule that needs it; absent without logs or configuration. */
  readonly unserved?: () => Promise<readonly UnservedPaths[]>;
  /** By the line of a handler, `evidencePath:line:column`; absent without logs or configuration. */
  readonly handled?: () => Promise<ReadonlyMap<string, HandledRows>>;
  /** Of a path of a site and what lies below it; absent without logs. */
  readonly hidden?: (site: string, path: string) => Promise<HiddenUrls>;
  readonly logs: LogFacts | null;
}
