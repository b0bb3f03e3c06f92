/** Only administrators may write in the folder of the policy file, and users may read it. */
export const POLICY_FOLDER_SDDL =
  'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)';

const ID = 'RingsidePolicyFolder';

/**
 * Adds the folder of the policy file to the project of the MSI. Otherwise any user could create it.
 * @param {string} project
 */
export function addPolicyFolder(project) {
  const directory = `<Directory Id="CommonAppDataFolder"><Directory Id="${ID}" Name="Ringside"/></Directory>`;
  const component = `<DirectoryRef Id="${ID}">
      <Component Id="${ID}" Guid="7c1d1f0e-4f0b-4a53-9d6e-0f6a3d2b8c51" KeyPath="yes">
        <CreateFolder><PermissionEx Sddl="${POLICY_FOLDER_SDDL}"/></CreateFolder>
      </Component>
    </DirectoryRef>`;
  return [
    ['<!-- Desktop link -->', directory],
    ['</Feature>', `<ComponentRef Id="${ID}"/>`],
    ['<ComponentGroup Id="ProductComponents"', component],
  ].reduce((text, [before = '', added = '']) => {
    if (text.split(before).length !== 2) throw new Error(`the MSI project has no ${before}`);
    return text.replace(before, () => `${added}\n    ${before}`);
  }, project);
}
