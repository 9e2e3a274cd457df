import type { ConfigDocument, Place } from '../../shared/model/index.ts';

/** A configuration file as the engine needs it: what was parsed, and where it came from. */
export interface ConfigurationFile extends Place {
  readonly sha256: string;
  readonly document: ConfigDocument;
}

/** How the configuration engine looks at the evidence of one server, without knowing what evidence is. */
export interface ConfigurationFiles {
  /** The applicationHost.config in force (the live file, or a copy when asked "as of"). */
  readonly applicationHost: ConfigurationFile;
  /** Where the file in force lies when `applicationHost` is not it: configuration redirection to a place that was not collected. */
  readonly notInForce?: Place | null;
  /** Expands variables of a path as the server would. */
  expand(path: string, bitness: 32 | 64): string;
  /** Place of a Windows path, found or not. */
  place(path: string): Place;
  /** The configuration file at this full Windows path; 'absent' when its folder was collected and it is not there. */
  at(path: string): ConfigurationFile | 'absent' | 'not-collected';
  /** Sub-folders of a Windows folder that hold a web.config somewhere below, as full Windows paths of those web.config files. */
  webConfigsBelow(path: string): readonly string[];
  /** The schema files of the server (`inetsrv\config\schema\*.xml`) that were collected, by place; none when it is not there. */
  schemaFiles?(): readonly ConfigurationFile[];
}
