import type { AuthInfo } from 'electron';

/** A username and a password. */
export type ProxyCredentials = readonly [userName: string, password: string];

const VARIABLES = ['https_proxy', 'http_proxy', 'all_proxy'];
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * Finds the credentials for a proxy in the environment, as in `https_proxy=http://user:pass@host:80`.
 * They are only used for the proxy that the variable names.
 */
export function findProxyCredentials(
  { host, port }: Pick<AuthInfo, 'host' | 'port'>,
  env: NodeJS.ProcessEnv = process.env,
): ProxyCredentials | undefined {
  const values = VARIABLES.flatMap((name) => [env[name], env[name.toUpperCase()]]);
  for (const value of values) {
    const url = parseProxy(value ?? '');
    if (!url || url.username === '') continue;
    const proxyPort = url.port === '' ? DEFAULT_PORTS[url.protocol] : Number(url.port);
    if (normalizeHost(url.hostname) !== normalizeHost(host) || proxyPort !== port) continue;
    return [decode(url.username), decode(url.password)];
  }
  return undefined;
}

/** IPv6 addresses can have brackets or not. */
function normalizeHost(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$|\.$/g, '');
}

/**
 * The scheme is optional in these variables, and characters that separate the parts of a URL are
 * often not encoded in a password.
 */
function parseProxy(value: string): URL | undefined {
  const [, scheme = 'http://', login, rest = ''] =
    /^([a-z][\w+.-]*:\/\/)?(?:(.*)@)?(.*)$/i.exec(value.trim()) ?? [];
  const url =
    scheme +
    (login === undefined ? '' : `${login.replace(/[/?#\\]/g, encodeURIComponent)}@`) +
    rest;
  return URL.canParse(url) ? new URL(url) : undefined;
}

/** Passwords with a percent sign are often written without encoding it. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
