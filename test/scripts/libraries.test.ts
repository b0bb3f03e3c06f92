import { describe, expect, it } from 'vitest';
import { missingLibraries, unknownLibraries } from '../../scripts/setup/libraries.mjs';

describe('missing libraries', () => {
  it('are those ldd does not find, each once', () => {
    const output = `
	linux-vdso.so.1 (0x00007ffd1a5f2000)
	libffmpeg.so => /opt/electron/libffmpeg.so (0x00007f2b3c000000)
	libnss3.so => not found
	libgtk-3.so.0 => not found
	libnss3.so => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2b3bc1f000)
	/lib64/ld-linux-x86-64.so.2 (0x00007f2b49aa4000)
`;
    expect(missingLibraries(output)).toEqual(['libnss3.so', 'libgtk-3.so.0']);
  });

  it('are none where ldd finds all, or has nothing to say', () => {
    expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x00007f2b3bc1f000)\n')).toEqual([]);
    expect(missingLibraries('\tnot a dynamic executable\n')).toEqual([]);
  });

  it('are those the loader does not know by their whole name', () => {
    const output = `
2 libs found in cache \`/etc/ld.so.cache'
	libnotify.so.4 (libc6,x86-64) => /lib/x86_64-linux-gnu/libnotify.so.4
	libnotify.so (libc6,x86-64) => /lib/x86_64-linux-gnu/libnotify.so
`;
    const wanted = ['libnotify.so.4', 'libnotify.so.5'];
    expect(unknownLibraries(output, wanted)).toEqual(['libnotify.so.5']);
  });
});
