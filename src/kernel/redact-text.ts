export const REDACTED = '<redacted>';

/** Names of headers, variables and options whose values are secrets more often than not. */
const SECRET_NAME =
  /auth(?!ors?(?:[^a-z]|$))|token|secret|passw(or)?d|passphrase|[-_]pwd$|api[-_]?key|access[-_]?key|private[-_]?key|[-_]key$|cookie|credential|session|signature|jwt/i;
/** Names of secrets themselves, and not of what is beside them: `AUTH_MODE`, `--token-type`. */
const NAME_OF_SECRET =
  /(token|secret|passw(or)?d|passphrase|[-_]pwd|(api|access|private|secret)[-_]?key|credentials?|cookie|jwt)$/i;

/** Whether what goes by this name is a secret more often than not. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Whether this is the name of a secret itself: what goes by it may be hidden wherever else it stands. */
export function isNameOfSecret(name: string): boolean {
  return NAME_OF_SECRET.test(name);
}

/** Told of each secret that is found, and of what it goes by; null = it is the login of a URL. */
type OnSecret = (name: string | null, secret: string) => void;

/** The login in a URL; `--name value`, `name=value`, `"name": "value"` and `Name: value`, wherever they stand, without what is secret in them. */
export function redactText(text: string, onSecret: OnSecret = () => {}): string {
  const hide =
    (separator: string) =>
    (whole: string, name: string, value: string): string => {
      if (!isSecretName(name)) return whole;
      onSecret(name, unquoted(value));
      return `${name}${separator}${REDACTED}`;
    };
  return text
    .replace(LOGIN, (_, login: string) => {
      onSecret(null, login);
      return `//${REDACTED}@`;
    })
    .replace(MEMBER, (whole, name: string, colon: string, value: string) => {
      if (!isSecretName(name)) return whole;
      onSecret(name, value);
      return `"${name}"${colon}"${REDACTED}"`;
    })
    .replace(WHOLE_HEADER, hide(': '))
    .replace(OPTION, hide(' '))
    .replace(HEADER, hide(': '))
    .replace(ASSIGNMENT, hide('='));
}

/** A command line as it may be shown and stored. */
export function redactCommand(words: readonly string[], onSecret: OnSecret = () => {}): string[] {
  return words.map((word, at) => {
    const option = words[at - 1];
    if (option === undefined || !isSecretOption(option)) return redactText(word, onSecret);
    onSecret(option, word);
    return REDACTED;
  });
}

/** `--api-key`, whose value is the next word. */
function isSecretOption(word: string): boolean {
  return /^--?[\w-]+$/.test(word) && isSecretName(word);
}

const VALUE = /"[^"]*"|'[^']*'|[^\s&;'"]+/.source;
/** A password may hold @ itself: the last one ends it. */
const LOGIN = /\/\/([^/?#\s'"]+)@/g;
const OPTION = new RegExp(`(--?[\\w-]+)\\s+(?!-)(${VALUE})`, 'g');
const ASSIGNMENT = new RegExp(`([\\w.-]+)=(${VALUE})`, 'g');
/** Of JSON, as the body of a request has it. */
const MEMBER = /"([^"\\]+)"(\s*:\s*)"((?:[^"\\]|\\.)*)"/g;
const WHOLE_HEADER = /^([^:\s"']+):(?!\/\/)(.*)$/s;
const HEADER = /([\w-]+):(?!\/\/)([^\r\n'"]+)/g;

function unquoted(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/s, '$2');
}

/** The login in each URL, for texts that are not ours: what else looks like a secret there may be what a reader needs. */
export function withoutLogins(text: string): string {
  return text.replace(LOGIN, `//${REDACTED}@`);
}
