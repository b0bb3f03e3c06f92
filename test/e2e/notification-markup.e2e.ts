import { expect, test } from '@playwright/test';
import { DEFAULT_CAPABILITIES } from './desktop/notification-daemon';
import { TestApp } from './support/test-app';

const CALLER_WITH_MARKUP = {
  fromName: 'Grace <b>Hopper</b> & Co',
  fromAddress: '+12025550147',
  customerName: 'Müller & <i>Söhne</i>',
  customerBreadcrumb: [{ id: 'mueller', name: 'Müller & <i>Söhne</i>' }],
  endpointName: 'Desk <1>',
};

/** The notification of a call on a desktop with these capabilities. */
async function getNotification(
  capabilities: readonly string[],
): Promise<{ title: string; body: string }> {
  const testApp = await TestApp.create({ capabilities });
  try {
    await testApp.launch();
    await testApp.daemon.waitForCapabilitiesRequest();
    testApp.server.ring(CALLER_WITH_MARKUP);
    return await testApp.daemon.waitForOpen({});
  } finally {
    await testApp.close();
  }
}

test('escapes markup for a notification daemon that supports it', async () => {
  const { title, body } = await getNotification(DEFAULT_CAPABILITIES);
  expect(title).toBe('Grace <b>Hopper</b> & Co is calling Müller & <i>Söhne</i>');
  expect(body).toMatch(/^\+1 202.* · Desk &lt;1&gt;/);
});

test('sends plain text to a notification daemon without markup support', async () => {
  const { title, body } = await getNotification(['body', 'actions']);
  expect(title).toBe('Grace <b>Hopper</b> & Co is calling Müller & <i>Söhne</i>');
  expect(body).toMatch(/^\+1 202.* · Desk <1>/);
});
