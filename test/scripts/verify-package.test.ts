import { FuseState, FuseV1Options } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { findWrongFiles, findWrongFuses } from '../../scripts/lib/verify-package.mjs';

describe('findWrongFiles', () => {
  const required = [
    'package.json',
    'out/main/index.js',
    'out/preload/index.cjs',
    'out/renderer/index.html',
    'out/renderer/licenses.txt',
  ];

  it('accepts build output and icons', () => {
    const icon = 'resources/tray/linux/dark/idle@2x.png';
    expect(findWrongFiles([...required, 'out/renderer/assets/index-B1.css', icon])).toEqual([]);
  });

  it.each(['node_modules/conf/index.js', 'src/main/index.ts', 'out/main/index.js.map', '.env'])(
    'rejects %s',
    (name) => {
      expect(findWrongFiles([...required, name])).toEqual([
        `${name} doesn't belong in the package`,
      ]);
    },
  );

  it('reports a missing file', () => {
    expect(findWrongFiles(required.filter((name) => !name.includes('preload')))).toEqual([
      'out/preload/index.cjs is missing',
    ]);
  });
});

describe('findWrongFuses', () => {
  const wire = {
    [FuseV1Options.RunAsNode]: FuseState.DISABLE,
    [FuseV1Options.EnableCookieEncryption]:
      process.platform === 'linux' ? FuseState.DISABLE : FuseState.ENABLE,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: FuseState.DISABLE,
    [FuseV1Options.EnableNodeCliInspectArguments]: FuseState.DISABLE,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: FuseState.ENABLE,
    [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.ENABLE,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: FuseState.DISABLE,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: FuseState.DISABLE,
  };

  it('accepts a hardened binary', () => {
    expect(findWrongFuses(wire)).toEqual([]);
  });

  it.each(Object.keys(wire).map(Number))('reports fuse %i in the wrong state', (fuse) => {
    expect(findWrongFuses({ ...wire, [fuse]: FuseState.INHERIT })).toHaveLength(1);
  });
});
