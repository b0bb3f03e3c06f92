// How Ringside is packaged, for every system. `npm run package` makes what the machine can make.
import { readFileSync } from 'node:fs';
import { setFuses } from './scripts/package/fuses.mjs';
import { publishTo } from './scripts/package/publish.mjs';

/** Whether Apple's notary can be asked: its credentials come from the environment. */
const canNotarise = ['APPLE_API_KEY', 'APPLE_ID', 'APPLE_KEYCHAIN_PROFILE'].some((name) =>
  Boolean(process.env[name]),
);

/** @type {{ repository?: string | { url: string } }} */
const about = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {import('electron-builder').Configuration} */
export default {
  // The same as in src/main/platform/app-identity.ts: Windows compares them.
  appId: 'app.ringside',
  productName: 'Ringside',
  copyright: 'Copyright © 2026 The Ringside authors',
  artifactName: '${name}-${version}-${os}-${arch}.${ext}',
  directories: { output: 'dist', buildResources: 'resources' },
  // Everything is bundled into out/: what is not named here does not ship.
  files: [
    'out/**/*',
    '!out/main/demo-server.js',
    'resources/icons/256x256.png',
    '!**/node_modules/**',
  ],
  asar: true,
  npmRebuild: false,
  // Noted in the package too: there the updater asks for the next version.
  publish: publishTo(about, process.env),
  protocols: [{ name: 'Ringside', schemes: ['ringside'] }],
  // By a hook rather than by `electronFuses`, which does not know the newest of them.
  afterPack: setFuses,
  linux: {
    target: ['deb', 'AppImage', 'tar.gz'].map((target) => ({ target, arch: ['x64', 'arm64'] })),
    files: ['resources/tray/linux/**/*'],
    executableName: 'ringside',
    // The window's class and the desktop file have the name that package.json gives in desktopName.
    syncDesktopName: true,
    icon: 'resources/icons',
    category: 'Network;Telephony;',
    synopsis: 'Desktop companion for people who take calls on Evo Voice',
    // Debian wants an address; the project has none, and this domain can never have one.
    maintainer: 'The Ringside authors <maintainers@ringside.invalid>',
    desktop: {
      entry: {
        GenericName: 'Call companion',
        Keywords: 'phone;calls;telephone;voice;switchboard;',
        StartupNotify: 'true',
        // Lists Ringside by name in the system's settings before its first notification.
        'X-GNOME-UsesNotifications': 'true',
      },
    },
  },
  deb: {
    packageCategory: 'net',
    priority: 'optional',
    depends: [
      'libasound2t64 | libasound2',
      'libgbm1',
      'libgtk-3-0t64 | libgtk-3-0',
      'libnotify4',
      'libnss3',
      'libsecret-1-0',
      'xdg-utils',
    ],
    recommends: ['desktop-file-utils', 'gnome-keyring | kwalletmanager'],
  },
  // Its menu entry would give up the sandbox on every desktop, for the sake of a few.
  appImage: { executableArgs: [] },
  win: {
    target: [
      { target: 'nsis', arch: ['x64', 'arm64'] },
      { target: 'msi', arch: ['x64'] },
    ],
    files: ['resources/tray/windows/**/*'],
    icon: 'resources/icons/icon.ico',
    // Whoever signs the packages is noted in them: what bears another name is not installed.
    verifyUpdateCodeSignature: true,
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    // Made in one call, they would otherwise come with a third one that holds both.
    buildUniversalInstaller: false,
    deleteAppDataOnUninstall: false,
    include: 'resources/windows/installer.nsh',
    artifactName: '${name}-${version}-${os}-${arch}-setup.${ext}',
  },
  // For managed desktops: for everybody on the machine, without a question and without a start.
  msi: { oneClick: true, perMachine: true, runAfterFinish: false },
  mac: {
    target: [
      { target: 'dmg', arch: ['universal'] },
      { target: 'zip', arch: ['universal'] },
    ],
    files: ['resources/tray/macos/**/*'],
    icon: 'resources/icons/icon.icns',
    category: 'public.app-category.business',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'resources/macos/entitlements.plist',
    entitlementsInherit: 'resources/macos/entitlements.plist',
    notarize: canNotarise,
  },
};
