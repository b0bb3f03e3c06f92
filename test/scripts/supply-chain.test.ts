import { describe, expect, it } from 'vitest';
import lock from '../../package-lock.json';
import packageJson from '../../package.json';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
}

const locked = Object.entries<Locked>(lock.packages).filter(([path]) => path !== '');

describe('what is installed', () => {
  it('is what was looked at: each package has a checksum', () => {
    expect(locked.length).toBeGreaterThan(100);
    for (const [path, { integrity }] of locked) expect(integrity, path).toMatch(/^sha512-/);
  });

  it('comes from the registry, and not from a folder, a branch or a link', () => {
    for (const [path, { resolved, link }] of locked) {
      expect(link, path).toBeUndefined();
      expect(resolved ?? 'https:', path).toMatch(/^https:/);
    }
  });

  it('is, of Electron, one exact version', () => {
    const { electron } = packageJson.devDependencies;
    expect(electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(lock.packages['node_modules/electron'].version).toBe(electron);
  });
});

describe('what ships', () => {
  it('is bundled: no package is installed along', () => {
    expect(packageJson).not.toHaveProperty('dependencies');
    expect(packageJson).not.toHaveProperty('optionalDependencies');
  });

  it('gives no page the modules of main', () => {
    expect(locked.map(([path]) => path)).not.toContain('node_modules/@electron/remote');
  });
});
