/** @typedef {readonly [type: string, properties?: Record<string, string | number | boolean>]} Plugin */

/** The file with the panel's configuration, in the user's configuration folder. */
export const XFCE_PANEL_FILE = 'xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml';

/**
 * A spacer that fills the free space of a panel.
 *
 * @type {Plugin}
 */
export const SPACER = ['separator', { expand: true, style: 0 }];

const TYPES = { string: 'string', number: 'uint', boolean: 'bool' };

/**
 * Returns the configuration of an Xfce panel at the top of the screen.
 *
 * @param {number} height
 * @param {readonly Plugin[]} plugins from left to right
 */
export function getXfcePanelConfig(height, plugins) {
  const ids = plugins.map((_plugin, index) => `<value type="int" value="${index + 1}"/>`);
  const elements = plugins.map(([type, properties = {}], index) => {
    const below = Object.entries(properties).map(([name, value]) => {
      const kind = TYPES[/** @type {keyof typeof TYPES} */ (typeof value)];
      return `<property name="${name}" type="${kind}" value="${value}"/>`;
    });
    return `<property name="plugin-${index + 1}" type="string" value="${type}">${below.join('')}</property>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="true"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="${height}"/>
      <property name="plugin-ids" type="array">${ids.join('')}</property>
    </property>
  </property>
  <property name="plugins" type="empty">${elements.join('')}</property>
</channel>
`;
}
