import { foldCase } from '../../shared/base/compare.ts';
import { attributeValue, type ConfigElement } from '../../shared/model/index.ts';

/** Attributes that are secrets by their name: IIS_schema.xml and ASPNET_schema.xml mark them `encrypted`, or .NET keys its tickets with them. */
const SECRET_NAME = /(?:PASSWORD|CONNECTIONSTRING|SECRET)$|^(?:PWD|VALIDATIONKEY|DECRYPTIONKEY|SESSIONKEY|ENCRYPTEDVALUE)$/;
/** Names of settings (`add key= value=`, environment variables) whose value is one. */
const SECRET_KEY = /PASSWORD|PASSWD|\bPWD\b|SECRET|APIKEY|API_KEY|ACCESSKEY|ACCOUNTKEY|CONNECTIONSTRING|TOKEN$/;
/** The names that nearly every attribute has; the rest is asked in full. */
const HARMLESS: ReadonlySet<string> = new Set(['name', 'type', 'image', 'path', 'verb', 'modules', 'preCondition', 'scriptProcessor', 'lockItem', 'key']);
const IN_TEXT = /(?:password|pwd)\s*=/i;
const ENCRYPTED = '[enc:';
const NOT_SHOWN = '[not shown]';

/** What configProtectedData encrypted: `[enc:PROVIDER:BASE64:enc]`. */
export function isEncryptedValue(value: string): boolean {
  return value.includes(ENCRYPTED);
}

/** True for passwords, keys, connection strings and encrypted values. `key` is the name of the setting that the element sets, if it sets one. */
export function isSecret(name: string, value: string, key: string | null = null): boolean {
  if (value === '') return false;
  if (isEncryptedValue(value) || IN_TEXT.test(value)) return true;
  if (HARMLESS.has(name)) return false;
  const folded = foldCase(name);
  if (SECRET_NAME.test(folded)) return !/^AutoGenerate/i.test(value);
  return folded === 'VALUE' && key !== null && SECRET_KEY.test(foldCase(key));
}

/**
 * An attribute as reports, histories and lists may show it. Secrets are never printed: what is encrypted becomes
 * `[encrypted: PROVIDER]`, the rest `[not shown]`.
 */
export function shownValue(name: string, value: string, key: string | null = null): string {
  if (!isSecret(name, value, key)) return value;
  const at = value.indexOf(ENCRYPTED);
  if (at < 0) return NOT_SHOWN;
  const provider = /^[\w.-]{1,80}/.exec(value.slice(at + ENCRYPTED.length, at + ENCRYPTED.length + 81))?.[0];
  return `[encrypted: ${provider ?? 'unknown provider'}]`;
}

/** All attributes of an element in document order, secrets masked. */
export function shownAttributes(element: ConfigElement): { name: string; value: string }[] {
  const key = attributeValue(element, 'key') ?? attributeValue(element, 'name') ?? null;
  return element.attributes.map((a) => ({ name: a.name, value: shownValue(a.name, a.value, key) }));
}
