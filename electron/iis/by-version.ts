import type { Server } from '../../shared/model/index.ts';
import type { ConfigurationFile, ConfigurationFiles } from './configuration-files.ts';
import * as later from './effective.ts';
import * as loading from './loaded-by.ts';
import { metabaseLists } from './metabase/effective.ts';
import { keysOf, metabaseOf } from './metabase/keys.ts';
import { metabaseLoading } from './metabase/loading.ts';
import { metabaseRegistrations } from './metabase/registrations.ts';
import type { RawRegistration } from './registration.ts';
import * as lines from './registrations.ts';

/*
 * The questions that have another answer on IIS 6, whose metabase stands where applicationHost.config stands on later
 * versions. Everything else reads the form that the metabase is given for it.
 */

/** Every line of configuration that names code. */
export function registrations(files: ConfigurationFiles, server: Server): readonly RawRegistration[] {
  const metabase = metabaseOf(files.applicationHost);
  const found = lines.registrations(files, server);
  return metabase === null ? found : [...metabaseRegistrations(metabase, server), ...found];
}

/** Which applications load the code of a line, and if none does, why. */
export function loadedBy(files: ConfigurationFiles, server: Server, of: readonly RawRegistration[]): loading.Loading {
  const metabase = metabaseOf(files.applicationHost);
  return metabase === null ? loading.loadedBy(files, server, of) : metabaseLoading(files, metabase, server, of);
}

/** The effective lists of one application; null when there is no such site or application. */
export function effectiveLists(files: ConfigurationFiles, server: Server, siteName: string, appPath: string, urlPath = ''): later.EffectiveResult | null {
  const metabase = metabaseOf(files.applicationHost);
  return metabase === null ? later.effectiveLists(files, server, siteName, appPath, urlPath) : metabaseLists(files, metabase, server, siteName, appPath, urlPath);
}

/** Number of registrations in one file on its own, for lists of files. */
export function countRegistrations(file: ConfigurationFile): number {
  const isMetabase = keysOf(file.document).all.length > 0;
  return isMetabase ? metabaseRegistrations({ ...file, metabase: file.document }, { id: '' }).length : lines.countRegistrations(file);
}
