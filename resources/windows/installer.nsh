; Removes what the app writes to the registry of its user: the ringside:// links and autostart.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegKey HKCU "Software\Classes\ringside"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "app.ringside"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "app.ringside"
  ${endIf}
!macroend
