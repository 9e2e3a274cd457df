import { createHash } from 'node:crypto';
import type { RuleText } from '../../shared/contract/finding.ts';
import type { Rule } from './rule.ts';
import { activeNotConfigured } from './rules/history/active-not-configured.ts';
import { factsMeet } from './rules/together/facts-meet.ts';
import { answeredWithoutFile } from './rules/logs/answered-without-file.ts';
import { answersDifferForCrawlers } from './rules/logs/answers-differ-for-crawlers.ts';
import { appearedInHistory } from './rules/history/appeared-in-history.ts';
import { caseOnlyClone } from './rules/registration/case-only-clone.ts';
import { codeLoadingSetting } from './rules/settings/code-loading-setting.ts';
import { familyTraits } from './rules/families/family-traits.ts';
import { enabledNotGlobal } from './rules/registration/enabled-not-global.ts';
import { globalNotEnabled } from './rules/registration/global-not-enabled.ts';
import { imageAbsent } from './rules/image/image-absent.ts';
import { knownTriggerInLog } from './rules/logs/known-trigger-in-log.ts';
import { logFactsMeet } from './rules/logs/log-facts-meet.ts';
import { logGap } from './rules/logs/log-gap.ts';
import { loggingSwitchedOff } from './rules/settings/logging-switched-off.ts';
import { lookAlikeName } from './rules/registration/look-alike-name.ts';
import { managedRunsForAll } from './rules/registration/managed-runs-for-all.ts';
import { outsideTrustedFolder } from './rules/registration/outside-trusted-folder.ts';
import { preStartList } from './rules/image/pre-start-list.ts';
import { removedAgain } from './rules/history/removed-again.ts';
import { requestsNearArrival } from './rules/logs/requests-near-arrival.ts';
import { rowOutsideCluster } from './rules/logs/row-outside-cluster.ts';
import { schemaDiffers } from './rules/settings/schema-differs.ts';
import { serverErrorThenSuccess } from './rules/logs/server-error-then-success.ts';
import { sharedImage } from './rules/image/shared-image.ts';
import { signatureTampered } from './rules/image/signature-tampered.ts';
import { singleClientPath } from './rules/logs/single-client-path.ts';
import { stockImageNotMicrosoft } from './rules/image/stock-image-not-microsoft.ts';
import { stockNameOtherImage } from './rules/registration/stock-name-other-image.ts';
import { tracedModuleNotConfigured } from './rules/logs/traced-module-not-configured.ts';
import { unknownComponent } from './rules/registration/unknown-component.ts';
import { unregisteredComponent } from './rules/image/unregistered-component.ts';
import { untrustedSigner } from './rules/image/untrusted-signer.ts';
import { authInterception } from './rules/code/auth-interception.ts';
import { managedCapability } from './rules/code/managed-capability.ts';
import { notificationProfile } from './rules/code/notification-profile.ts';
import { classicRootEntry } from './rules/registration/classic-root-entry.ts';
import { notInstallerWritten } from './rules/registration/not-installer-written.ts';
import { registeredInContentFolder } from './rules/registration/registered-in-content-folder.ts';
import { doubtfulFileTime } from './rules/image/doubtful-file-time.ts';
import { nativeImageDiffers } from './rules/image/native-image-differs.ts';
import { stockFileOdd } from './rules/image/stock-file-odd.ts';
import { unexplainedFile } from './rules/image/unexplained-file.ts';
import { youngerThanApplication } from './rules/image/younger-than-application.ts';
import { runsForAllNewlySet } from './rules/history/runs-for-all-newly-set.ts';
import { configurationRedirected } from './rules/settings/configuration-redirected.ts';
import { differsFromKnownGood } from './rules/lists/differs-from-known-good.ts';
import { indicatorMatch } from './rules/lists/indicator-match.ts';
import { yaraMatch } from './rules/lists/yara-match.ts';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  activeNotConfigured, answeredWithoutFile, appearedInHistory, caseOnlyClone, codeLoadingSetting, enabledNotGlobal, globalNotEnabled, imageAbsent, loggingSwitchedOff,
  lookAlikeName, managedRunsForAll, outsideTrustedFolder, preStartList, removedAgain, requestsNearArrival, schemaDiffers, signatureTampered, stockImageNotMicrosoft,
  stockNameOtherImage, tracedModuleNotConfigured, unknownComponent, unregisteredComponent, untrustedSigner,
  authInterception, classicRootEntry, configurationRedirected, doubtfulFileTime, managedCapability, nativeImageDiffers, notificationProfile, notInstallerWritten, registeredInContentFolder,
  runsForAllNewlySet, sharedImage, stockFileOdd, unexplainedFile, youngerThanApplication,
  rowOutsideCluster, answersDifferForCrawlers, knownTriggerInLog, serverErrorThenSuccess, logGap, singleClientPath, logFactsMeet, factsMeet, familyTraits,
  // What they say is made where lists are applied.
  differsFromKnownGood, indicatorMatch, yaraMatch,
];

/** What each rule looks for, for people. */
export const RULE_TEXTS: readonly RuleText[] = RULES.map((r) => r.text);

/** Changes whenever a rule comes, goes or says something else: `31 rules, 5f0c2a9b1e7d`. */
export const RULES_VERSION: string = versionOf(RULES);

function versionOf(rules: readonly Rule[]): string {
  const lines = rules.map((r) => `${r.id} ${r.text.version}`).sort();
  return `${rules.length} rules, ${createHash('sha256').update(lines.join('\n'), 'utf8').digest('hex').slice(0, 12)}`;
}
