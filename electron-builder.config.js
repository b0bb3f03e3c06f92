import { readFile, writeFile } from 'node:fs/promises';
import { addPolicyFolder } from './scripts/lib/msi.mjs';

// How Ringside is packaged. `npm run package` makes what this machine can make.

/** The repository whose runner builds. Packages built elsewhere don't look for updates. */
const [owner = '', repo] = (process.env.GITHUB_REPOSITORY ?? '').split('/');

/** Apple's notary needs credentials, which come from the environment. */
const canNotarize = ['APPLE_API_KEY', 'APPLE_ID', 'APPLE_KEYCHAIN_PROFILE'].some((name) =>
  Boolean(process.env[name]),
);

/** @type {import('electron-builder').Configuration} */
export default {
  // Windows compares it with the ID that the app sets at run time.
  appId: 'app.ringside',
  productName: 'Ringside',
  copyright: 'Copyright © 2026 The Ringside authors',
  artifactName: '${name}-${version}-${os}-${arch}.${ext}',
  directories: { output: 'dist', buildResources: 'resources' },
  // Everything is bundled into out/. scripts/lib/verify-package.mjs checks what ends up in the archive.
  files: [
    'out/{main,preload,renderer}/**/*',
    '!out/main/demo-server.js',
    'resources/icons/256x256.png',
    '!**/node_modules/**',
  ],
  asar: true,
  npmRebuild: false,
  publish: repo ? { provider: 'github', owner, repo } : null,
  protocols: [{ name: 'Ringside', schemes: ['ringside'] }],
  electronFuses: {
    // The app can't be used as a plain Node.
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Cookies are protected by the system's keyring, as passwords are. On Linux, Chromium would read
    // the key at start and block the whole app until the user has unlocked the keyring.
    enableCookieEncryption: process.platform !== 'linux',
    // The code comes from the packaged archive only, and is checked.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    // There is no snapshot of our own, and the window isn't served from file://.
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    // macOS refuses to run a binary whose signature doesn't match.
    resetAdHocDarwinSignature: process.platform === 'darwin',
  },
  linux: {
    // scripts/lib/deb.mjs makes the Debian packages.
    target: ['AppImage', 'tar.gz'].map((target) => ({ target, arch: ['x64', 'arm64'] })),
    files: ['resources/tray/linux/**/*', 'resources/icons/128x128.png'],
    executableName: 'ringside',
    // Gives the window the class that package.json names in desktopName.
    syncDesktopName: true,
    icon: 'resources/icons',
    category: 'Network;Telephony;',
    synopsis: 'Desktop companion for people who take calls on Evo Voice',
    // The project has no address. This domain can never exist.
    maintainer: 'The Ringside authors <maintainers@ringside.invalid>',
    desktop: {
      entry: {
        GenericName: 'Call companion',
        Keywords: 'phone;calls;telephone;voice;switchboard;',
        StartupNotify: 'true',
        // GNOME lists the app in its notification settings from the start.
        'X-GNOME-UsesNotifications': 'true',
      },
    },
  },
  // By default AppImages give up the sandbox.
  appImage: { executableArgs: [] },
  win: {
    target: [
      { target: 'nsis', arch: ['x64', 'arm64'] },
      { target: 'msi', arch: ['x64'] },
    ],
    files: ['resources/tray/windows/**/*'],
    icon: 'resources/icons/icon.ico',
    // The updater installs only what the same publisher signed.
    verifyUpdateCodeSignature: true,
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    buildUniversalInstaller: false,
    deleteAppDataOnUninstall: false,
    include: 'resources/windows/installer.nsh',
    artifactName: '${name}-${version}-${os}-${arch}-setup.${ext}',
  },
  // For managed desktops.
  msi: { oneClick: true, perMachine: true, runAfterFinish: false },
  msiProjectCreated: async (path) => {
    await writeFile(path, addPolicyFolder(await readFile(path, 'utf8')));
  },
  mac: {
    target: ['dmg', 'zip'].map((target) => ({ target, arch: ['universal'] })),
    files: ['resources/tray/macos/**/*'],
    icon: 'resources/icons/icon.icns',
    category: 'public.app-category.business',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'resources/macos/entitlements.plist',
    entitlementsInherit: 'resources/macos/entitlements.plist',
    notarize: canNotarize,
  },
};
