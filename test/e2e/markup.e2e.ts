import { expect, test } from '@playwright/test';
import { USUAL_CAPABILITIES } from './desktop/notifications';
import { Stage } from './stage';

const TRICKY = {
  fromName: 'Grace <b>Hopper</b> & Co',
  fromAddress: '+12025550147',
  customerName: 'Müller & <i>Söhne</i>',
  customerBreadcrumb: [{ id: 'mueller', name: 'Müller & <i>Söhne</i>' }],
  endpointName: 'Desk <1>',
};

/** What one ringing call says on a desktop with these capabilities. */
async function saidOn(capabilities: readonly string[]): Promise<{ title: string; body: string }> {
  const stage = await Stage.set({ capabilities });
  try {
    await stage.start();
    stage.server.ring(TRICKY);
    return await stage.daemon.waitForOpen({});
  } finally {
    await stage.strike();
  }
}

test('markup in a name is escaped where the desktop reads markup', async () => {
  const { title, body } = await saidOn(USUAL_CAPABILITIES);
  expect(title).toBe('Grace <b>Hopper</b> & Co');
  expect(body).toContain('for Müller &amp; &lt;i&gt;Söhne&lt;/i&gt; · Desk &lt;1&gt; · +1 202');
});

test('and is plain text where the desktop shows plain text', async () => {
  const { title, body } = await saidOn(['body', 'actions']);
  expect(title).toBe('Grace <b>Hopper</b> & Co');
  expect(body).toContain('for Müller & <i>Söhne</i> · Desk <1> · +1 202');
});
