import { expect, test } from 'vitest';
import { applyChromiumFlags } from '../../../src/main/platform/chromium-flags';
import type { DisplayServer } from '../../../src/main/platform/display-server';

const DISPLAY_SERVERS = ['x11', 'wayland', 'native'] as const;

test.each(DISPLAY_SERVERS)('turns the GPU process off on %s', (displayServer) => {
  expect(getFlags(displayServer)).toHaveProperty('disable-gpu');
});

test.each(DISPLAY_SERVERS)('turns DNS prefetching off on %s', (displayServer) => {
  expect(getFlags(displayServer)).toHaveProperty('blink-settings', 'dnsPrefetchingEnabled=false');
});

test('asks the desktop portal for global shortcuts on Wayland only', () => {
  expect(getFlags('wayland')).toHaveProperty('enable-features', 'GlobalShortcutsPortal');
  expect(getFlags('x11')).not.toHaveProperty('enable-features');
  expect(getFlags('native')).not.toHaveProperty('enable-features');
});

test('keeps the features that the command line enables', () => {
  const flags = getFlags('wayland', { 'enable-features': 'UseOzonePlatform' });
  expect(flags['enable-features']).toBe('UseOzonePlatform,GlobalShortcutsPortal');
});

test.each(DISPLAY_SERVERS)('keeps the sandbox enabled on %s', (displayServer) => {
  const weakening = /sandbox|zygote|single-process|in-process|web-security|isolation/i;
  for (const flag of Object.entries(getFlags(displayServer))) {
    expect(flag.join('=')).not.toMatch(weakening);
  }
});

function getFlags(
  displayServer: DisplayServer,
  given: Record<string, string> = {},
): Record<string, string> {
  const flags = { ...given };
  const commandLine = {
    appendSwitch: (name: string, value = '') => {
      flags[name] = value;
    },
    getSwitchValue: (name: string) => flags[name] ?? '',
  };
  applyChromiumFlags(commandLine, displayServer);
  return flags;
}

test.each(DISPLAY_SERVERS)(
  'prevents servers from making Chromium contact other hosts on %s',
  (displayServer) => {
    const flags = getFlags(displayServer, { 'disable-features': 'Translate' });
    expect(flags['disable-features']).toBe('Translate,Reporting,NetworkErrorLogging');
    expect(flags).toHaveProperty('disable-quic');
  },
);
