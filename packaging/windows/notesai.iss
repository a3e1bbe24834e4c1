; The Windows installer: per user, no administrator. Made with Inno Setup 6.3 or newer:
;   iscc /DVersion=0.1.0 packaging\windows\notesai.iss

#ifndef Version
  #error Version is not given
#endif
#ifndef Program
  #define Program "..\..\dist\notesai"
#endif
#ifndef Out
  #define Out "..\..\dist"
#endif

[Setup]
AppId={{6C0B5E0D-3F54-4D0C-9C0E-5A7A3E1D7B42}
AppName=notesai
AppVersion={#Version}
AppVerName=notesai {#Version}
AppPublisher=notesai
DefaultDirName={localappdata}\Programs\notesai
DefaultGroupName=notesai
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir={#Out}
OutputBaseFilename=notesai-{#Version}-windows-x64
SetupIconFile={#Out}\facts\icons\notesai.ico
UninstallDisplayIcon={app}\notesai-window.exe
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesEnvironment=yes
; A running app is asked to close, so that no file of it stays behind.
CloseApplications=yes
RestartApplications=no

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "ko"; MessagesFile: "compiler:Languages\Korean.isl"

[CustomMessages]
en.AddToPath=Let terminals find the notesai command
ko.AddToPath=터미널에서 notesai 명령 쓰기
en.RemoveData=Remove the indexes, settings and added models too? Your notes are never touched.
ko.RemoveData=색인, 설정, 추가한 모델도 지울까요? 노트는 건드리지 않아요.

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "path"; Description: "{cm:AddToPath}"; Flags: unchecked

[InstallDelete]
; Of the version before: libraries that are no longer shipped must not be found.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\notesai"; Filename: "{app}\notesai-window.exe"
Name: "{userdesktop}\notesai"; Filename: "{app}\notesai-window.exe"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Flags: preservestringtype; Tasks: path; Check: NotInPath

[Run]
Filename: "{app}\notesai-window.exe"; Description: "{cm:LaunchProgram,notesai}"; Flags: nowait postinstall skipifsilent

[Code]
function PathEntries: String;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Result) then
    Result := '';
end;

function NotInPath: Boolean;
begin
  Result := Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(PathEntries) + ';') = 0;
end;

procedure LeavePath;
var
  Entries: String;
begin
  Entries := ';' + PathEntries + ';';
  if StringChangeEx(Entries, ';' + ExpandConstant('{app}') + ';', ';', True) > 0 then
    RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Copy(Entries, 2, Length(Entries) - 2));
end;

procedure RemoveData;
var
  Data: String;
begin
  { What a person made stays: texts not saved yet, and their copy of the sample notes. }
  Data := ExpandConstant('{localappdata}\notesai');
  DelTree(Data + '\indexes', True, True, True);
  DelTree(Data + '\models', True, True, True);
  DelTree(Data + '\logs', True, True, True);
  DelTree(Data + '\Cache', True, True, True);
  DeleteFile(Data + '\settings.toml');
  RemoveDir(Data);
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if Step = usPostUninstall then
  begin
    LeavePath;
    RegDeleteValue(HKCU, 'Software\Microsoft\Windows\CurrentVersion\Run', 'notesai');
    if not UninstallSilent then
      if MsgBox(CustomMessage('RemoveData'), mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
        RemoveData;
  end;
end;
