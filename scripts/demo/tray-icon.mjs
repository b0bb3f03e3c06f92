/** @typedef {import('../../test/e2e/desktop/bus').Connection} Connection */

const watcher = { to: 'org.kde.StatusNotifierWatcher', path: '/StatusNotifierWatcher' };
const properties = 'org.freedesktop.DBus.Properties';

/**
 * The largest picture of the icon in the tray, as the application gives it.
 *
 * @param {Connection} connection
 * @returns {Promise<import('./backdrop.mjs').Icon | undefined>} undefined while there is none
 */
export async function readTrayIcon(connection) {
  const [item] = await get(connection, watcher, watcher.to, 'RegisteredStatusNotifierItems');
  if (item === undefined) return undefined;
  const slash = item.indexOf('/');
  const place = { to: item.slice(0, slash), path: item.slice(slash) };
  /** @type {[number, number, Buffer][]} */
  const pixmaps = await get(connection, place, 'org.kde.StatusNotifierItem', 'IconPixmap');
  const [largest] = pixmaps.sort(([one], [other]) => other - one);
  if (largest === undefined) return undefined;
  const [width, height, bytes] = largest;
  return { width, height, argb: bytes.toString('base64') };
}

/**
 * @param {Connection} connection
 * @param {{ to: string, path: string }} place
 * @param {string} of
 * @param {string} property
 */
async function get(connection, place, of, property) {
  const [variant] = await connection.call({
    ...place,
    of: properties,
    member: 'Get',
    signature: 'ss',
    body: [of, property],
  });
  return /** @type {{ value: any }} */ (variant).value;
}
