; What Ringside writes into the registry of the person who starts it goes with it: its ringside://
; links, and its place among what starts with Windows.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegKey HKCU "Software\Classes\ringside"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "app.ringside"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "app.ringside"
  ${endIf}
!macroend
