import type { RuleText } from '../../shared/contract/finding.ts';
import type { Rule } from './rule.ts';
import { activeNotConfigured } from './rules/active-not-configured.ts';
import { answeredWithoutFile } from './rules/answered-without-file.ts';
import { answersDifferForCrawlers } from './rules/answers-differ-for-crawlers.ts';
import { appearedInHistory } from './rules/appeared-in-history.ts';
import { caseOnlyClone } from './rules/case-only-clone.ts';
import { codeLoadingSetting } from './rules/code-loading-setting.ts';
import { enabledNotGlobal } from './rules/enabled-not-global.ts';
import { globalNotEnabled } from './rules/global-not-enabled.ts';
import { imageAbsent } from './rules/image-absent.ts';
import { knownTriggerInLog } from './rules/known-trigger-in-log.ts';
import { logFactsMeet } from './rules/log-facts-meet.ts';
import { logGap } from './rules/log-gap.ts';
import { loggingSwitchedOff } from './rules/logging-switched-off.ts';
import { lookAlikeName } from './rules/look-alike-name.ts';
import { managedRunsForAll } from './rules/managed-runs-for-all.ts';
import { outsideTrustedFolder } from './rules/outside-trusted-folder.ts';
import { preStartList } from './rules/pre-start-list.ts';
import { removedAgain } from './rules/removed-again.ts';
import { requestsNearArrival } from './rules/requests-near-arrival.ts';
import { rowOutsideCluster } from './rules/row-outside-cluster.ts';
import { schemaDiffers } from './rules/schema-differs.ts';
import { serverErrorThenSuccess } from './rules/server-error-then-success.ts';
import { signatureTampered } from './rules/signature-tampered.ts';
import { singleClientPath } from './rules/single-client-path.ts';
import { stockImageNotMicrosoft } from './rules/stock-image-not-microsoft.ts';
import { stockNameOtherImage } from './rules/stock-name-other-image.ts';
import { tracedModuleNotConfigured } from './rules/traced-module-not-configured.ts';
import { unknownComponent } from './rules/unknown-component.ts';
import { unregisteredComponent } from './rules/unregistered-component.ts';
import { untrustedSigner } from './rules/untrusted-signer.ts';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  activeNotConfigured, answeredWithoutFile, appearedInHistory, caseOnlyClone, codeLoadingSetting, enabledNotGlobal, globalNotEnabled, imageAbsent, loggingSwitchedOff,
  lookAlikeName, managedRunsForAll, outsideTrustedFolder, preStartList, removedAgain, requestsNearArrival, schemaDiffers, signatureTampered, stockImageNotMicrosoft,
  stockNameOtherImage, tracedModuleNotConfigured, unknownComponent, unregisteredComponent, untrustedSigner,
  rowOutsideCluster, answersDifferForCrawlers, knownTriggerInLog, serverErrorThenSuccess, logGap, singleClientPath, logFactsMeet,
];

/** What each rule looks for, for people. */
export const RULE_TEXTS: readonly RuleText[] = RULES.map((r) => r.text);
