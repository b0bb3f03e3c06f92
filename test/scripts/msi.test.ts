import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { addPolicyFolder, POLICY_FOLDER_SDDL } from '../../scripts/lib/msi.mjs';
import { isAdministratorOnly } from '../../src/main/storage/windows-policy';

test('the MSI creates the folder of the policy file for administrators only', async () => {
  const builder = dirname(createRequire(import.meta.url).resolve('app-builder-lib/package.json'));
  const template = await readFile(join(builder, 'templates', 'msi', 'template.xml'), 'utf8');
  const project = addPolicyFolder(template);
  expect(project).toMatch(
    /<Directory Id="CommonAppDataFolder"><Directory Id="(\w+)" Name="Ringside"\/><\/Directory>/,
  );
  expect(project).toMatch(/<ComponentRef Id="\w+"\/>\s*<\/Feature>/);
  expect(project).toContain(`<CreateFolder><PermissionEx Sddl="${POLICY_FOLDER_SDDL}"/>`);
  // What Ringside itself requires of the folder.
  expect(isAdministratorOnly(POLICY_FOLDER_SDDL)).toBe(true);
});

test('packaging fails if the project of the MSI has another form', () => {
  expect(() => addPolicyFolder('<Wix/>')).toThrow('the MSI project');
});
