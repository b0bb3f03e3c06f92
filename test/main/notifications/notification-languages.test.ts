import { expect, test } from 'vitest';
import { getNotificationText } from '../../../src/main/notifications/notification-text';
import { loadI18n, createCallSummary } from '../builders';

const BRIGHT_DENTAL = { customerBreadcrumb: [{ id: 'bright', name: 'Bright Dental' }] };

test('a notification in German', async () => {
  const summary = createCallSummary(BRIGHT_DENTAL);
  const alert = { kind: 'long-hold', key: 'k', summary: summary, limitMs: 120_000 } as const;
  expect(getNotificationText(alert, await loadI18n('de'))).toEqual({
    title: 'Grace Hopper wird seit 2 Minuten gehalten',
    body: 'Bright Dental · +1 202-555-0147 · Front desk',
  });
});

test('left-to-right names do not reorder a notification in Arabic', async () => {
  const summary = createCallSummary({ ...BRIGHT_DENTAL, endpointName: 'الاستقبال' });
  const alert = { kind: 'ringing', key: 'k', summary: summary } as const;
  expect(getNotificationText(alert, await loadI18n('ar')).body).toBe(
    '\u2068+1 202-555-0147\u2069 · الاستقبال',
  );
});

test('a notification in Japanese has no spaces around names and numbers', async () => {
  const summary = createCallSummary({
    ...BRIGHT_DENTAL,
    endpointName: '受付',
    fromName: '山田　太郎',
  });
  const alert = { kind: 'long-hold', key: 'k', summary: summary, limitMs: 130_000 } as const;
  expect(getNotificationText(alert, await loadI18n('ja'))).toEqual({
    title: '山田　太郎の保留が2分10秒続いています',
    body: 'Bright Dental · +1 202-555-0147 · 受付',
  });
});
