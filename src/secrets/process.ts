/**
 * The one register of this process. It hangs on the process and not on this module, because the built provider carries
 * this module in more than one of its files.
 */
import { SecretRegister } from './register';

const KEY = Symbol.for('genesyscloud-compliance.secrets');

function ofProcess(): SecretRegister {
  const home = globalThis as { [KEY]?: SecretRegister };
  return (home[KEY] ??= new SecretRegister());
}

/**
 * Registers secrets as soon as they come into being: read from a setting, returned by a sign-in, made of other secrets.
 * From then on {@link redact} covers them wherever they turn up. Undefined and null are passed over.
 */
export function registerSecrets(...secrets: readonly (string | null | undefined)[]): void {
  const register = ofProcess();
  for (const secret of secrets) register.add(secret);
}

/** Registers a password and what the scheme Basic makes of it and its user. */
export function registerBasic(user: string | undefined, password: string | undefined): void {
  if (password === undefined || password === '') return;
  registerSecrets(password, Buffer.from(`${user ?? ''}:${password}`).toString('base64'));
}

/** The text without any secret of this process. Redact first and shorten afterwards: half a secret is not found. */
export function redact(text: string): string {
  return ofProcess().redact(text);
}

/** The value with every text in it redacted; keys stay. Errors become their messages. */
export function redactValue(value: unknown): unknown {
  if (ofProcess().empty) return value;
  if (typeof value === 'string') return redact(value);
  if (value instanceof Error) return redact(value.message);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactValue(inner)]));
}
