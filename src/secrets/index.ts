/**
 * The one register of secrets and the one redactor. Whoever gets hold of a secret registers it at once; whoever writes a
 * text that others read (an error, a log line, a report, what another program said) passes it through {@link redact}.
 */
export { MASK, SecretRegister } from './register';
export { SHORTEST_SECRET } from './forms';
export { silenceNode, talkativeVariables, type ThisProcess } from './talkative-node';
export { redact, redactValue, registerBasic, registerSecrets } from './process';
export { registerPlan } from './plan';
export { registerCommandEnvironment, registerEnvironment, registerUrlUser, registerWebhook } from './environment';
