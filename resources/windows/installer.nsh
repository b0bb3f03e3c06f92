; Ringside registers ringside:// links for the person who starts it; with Ringside they go.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegKey HKCU "Software\Classes\ringside"
  ${endIf}
!macroend
