<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>AboutSection</name>
    <message>
        <source>Looking…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>This is the newest version.</source>
        <translation>최신 버전이에요.</translation>
    </message>
    <message>
        <source>Version %1 is there: %2</source>
        <translation>버전 %1이(가) 나왔어요: %2</translation>
    </message>
    <message>
        <source>The network is switched off in the settings. Nothing was sent.</source>
        <translation>설정에서 네트워크를 껐어요. 아무것도 보내지 않았어요.</translation>
    </message>
    <message>
        <source>The list of versions could not be read. Try again later.</source>
        <translation>버전 목록을 읽지 못했어요. 나중에 다시 해 보세요.</translation>
    </message>
    <message>
        <source>About notesai</source>
        <translation>notesai 정보</translation>
    </message>
    <message>
        <source>Look for a new version</source>
        <translation>새 버전 확인</translation>
    </message>
    <message>
        <source>Asks pypi.org once, now. It is never looked for unasked.</source>
        <translation>지금 pypi.org에 한 번 물어봐요. 저절로 확인하지는 않아요.</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>새로운 것</translation>
    </message>
    <message>
        <source>What notesai is made of</source>
        <translation>notesai의 구성 요소</translation>
    </message>
    <message>
        <source>Read the licence</source>
        <translation>라이선스 읽기</translation>
    </message>
    <message>
        <source>The texts come with the installed program.</source>
        <translation>전문은 설치한 프로그램에 들어 있어요.</translation>
    </message>
</context>
<context>
    <name>Activity</name>
    <message>
        <source>opening the index</source>
        <translation>색인을 여는 중</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>search is restarting</source>
        <translation>검색을 다시 켜는 중</translation>
    </message>
    <message>
        <source>the folder of notes is not there</source>
        <translation>노트 폴더를 찾을 수 없음</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>kept up to date by another window</source>
        <translation>다른 창이 색인을 갱신 중</translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>최신 상태</translation>
    </message>
    <message>
        <source>looking through the folder</source>
        <translation>폴더를 살펴보는 중</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) wait until this machine is plugged in</source>
        <translation>
            <numerusform>구절 %Ln개가 전원 연결을 기다리는 중</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s) to read</source>
        <translation>
            <numerusform>노트 %Ln개 읽는 중</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>embedding %Ln passage(s)</source>
        <translation>
            <numerusform>%Ln개 임베딩 중</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s) a second</source>
        <translation>
            <numerusform>초당 노트 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) a second</source>
        <translation>
            <numerusform>초당 구절 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation>약 1분 남음</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>약 %Ln분 남음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln hour(s) left</source>
        <translation>
            <numerusform>약 %Ln시간 남음</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AskView</name>
    <message>
        <source>This conversation cannot be read any more.</source>
        <translation>이 대화는 이제 읽을 수 없어요.</translation>
    </message>
    <message>
        <source>Copied, with its sources.</source>
        <translation>출처와 함께 복사했어요.</translation>
    </message>
    <message>
        <source>That was not possible: %1</source>
        <translation>그렇게 하지 못했어요: %1</translation>
    </message>
    <message>
        <source>Saved as “%1”.</source>
        <translation>“%1”(으)로 저장했어요.</translation>
    </message>
    <message>
        <source>Open the note</source>
        <translation>노트 열기</translation>
    </message>
    <message>
        <source>This conversation could not be kept: %1</source>
        <translation>이 대화를 남기지 못했어요: %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conversation(s) were damaged and set aside in the data folder. What could be read is kept.</source>
        <translation>
            <numerusform>대화 %Ln개가 손상되어 데이터 폴더에 따로 두었어요. 읽을 수 있는 부분은 남아 있어요.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>Folder %1</source>
        <translation>폴더 %1</translation>
    </message>
    <message>
        <source>Note “%1”</source>
        <translation>노트 “%1”</translation>
    </message>
    <message>
        <source>All notes</source>
        <translation>모든 노트</translation>
    </message>
    <message>
        <source>Written by %1 from your notes</source>
        <translation>%1이(가) 노트를 바탕으로 씀</translation>
    </message>
    <message>
        <source>the chat model</source>
        <translation>대화 모델</translation>
    </message>
    <message>
        <source>%1 is writing…</source>
        <translation>%1이(가) 쓰는 중…</translation>
    </message>
    <message>
        <source>Quoted from your notes, word for word</source>
        <translation>노트에서 그대로 인용</translation>
    </message>
    <message>
        <source>Not in your notes</source>
        <translation>노트에 없음</translation>
    </message>
    <message>
        <source>A number in it is not in the source.</source>
        <translation>문장의 숫자가 출처에 없어요.</translation>
    </message>
    <message>
        <source>A name in it is not in the source.</source>
        <translation>문장의 이름이 출처에 없어요.</translation>
    </message>
    <message>
        <source>The source does not say this.</source>
        <translation>출처는 이렇게 말하지 않아요.</translation>
    </message>
    <message>
        <source>The source it names does not exist.</source>
        <translation>가리키는 출처가 없어요.</translation>
    </message>
    <message>
        <source>It names no source.</source>
        <translation>출처를 밝히지 않았어요.</translation>
    </message>
    <message>
        <source>Its words are not in the source.</source>
        <translation>문장의 낱말이 출처에 없어요.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>멈췄어요.</translation>
    </message>
    <message>
        <source>Loading the chat model…</source>
        <translation>대화 모델을 불러오는 중…</translation>
    </message>
    <message>
        <source>The model reads the passages…</source>
        <translation>모델이 구절을 읽는 중…</translation>
    </message>
    <message>
        <source>Looking through your notes…</source>
        <translation>노트를 살펴보는 중…</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
</context>
<context>
    <name>BrowseCard</name>
    <message>
        <source>Show on the map</source>
        <translation>지도에서 보기</translation>
    </message>
    <message>
        <source>List these notes</source>
        <translation>이 노트들을 목록으로</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>이름 바꾸기…</translation>
    </message>
    <message>
        <source>Take the name back</source>
        <translation>붙인 이름 지우기</translation>
    </message>
    <message>
        <source>There are no clusters yet: the notes are too few, or too different.</source>
        <translation>아직 묶음이 없어요. 노트가 적거나 서로 많이 달라요.</translation>
    </message>
    <message>
        <source>Themes</source>
        <translation>주제</translation>
    </message>
    <message>
        <source>Themes and topics</source>
        <translation>주제와 갈래</translation>
    </message>
    <message>
        <source>Rename the cluster</source>
        <translation>묶음 이름 바꾸기</translation>
    </message>
    <message>
        <source>The chat model is thinking of a name…</source>
        <translation>대화 모델이 이름을 생각하고 있어요…</translation>
    </message>
    <message>
        <source>Names can be suggested once a chat model is chosen in the settings</source>
        <translation>설정에서 대화 모델을 고르면 이름을 제안받을 수 있어요</translation>
    </message>
    <message>
        <source>Suggest a name</source>
        <translation>이름 제안받기</translation>
    </message>
</context>
<context>
    <name>ChatSection</name>
    <message>
        <source>Each question, and the passages that may answer it, are sent to %1.</source>
        <translation>질문할 때마다 질문과 답이 될 만한 구절을 %1(으)로 보내요.</translation>
    </message>
    <message>
        <source>Licence: %1.</source>
        <translation>라이선스: %1.</translation>
    </message>
    <message>
        <source>It comes from %1: %2.</source>
        <translation>%1에서 받아요: %2.</translation>
    </message>
    <message>
        <source>This machine has too little memory for it.</source>
        <translation>이 컴퓨터에는 메모리가 모자라요.</translation>
    </message>
    <message>
        <source>The network is switched off. The page “Network” can allow it.</source>
        <translation>네트워크가 꺼져 있어요. “네트워크” 쪽에서 켤 수 있어요.</translation>
    </message>
    <message>
        <source>Fetching %1…</source>
        <translation>%1 받는 중…</translation>
    </message>
    <message>
        <source>%1 is being loaded and writes a few words…</source>
        <translation>%1을(를) 불러와 몇 마디 써 보는 중…</translation>
    </message>
    <message>
        <source>Deleting %1…</source>
        <translation>%1 삭제 중…</translation>
    </message>
    <message>
        <source>Stopped. What has come is kept.</source>
        <translation>멈췄어요. 받은 부분은 남아 있어요.</translation>
    </message>
    <message>
        <source>%1 is on this computer now.</source>
        <translation>%1이(가) 이제 이 컴퓨터에 있어요.</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>%1을(를) 삭제했어요.</translation>
    </message>
    <message>
        <source>%1 works.</source>
        <translation>%1이(가) 잘 돌아가요.</translation>
    </message>
    <message>
        <source>%1 was ready after %2 s and writes %3 tokens a second.</source>
        <translation>%1은(는) %2초 만에 준비됐고 초당 %3 토큰을 써요.</translation>
    </message>
    <message>
        <source>Delete %1 from this computer?</source>
        <translation>이 컴퓨터에서 %1을(를) 삭제할까요?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>A chat model in a GGUF file</source>
        <translation>GGUF 파일에 든 대화 모델</translation>
    </message>
    <message>
        <source>Chat model</source>
        <translation>대화 모델</translation>
    </message>
    <message>
        <source>A chat model writes answers out of your notes. It runs on this computer. Without one, answers are quoted from the notes, word for word.</source>
        <translation>대화 모델은 노트를 바탕으로 답을 써요. 이 컴퓨터에서 돌아가요. 없으면 노트를 그대로 인용해 답해요.</translation>
    </message>
    <message>
        <source>Chat models</source>
        <translation>대화 모델</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>Quote only</source>
        <translation>인용만 하기</translation>
    </message>
    <message>
        <source>Fetch it</source>
        <translation>받기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>써 보기</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>파일 추가…</translation>
    </message>
    <message>
        <source>Add a service…</source>
        <translation>서비스 추가…</translation>
    </message>
    <message>
        <source>On</source>
        <translation>켜기</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>끄기</translation>
    </message>
    <message>
        <source>Keep conversations</source>
        <translation>대화 남기기</translation>
    </message>
    <message>
        <source>On this computer only, in the data folder, until you delete them.</source>
        <translation>지울 때까지 이 컴퓨터의 데이터 폴더에만 있어요.</translation>
    </message>
</context>
<context>
    <name>ChatTable</name>
    <message>
        <source>good</source>
        <translation>잘함</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>한국어</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Fits this machine</source>
        <translation>이 컴퓨터에 맞음</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>runs elsewhere</source>
        <translation>다른 곳에서 실행</translation>
    </message>
</context>
<context>
    <name>ClusterNames</name>
    <message>
        <source>The chat model found no name.</source>
        <translation>대화 모델이 이름을 찾지 못했어요.</translation>
    </message>
</context>
<context>
    <name>ClusterTree</name>
    <message>
        <source>In no cluster</source>
        <translation>묶이지 않은 노트</translation>
    </message>
    <message>
        <source>Not on the map</source>
        <translation>지도에 없는 노트</translation>
    </message>
    <message>
        <source>typical of its cluster</source>
        <translation>묶음을 대표하는 노트</translation>
    </message>
    <message>
        <source>Notes that are near to no group of others</source>
        <translation>다른 노트 무리와 가깝지 않은 노트</translation>
    </message>
    <message>
        <source>Notes without text, or waiting to be embedded</source>
        <translation>내용이 없거나 임베딩을 기다리는 노트</translation>
    </message>
</context>
<context>
    <name>Colouring</name>
    <message>
        <source>others</source>
        <translation>그 밖</translation>
    </message>
    <message>
        <source>no tag</source>
        <translation>태그 없음</translation>
    </message>
    <message>
        <source>in no folder</source>
        <translation>폴더 없음</translation>
    </message>
    <message>
        <source>in no cluster</source>
        <translation>묶이지 않음</translation>
    </message>
    <message>
        <source>today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>이번 주</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>이번 달</translation>
    </message>
    <message>
        <source>last three months</source>
        <translation>지난 석 달</translation>
    </message>
    <message>
        <source>this past year</source>
        <translation>지난 한 해</translation>
    </message>
    <message>
        <source>older</source>
        <translation>더 오래됨</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>“%1” and “%2”</source>
        <translation>‘%1’ 및 ‘%2’</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>“%1” was changed by another program</source>
        <translation>다른 프로그램이 “%1” 노트를 고쳤어요</translation>
    </message>
    <message>
        <source>Your text and the file differ. Nothing is lost: choose what to keep.</source>
        <translation>쓰던 글과 파일의 내용이 달라요. 사라진 것은 없으니 남길 것을 고르세요.</translation>
    </message>
    <message>
        <source>Edit a merged text…</source>
        <translation>합친 글 만들기…</translation>
    </message>
    <message>
        <source>Keep the file</source>
        <translation>파일 내용으로</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>쓰던 글로</translation>
    </message>
    <message>
        <source>Save the merged text</source>
        <translation>합친 글 저장</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>둘 다 남기기</translation>
    </message>
    <message>
        <source>The file stays; your text is saved beside it under a name of its own</source>
        <translation>파일은 그대로 두고, 쓰던 글은 그 옆에 다른 이름으로 저장해요</translation>
    </message>
    <message>
        <source>The merged text</source>
        <translation>합친 글</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>쓰던 글</translation>
    </message>
    <message>
        <source>The file as it is now</source>
        <translation>지금 파일의 내용</translation>
    </message>
</context>
<context>
    <name>ConversationCard</name>
    <message>
        <source>Ask your notes something.</source>
        <translation>노트에게 물어보세요.</translation>
    </message>
    <message>
        <source>The answer comes from your notes alone, and names its sources.</source>
        <translation>노트에 있는 것만으로 답하고, 출처를 밝혀요.</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>묻기</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Conversation</source>
        <translation>대화</translation>
    </message>
</context>
<context>
    <name>DownloadBar</name>
    <message>
        <source>Download</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>약 %Ln분 남음</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DraftBar</name>
    <message>
        <source>Go on writing</source>
        <translation>이어서 쓰기</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Unsaved text from %1 is kept.</source>
        <translation>%1에 저장하지 않은 글을 보관하고 있어요.</translation>
    </message>
    <message>
        <source>Unsaved text of “%2” from %1 is kept.</source>
        <translation>%1에 저장하지 않은 “%2”의 글을 보관하고 있어요.</translation>
    </message>
</context>
<context>
    <name>DuplicatesDialog</name>
    <message>
        <source>Comparing all notes…</source>
        <translation>모든 노트를 비교하는 중…</translation>
    </message>
    <message>
        <source>%1 of %2 notes</source>
        <translation>노트 %2개 중 %1개</translation>
    </message>
    <message>
        <source>No two notes say the same.</source>
        <translation>내용이 같은 노트가 없어요.</translation>
    </message>
    <message>
        <source>Notes that wait to be embedded are looked at later.</source>
        <translation>아직 임베딩을 기다리는 노트는 나중에 살펴봐요.</translation>
    </message>
    <message>
        <source>%1 more pairs are not listed.</source>
        <translation>목록에 없는 쌍이 %1개 더 있어요.</translation>
    </message>
    <message>
        <source>identical</source>
        <translation>똑같음</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>중복 노트</translation>
    </message>
    <message>
        <source>Pairs of notes that say the same</source>
        <translation>내용이 같은 노트 쌍</translation>
    </message>
    <message>
        <source>Open the left one</source>
        <translation>왼쪽 노트 열기</translation>
    </message>
    <message>
        <source>Open the right one</source>
        <translation>오른쪽 노트 열기</translation>
    </message>
</context>
<context>
    <name>EditPage</name>
    <message>
        <source>Saving…</source>
        <translation>저장하고 있어요…</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>아직 저장하지 않았어요</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>The note&apos;s text</source>
        <translation>노트의 글</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>마침</translation>
    </message>
</context>
<context>
    <name>EditSession</name>
    <message>
        <source>Some of this file is no text, so it cannot be edited here.</source>
        <translation>이 파일에는 글이 아닌 부분이 있어 여기서 고칠 수 없어요.</translation>
    </message>
    <message>
        <source>This note cannot be edited here. Open it in your editor.</source>
        <translation>이 노트는 여기서 고칠 수 없어요. 내 편집기에서 열어 주세요.</translation>
    </message>
    <message>
        <source>Unsaved text could not be kept for the case of a crash: %1</source>
        <translation>저장하지 않은 글을 따로 보관하지 못했어요: %1</translation>
    </message>
    <message>
        <source>Another program has changed this note. Saving will ask.</source>
        <translation>다른 프로그램이 이 노트를 고쳤어요. 저장할 때 여쭤볼게요.</translation>
    </message>
    <message>
        <source>Your text was saved as “%1”.</source>
        <translation>쓰던 글을 “%1” 파일로 저장했어요.</translation>
    </message>
    <message>
        <source>What another program wrote meanwhile is in “%1”.</source>
        <translation>그사이 다른 프로그램이 쓴 글은 “%1” 파일에 있어요.</translation>
    </message>
    <message>
        <source>Saved as UTF-8: the old encoding lacks some characters.</source>
        <translation>전 인코딩에 없는 글자가 있어 UTF-8로 저장했어요.</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>The editor did not start.</source>
        <translation>편집기가 열리지 않았어요.</translation>
    </message>
    <message>
        <source>The editor in the settings has an open quotation mark: %1</source>
        <translation>설정에 있는 편집기의 따옴표가 닫히지 않았어요: %1</translation>
    </message>
    <message>
        <source>The editor in the settings is an address on the web: %1</source>
        <translation>설정에 있는 편집기가 웹 주소예요: %1</translation>
    </message>
    <message>
        <source>The editor in the settings was not found: %1</source>
        <translation>설정에 있는 편집기를 찾지 못했어요: %1</translation>
    </message>
</context>
<context>
    <name>ErrorBanner</name>
    <message>
        <source>Restart</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>ExchangePane</name>
    <message numerus="yes">
        <source>%Ln sentence(s) not borne out by the notes:</source>
        <translation>
            <numerusform>노트로 확인되지 않은 문장 %Ln개:</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask in other words, or search.</source>
        <translation>다른 말로 묻거나 검색해 보세요.</translation>
    </message>
    <message>
        <source>Ask all notes, or in other words.</source>
        <translation>모든 노트에 묻거나 다른 말로 물어보세요.</translation>
    </message>
    <message>
        <source>With a chat model, answers are written out of several notes.</source>
        <translation>대화 모델이 있으면 여러 노트를 엮어 답을 써요.</translation>
    </message>
    <message>
        <source>Looked up: “%1”</source>
        <translation>찾아본 질문: “%1”</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>답</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>질문 고치기</translation>
    </message>
    <message>
        <source>Chat models</source>
        <translation>대화 모델</translation>
    </message>
    <message>
        <source>Ask all notes</source>
        <translation>모든 노트에 묻기</translation>
    </message>
    <message>
        <source>Search for it</source>
        <translation>검색하기</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Save as a note</source>
        <translation>노트로 저장</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>다시 묻기</translation>
    </message>
    <message>
        <source>Why this answer</source>
        <translation>이 답의 근거</translation>
    </message>
    <message>
        <source>Copy as Markdown, with links to the notes</source>
        <translation>노트 링크와 함께 마크다운으로 복사</translation>
    </message>
</context>
<context>
    <name>Explain</name>
    <message>
        <source>The map could not be laid out.</source>
        <translation>지도를 만들지 못했어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Try again; the log has the details.</source>
        <translation>노트는 그대로예요. 다시 해 보세요. 자세한 내용은 기록에 있어요.</translation>
    </message>
    <message>
        <source>The name of the cluster was not kept.</source>
        <translation>묶음의 이름을 저장하지 못했어요.</translation>
    </message>
    <message>
        <source>There is no such cluster any more.</source>
        <translation>그 묶음은 이제 없어요.</translation>
    </message>
    <message>
        <source>Your notes have changed since. Look at the clusters again.</source>
        <translation>그사이 노트가 바뀌었어요. 묶음을 다시 살펴보세요.</translation>
    </message>
    <message>
        <source>Your notes are safe, and so is the index. Restart it to search again.</source>
        <translation>노트와 색인은 그대로예요. 다시 시작하면 이어서 검색할 수 있어요.</translation>
    </message>
    <message>
        <source>The part of notesai that searches could not be started.</source>
        <translation>검색을 맡은 프로그램을 시작하지 못했어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Install notesai again if a restart does not help.</source>
        <translation>노트는 그대로예요. 다시 시작해도 안 되면 notesai를 다시 설치해 주세요.</translation>
    </message>
    <message>
        <source>The part of notesai that searches was ended from outside.</source>
        <translation>검색을 맡은 프로그램이 밖에서 종료됐어요.</translation>
    </message>
    <message>
        <source>The part of notesai that searches has crashed several times.</source>
        <translation>검색을 맡은 프로그램이 여러 번 멈췄어요.</translation>
    </message>
    <message>
        <source>Some settings could not be used: %1.</source>
        <translation>쓸 수 없는 설정이 있어요: %1</translation>
    </message>
    <message>
        <source>The file of your settings could not be read.</source>
        <translation>설정 파일을 읽을 수 없어요.</translation>
    </message>
    <message>
        <source>The usual values are used instead. What was there is kept in settings.broken.toml.</source>
        <translation>대신 기본값을 써요. 원래 내용은 settings.broken.toml에 남아 있어요.</translation>
    </message>
    <message>
        <source>The settings could not be saved: %1.</source>
        <translation>설정을 저장하지 못했어요: %1</translation>
    </message>
    <message>
        <source>They count until notesai is closed.</source>
        <translation>notesai를 닫을 때까지만 적용돼요.</translation>
    </message>
    <message>
        <source>The part of notesai that searches did not answer.</source>
        <translation>검색을 맡은 프로그램이 답하지 않았어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Try again in a moment.</source>
        <translation>노트는 그대로예요. 잠시 뒤 다시 시도해 보세요.</translation>
    </message>
    <message>
        <source>The processor of this computer is too old for notesai.</source>
        <translation>이 컴퓨터의 프로세서가 오래되어 notesai를 쓸 수 없어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Most computers made since 2013 can run it.</source>
        <translation>노트는 그대로예요. 2013년 이후에 나온 컴퓨터에서는 대부분 쓸 수 있어요.</translation>
    </message>
    <message>
        <source>Something went wrong in notesai itself.</source>
        <translation>notesai 안에서 문제가 생겼어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. The log has the details.</source>
        <translation>노트는 그대로예요. 자세한 내용은 로그에 있어요.</translation>
    </message>
    <message>
        <source>What you pinned or hid could not be kept.</source>
        <translation>고정하거나 숨긴 것을 저장하지 못했어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Free some disk space and try again.</source>
        <translation>노트는 그대로예요. 디스크 공간을 비우고 다시 해 보세요.</translation>
    </message>
    <message>
        <source>The folder of notes is not there.</source>
        <translation>노트 폴더를 찾을 수 없어요.</translation>
    </message>
    <message>
        <source>The index is kept. Connect the drive or put the folder back.</source>
        <translation>색인은 남아 있어요. 드라이브를 연결하거나 폴더를 제자리에 두세요.</translation>
    </message>
    <message>
        <source>The folder of notes may not be read.</source>
        <translation>노트 폴더를 읽을 권한이 없어요.</translation>
    </message>
    <message>
        <source>Nothing is lost. Allow notesai to read it in the system&apos;s settings.</source>
        <translation>잃은 것은 없어요. 시스템 설정에서 notesai가 읽을 수 있게 해 주세요.</translation>
    </message>
    <message>
        <source>The folder of notes is suddenly empty.</source>
        <translation>노트 폴더가 갑자기 비었어요.</translation>
    </message>
    <message>
        <source>The index is kept. Connect the drive; or rebuild if you emptied the folder.</source>
        <translation>색인은 남아 있어요. 드라이브를 연결하거나, 직접 비웠다면 색인을 다시 만드세요.</translation>
    </message>
    <message>
        <source>The question is empty.</source>
        <translation>질문이 비어 있어요.</translation>
    </message>
    <message>
        <source>The question is longer than the chat model can read.</source>
        <translation>질문이 대화 모델이 읽을 수 있는 것보다 길어요.</translation>
    </message>
    <message>
        <source>Ask a shorter one.</source>
        <translation>더 짧게 물어봐 주세요.</translation>
    </message>
    <message>
        <source>The chat model could not write an answer.</source>
        <translation>대화 모델이 답을 쓰지 못했어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Ask again, or choose another chat model.</source>
        <translation>노트는 그대로예요. 다시 묻거나 다른 대화 모델을 골라 주세요.</translation>
    </message>
    <message>
        <source>The chat model is not on this computer.</source>
        <translation>이 컴퓨터에 그 대화 모델이 없어요.</translation>
    </message>
    <message>
        <source>The file of the chat model is no GGUF file.</source>
        <translation>대화 모델 파일이 GGUF 형식이 아니에요.</translation>
    </message>
    <message>
        <source>The file of the chat model is not whole.</source>
        <translation>대화 모델 파일이 온전하지 않아요.</translation>
    </message>
    <message>
        <source>The file of the chat model is damaged.</source>
        <translation>대화 모델 파일이 망가졌어요.</translation>
    </message>
    <message>
        <source>This file holds no chat model.</source>
        <translation>이 파일에는 대화 모델이 없어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Fetch it again, or choose another one.</source>
        <translation>노트는 그대로예요. 다시 받거나 다른 모델을 골라 주세요.</translation>
    </message>
    <message>
        <source>There is too little memory for the chat model.</source>
        <translation>대화 모델을 쓰기에 메모리가 모자라요.</translation>
    </message>
    <message>
        <source>Chat models need a part of notesai that is not installed.</source>
        <translation>대화 모델에 필요한 구성 요소가 설치되어 있지 않아요.</translation>
    </message>
    <message>
        <source>Until then, answers are quoted. Install it with: pip install &apos;notesai[llm]&apos;</source>
        <translation>그때까지는 노트를 인용해 답해요. 설치: pip install &apos;notesai[llm]&apos;</translation>
    </message>
    <message>
        <source>This notesai cannot run chat models of this kind.</source>
        <translation>이 버전의 notesai는 이런 대화 모델을 쓸 수 없어요.</translation>
    </message>
    <message>
        <source>The chat model reads too little at once.</source>
        <translation>대화 모델이 한 번에 읽는 양이 너무 적어요.</translation>
    </message>
    <message>
        <source>The chat model named none of your notes for its answer.</source>
        <translation>대화 모델이 쓴 답이 어느 노트에서 왔는지 밝히지 않았어요.</translation>
    </message>
    <message>
        <source>Your notes are quoted instead. A larger model answers better.</source>
        <translation>대신 노트에서 인용했어요. 더 큰 모델이 더 잘 답해요.</translation>
    </message>
    <message>
        <source>The chat model has crashed.</source>
        <translation>대화 모델이 갑자기 멈췄어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. It is started anew when you ask again.</source>
        <translation>노트는 그대로예요. 다시 물으면 새로 시작해요.</translation>
    </message>
    <message>
        <source>The chat model has crashed several times.</source>
        <translation>대화 모델이 여러 번 멈췄어요.</translation>
    </message>
    <message>
        <source>This needs the network, which is switched off in the settings.</source>
        <translation>네트워크가 있어야 하는데, 설정에서 꺼져 있어요.</translation>
    </message>
    <message>
        <source>Nothing was sent. The settings can allow it.</source>
        <translation>보낸 것은 없어요. 설정에서 다시 켤 수 있어요.</translation>
    </message>
    <message>
        <source>The disk that holds the index is full.</source>
        <translation>색인이 있는 디스크가 가득 찼어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Free some space and try again.</source>
        <translation>노트는 그대로예요. 공간을 비우고 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>The index is damaged.</source>
        <translation>색인이 손상됐어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Rebuild the index in the status view.</source>
        <translation>노트는 그대로예요. 상태 화면에서 색인을 다시 만들어 주세요.</translation>
    </message>
    <message>
        <source>This index was made by a newer notesai.</source>
        <translation>더 새로운 notesai가 만든 색인이에요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Update notesai, or rebuild the index.</source>
        <translation>노트는 그대로예요. notesai를 업데이트하거나 색인을 다시 만들어 주세요.</translation>
    </message>
    <message>
        <source>The index may not be written.</source>
        <translation>색인에 쓸 권한이 없어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Check the rights of its folder.</source>
        <translation>노트는 그대로예요. 색인 폴더의 권한을 확인해 주세요.</translation>
    </message>
    <message>
        <source>There is no index any more.</source>
        <translation>색인이 없어졌어요.</translation>
    </message>
    <message>
        <source>The index is not open.</source>
        <translation>색인이 열려 있지 않아요.</translation>
    </message>
    <message>
        <source>Nothing is lost. Close it to rebuild the index here.</source>
        <translation>잃은 것은 없어요. 여기서 색인을 다시 만들려면 그쪽을 먼저 닫아 주세요.</translation>
    </message>
    <message>
        <source>Make this change there, or close it first.</source>
        <translation>그쪽에서 바꾸거나, 그쪽을 먼저 닫아 주세요.</translation>
    </message>
    <message>
        <source>Another notesai keeps this index up to date.</source>
        <translation>다른 notesai가 이 색인을 맡고 있어요.</translation>
    </message>
    <message>
        <source>The index cannot be reached.</source>
        <translation>색인이 있는 곳에 연결할 수 없어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Check the connection; it goes on where it stopped.</source>
        <translation>노트는 그대로예요. 연결을 확인해 주세요. 멈춘 곳부터 이어서 해요.</translation>
    </message>
    <message>
        <source>The bucket of the index does not exist.</source>
        <translation>색인을 둘 버킷이 없어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Make the bucket, or check NOTESAI_INDEX and AWS_ENDPOINT_URL.</source>
        <translation>노트는 그대로예요. 버킷을 만들거나 NOTESAI_INDEX와 AWS_ENDPOINT_URL을 확인해 주세요.</translation>
    </message>
    <message>
        <source>The keys for the index are missing, wrong or too weak.</source>
        <translation>색인에 접근할 키가 없거나 틀렸거나, 권한이 모자라요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.</source>
        <translation>노트는 그대로예요. AWS_ACCESS_KEY_ID와 AWS_SECRET_ACCESS_KEY를 확인해 주세요.</translation>
    </message>
    <message>
        <source>The index would be sent without encryption.</source>
        <translation>색인이 암호화되지 않은 채로 오가게 돼요.</translation>
    </message>
    <message>
        <source>Nothing was sent. Use an https address for AWS_ENDPOINT_URL.</source>
        <translation>보낸 것은 없어요. AWS_ENDPOINT_URL에 https 주소를 넣어 주세요.</translation>
    </message>
    <message>
        <source>NOTESAI_INDEX names no place for an index.</source>
        <translation>NOTESAI_INDEX에 적힌 곳에는 색인을 둘 수 없어요.</translation>
    </message>
    <message>
        <source>Nothing was changed. It is s3://bucket/prefix or a folder; without it the index is on this computer.</source>
        <translation>바뀐 것은 없어요. s3://bucket/prefix나 폴더를 적어 주세요. 적지 않으면 색인은 이 컴퓨터에 있어요.</translation>
    </message>
    <message>
        <source>The index in this place is of another folder of notes.</source>
        <translation>이 자리에 있는 것은 다른 노트 폴더의 색인이에요.</translation>
    </message>
    <message>
        <source>Nothing was changed. Give each folder a place of its own in NOTESAI_INDEX.</source>
        <translation>바뀐 것은 없어요. NOTESAI_INDEX에 폴더마다 다른 자리를 정해 주세요.</translation>
    </message>
    <message>
        <source>This note is not there any more.</source>
        <translation>이 노트는 이제 없어요.</translation>
    </message>
    <message>
        <source>It may have been moved or deleted.</source>
        <translation>옮겨졌거나 지워졌을 수 있어요.</translation>
    </message>
    <message>
        <source>This file cannot be read as text.</source>
        <translation>글로 읽을 수 없는 파일이에요.</translation>
    </message>
    <message>
        <source>The file is unchanged. Save it as UTF-8 to have it indexed.</source>
        <translation>파일은 그대로예요. UTF-8로 저장하면 색인돼요.</translation>
    </message>
    <message>
        <source>Your text stays here.</source>
        <translation>쓰던 글은 여기 그대로 있어요.</translation>
    </message>
    <message>
        <source>Not saved: the disk is full.</source>
        <translation>디스크가 가득 차서 저장하지 못했어요.</translation>
    </message>
    <message>
        <source>Free some space and save again.</source>
        <translation>공간을 비우고 다시 저장하세요.</translation>
    </message>
    <message>
        <source>Not saved: the file is read-only.</source>
        <translation>읽기 전용 파일이라 저장하지 못했어요.</translation>
    </message>
    <message>
        <source>Not saved: the folder may not be written.</source>
        <translation>폴더에 쓸 권한이 없어 저장하지 못했어요.</translation>
    </message>
    <message>
        <source>Not saved: the folder is not there.</source>
        <translation>폴더가 없어 저장하지 못했어요.</translation>
    </message>
    <message>
        <source>Connect the drive or put the folder back.</source>
        <translation>드라이브를 연결하거나 폴더를 되돌려 놓으세요.</translation>
    </message>
    <message>
        <source>Not saved: the file was moved or deleted.</source>
        <translation>파일이 옮겨졌거나 지워져서 저장하지 못했어요.</translation>
    </message>
    <message>
        <source>Save again to write it anew.</source>
        <translation>다시 저장하면 새로 써요.</translation>
    </message>
    <message>
        <source>Not saved: another program has changed the file.</source>
        <translation>다른 프로그램이 파일을 바꿔서 저장하지 못했어요.</translation>
    </message>
    <message>
        <source>Not saved: there is another file of this name.</source>
        <translation>같은 이름의 다른 파일이 있어 저장하지 못했어요.</translation>
    </message>
    <message>
        <source>Not saved: it leads out of the folder of notes.</source>
        <translation>노트 폴더 밖이라 저장하지 않았어요.</translation>
    </message>
    <message>
        <source>Not saved: some characters are no text.</source>
        <translation>글이 아닌 문자가 있어 저장하지 못했어요.</translation>
    </message>
    <message>
        <source>Not saved: files of this kind are only read here.</source>
        <translation>저장하지 못했어요. 이런 파일은 여기서 읽기만 해요.</translation>
    </message>
    <message>
        <source>The note could not be saved.</source>
        <translation>노트를 저장하지 못했어요.</translation>
    </message>
    <message>
        <source>Save again to try once more.</source>
        <translation>다시 저장해 보세요.</translation>
    </message>
    <message>
        <source>The model that finds by meaning cannot be used.</source>
        <translation>뜻으로 찾는 모델을 쓸 수 없어요.</translation>
    </message>
    <message>
        <source>The model that puts results in order cannot be used.</source>
        <translation>결과의 순서를 다듬는 모델을 쓸 수 없어요.</translation>
    </message>
    <message>
        <source>Search goes on without it. “notesai models” adds it again or switches it off.</source>
        <translation>검색은 그 모델 없이 계속돼요. “notesai models”로 다시 추가하거나 끌 수 있어요.</translation>
    </message>
    <message>
        <source>The model of the present index cannot be used any more.</source>
        <translation>지금 색인을 만든 모델을 더는 쓸 수 없어요.</translation>
    </message>
    <message>
        <source>Choose another model, or put that one back.</source>
        <translation>다른 모델을 고르거나, 그 모델을 되돌려 놓으세요.</translation>
    </message>
    <message>
        <source>There is no index of another model any more.</source>
        <translation>되돌아갈 다른 모델의 색인이 이제 없어요.</translation>
    </message>
    <message>
        <source>The present index goes on.</source>
        <translation>지금 색인을 그대로 써요.</translation>
    </message>
    <message>
        <source>The service of the model cannot be reached.</source>
        <translation>모델 서비스에 연결할 수 없어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Check the network, or that it is running.</source>
        <translation>노트는 그대로예요. 네트워크를 확인하거나 서비스가 켜져 있는지 살펴보세요.</translation>
    </message>
    <message>
        <source>The service of the model is too busy or out of order.</source>
        <translation>모델 서비스가 너무 바쁘거나 고장 났어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. It is tried again later.</source>
        <translation>노트는 그대로예요. 나중에 다시 시도해요.</translation>
    </message>
    <message>
        <source>The service of the model lacks its key, or refuses it.</source>
        <translation>모델 서비스의 키가 없거나 받아들여지지 않아요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Put the key into its variable before starting notesai.</source>
        <translation>노트는 그대로예요. 키를 환경 변수에 넣고 notesai를 다시 시작해 주세요.</translation>
    </message>
    <message>
        <source>The service of the model does not answer as it should.</source>
        <translation>모델 서비스가 제대로 답하지 않아요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Check its address and the model&apos;s name.</source>
        <translation>노트는 그대로예요. 서비스 주소와 모델 이름을 확인해 주세요.</translation>
    </message>
    <message>
        <source>This model is not on this computer.</source>
        <translation>이 모델은 이 컴퓨터에 없어요.</translation>
    </message>
    <message>
        <source>The model is another one than when the index was made.</source>
        <translation>색인을 만들 때와는 다른 모델이에요.</translation>
    </message>
    <message>
        <source>This model does not make an index.</source>
        <translation>이 모델로는 색인을 만들 수 없어요.</translation>
    </message>
    <message>
        <source>This model holds program code, which notesai never runs.</source>
        <translation>이 모델에는 프로그램 코드가 들어 있는데, notesai는 그런 코드를 실행하지 않아요.</translation>
    </message>
    <message>
        <source>There is too little memory for this model.</source>
        <translation>이 모델을 쓰기에는 메모리가 모자라요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Close other programs, or choose a smaller model.</source>
        <translation>노트는 그대로예요. 다른 프로그램을 닫거나 더 작은 모델을 고르세요.</translation>
    </message>
    <message>
        <source>This model needs parts of notesai that are not installed.</source>
        <translation>이 모델에 필요한 notesai 구성 요소가 설치돼 있지 않아요.</translation>
    </message>
    <message>
        <source>Install them with: pip install &apos;notesai[models]&apos;</source>
        <translation>다음 명령으로 설치하세요: pip install &apos;notesai[models]&apos;</translation>
    </message>
    <message>
        <source>Your notes are safe. Choose another model.</source>
        <translation>노트는 그대로예요. 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>Parts of notesai that fetch models are not installed.</source>
        <translation>모델을 받는 데 필요한 부분이 설치되지 않았어요.</translation>
    </message>
    <message>
        <source>Install them with: pip install -U &apos;notesai[models]&apos;</source>
        <translation>이렇게 설치해 주세요: pip install -U &apos;notesai[models]&apos;</translation>
    </message>
    <message>
        <source>The hub has no model of this name, or hides it from you.</source>
        <translation>허브에 이 이름의 모델이 없거나, 볼 수 없는 모델이에요.</translation>
    </message>
    <message>
        <source>Check the name. A private model needs your HF_TOKEN.</source>
        <translation>이름을 확인해 주세요. 비공개 모델은 HF_TOKEN이 필요해요.</translation>
    </message>
    <message>
        <source>The model has no such version.</source>
        <translation>모델에 그런 버전이 없어요.</translation>
    </message>
    <message>
        <source>Leave the version out for the newest.</source>
        <translation>버전을 비우면 최신 버전을 받아요.</translation>
    </message>
    <message>
        <source>What the hub has under this name cannot be used here.</source>
        <translation>허브에 있는 이 이름의 파일은 여기서 쓸 수 없어요.</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose another model.</source>
        <translation>바뀐 것은 없어요. 다른 모델을 골라 주세요.</translation>
    </message>
    <message>
        <source>Its makers give it only to those who accept the licence.</source>
        <translation>사용 조건에 동의한 사람만 받을 수 있는 모델이에요.</translation>
    </message>
    <message>
        <source>Accept it on the hub, then set HF_TOKEN to your token.</source>
        <translation>허브에서 동의한 다음 HF_TOKEN에 토큰을 넣어 주세요.</translation>
    </message>
    <message>
        <source>The hub does not accept your token.</source>
        <translation>허브가 토큰을 받아들이지 않아요.</translation>
    </message>
    <message>
        <source>Set HF_TOKEN to a valid one, or to nothing.</source>
        <translation>HF_TOKEN을 올바른 토큰으로 바꾸거나 비워 주세요.</translation>
    </message>
    <message>
        <source>What has arrived is kept. Try again later.</source>
        <translation>받은 부분은 남아 있어요. 나중에 다시 해 주세요.</translation>
    </message>
    <message>
        <source>The hub cannot be reached.</source>
        <translation>허브에 연결할 수 없어요.</translation>
    </message>
    <message>
        <source>The hub does not answer as it should.</source>
        <translation>허브가 제대로 응답하지 않아요.</translation>
    </message>
    <message>
        <source>What answers is not a model hub.</source>
        <translation>응답한 곳이 모델 허브가 아니에요.</translation>
    </message>
    <message>
        <source>Is there a login page before the network?</source>
        <translation>네트워크에 로그인 화면이 있는지 확인해 주세요.</translation>
    </message>
    <message>
        <source>A file did not arrive as it should.</source>
        <translation>파일 하나가 온전히 오지 않았어요.</translation>
    </message>
    <message>
        <source>The download was ended from outside.</source>
        <translation>다운로드가 밖에서 중단됐어요.</translation>
    </message>
    <message>
        <source>This model is being fetched already.</source>
        <translation>이미 받고 있는 모델이에요.</translation>
    </message>
    <message>
        <source>The disk is too full for this model.</source>
        <translation>이 모델을 받기에는 디스크 공간이 모자라요.</translation>
    </message>
    <message>
        <source>Free some space and try again; what has arrived is kept.</source>
        <translation>공간을 비우고 다시 해 주세요. 받은 부분은 남아 있어요.</translation>
    </message>
    <message>
        <source>The folder for downloads may not be written.</source>
        <translation>다운로드 폴더에 쓸 수 없어요.</translation>
    </message>
    <message>
        <source>Check its permissions and try again.</source>
        <translation>권한을 확인하고 다시 해 주세요.</translation>
    </message>
    <message>
        <source>No chat model was chosen.</source>
        <translation>고른 대화 모델이 없어요.</translation>
    </message>
    <message>
        <source>Choose one in the settings.</source>
        <translation>설정에서 하나를 골라 주세요.</translation>
    </message>
    <message>
        <source>The file is unchanged.</source>
        <translation>파일은 그대로예요.</translation>
    </message>
    <message>
        <source>This file is damaged.</source>
        <translation>이 파일은 손상됐어요.</translation>
    </message>
    <message>
        <source>Open it in the program it is from, and save it anew.</source>
        <translation>원래 프로그램에서 열어 다시 저장해 주세요.</translation>
    </message>
    <message>
        <source>This file is protected by a password.</source>
        <translation>이 파일은 암호로 보호돼 있어요.</translation>
    </message>
    <message>
        <source>Save a copy without a password to have it read.</source>
        <translation>암호 없이 사본을 저장하면 읽을 수 있어요.</translation>
    </message>
    <message>
        <source>There is no text in this file.</source>
        <translation>이 파일에는 글이 없어요.</translation>
    </message>
    <message>
        <source>It can be opened in the program it is from.</source>
        <translation>원래 프로그램에서 열 수 있어요.</translation>
    </message>
    <message>
        <source>There is no text in this file, only pictures.</source>
        <translation>이 파일에는 글이 없고 그림만 있어요.</translation>
    </message>
    <message>
        <source>A program that recognises text (OCR) can add it.</source>
        <translation>글자를 인식하는 프로그램(OCR)으로 글을 넣을 수 있어요.</translation>
    </message>
    <message>
        <source>This file is not what its name says.</source>
        <translation>이 파일은 이름과 내용이 달라요.</translation>
    </message>
    <message>
        <source>Give it the name of what it is, or save it anew.</source>
        <translation>내용에 맞는 이름을 붙이거나 다시 저장해 주세요.</translation>
    </message>
    <message>
        <source>This file is in an old Office format.</source>
        <translation>예전 Office 형식의 파일이에요.</translation>
    </message>
    <message>
        <source>Files of this kind cannot be read on this computer.</source>
        <translation>이런 파일은 이 컴퓨터에서 읽을 수 없어요.</translation>
    </message>
    <message>
        <source>Save it as .hwpx to have it read.</source>
        <translation>.hwpx로 저장하면 읽을 수 있어요.</translation>
    </message>
    <message>
        <source>Save it as .docx or .pptx to have it read.</source>
        <translation>.docx나 .pptx로 저장하면 읽을 수 있어요.</translation>
    </message>
    <message>
        <source>Reading this file takes too long.</source>
        <translation>이 파일은 읽는 데 너무 오래 걸려요.</translation>
    </message>
    <message>
        <source>This file unpacks to too much to be read.</source>
        <translation>이 파일은 풀면 너무 커서 읽을 수 없어요.</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Export as JSON</source>
        <translation>JSON으로 내보내기</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>All notes together</source>
        <translation>노트 전체</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>퍼짐</translation>
    </message>
    <message>
        <source>How far notes are from their middle. Low: all about one thing.</source>
        <translation>가운데에서 떨어진 정도. 낮으면 모두 한 가지 이야기예요.</translation>
    </message>
    <message>
        <source>Mean similarity</source>
        <translation>평균 유사도</translation>
    </message>
    <message>
        <source>How alike any two notes are; 1 is the same.</source>
        <translation>아무 두 노트가 닮은 정도. 1이면 같아요.</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>거의 같은 쌍</translation>
    </message>
    <message>
        <source>Pairs of notes that say nearly the same.</source>
        <translation>거의 같은 말을 하는 노트 쌍이에요.</translation>
    </message>
    <message>
        <source>Orphans</source>
        <translation>외톨이</translation>
    </message>
    <message>
        <source>Notes that no other one is near to.</source>
        <translation>가까운 노트가 하나도 없는 노트예요.</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Not found</source>
        <translation>찾지 못했어요</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1번째</translation>
    </message>
    <message>
        <source>Find in this note</source>
        <translation>이 노트에서 찾기</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>이전 위치</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>다음 위치</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message>
        <source>Choose a folder of notes</source>
        <translation>노트 폴더 선택</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Your editor</source>
        <translation>내 편집기</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>묻기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>HistoryCard</name>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>이름 바꾸기…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Keep conversations</source>
        <translation>대화 남기기</translation>
    </message>
    <message>
        <source>Delete all…</source>
        <translation>모두 삭제…</translation>
    </message>
    <message>
        <source>Rename the conversation</source>
        <translation>대화 이름 바꾸기</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Delete the conversation “%1”?</source>
        <translation>대화 “%1”을(를) 삭제할까요?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln conversation(s)?</source>
        <translation>
            <numerusform>대화 %Ln개를 삭제할까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>Your notes stay as they are.</source>
        <translation>노트는 그대로 있어요.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Conversations are not kept.</source>
        <translation>대화를 남기지 않아요.</translation>
    </message>
    <message>
        <source>The menu above switches that on.</source>
        <translation>위의 메뉴에서 켤 수 있어요.</translation>
    </message>
    <message>
        <source>What you ask is kept here.</source>
        <translation>물어본 것이 여기에 남아요.</translation>
    </message>
    <message>
        <source>On this computer only, until you delete it.</source>
        <translation>지울 때까지 이 컴퓨터에만 있어요.</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>새 대화</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
</context>
<context>
    <name>Hotkey</name>
    <message>
        <source>“%1” is not a combination of keys.</source>
        <translation>“%1”은(는) 단축키로 읽을 수 없어요.</translation>
    </message>
    <message>
        <source>“%1” is needed for typing. Add Ctrl, Alt or the like.</source>
        <translation>“%1”은(는) 글을 쓸 때 필요한 키예요. Ctrl이나 Alt 같은 키를 더해 주세요.</translation>
    </message>
    <message>
        <source>“%1” has a key that cannot be used, or that this keyboard lacks.</source>
        <translation>“%1”에는 쓸 수 없거나 이 키보드에 없는 키가 있어요.</translation>
    </message>
    <message>
        <source>Another program already uses “%1”.</source>
        <translation>“%1”은(는) 다른 프로그램이 이미 쓰고 있어요.</translation>
    </message>
    <message>
        <source>The desktop did not give notesai the keys “%1”.</source>
        <translation>데스크톱이 notesai에 “%1” 키를 내주지 않았어요.</translation>
    </message>
    <message>
        <source>This desktop gives no program keys of its own. In its keyboard settings, have the keys “%1” run the command: notesai quick</source>
        <translation>이 데스크톱에서는 프로그램이 전역 단축키를 가질 수 없어요. 키보드 설정에서 “%1”에 다음 명령을 지정해 주세요: notesai quick</translation>
    </message>
    <message>
        <source>Quick search</source>
        <translation>빠른 검색</translation>
    </message>
</context>
<context>
    <name>IndexCard</name>
    <message>
        <source>Resume</source>
        <translation>계속하기</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Build the index anew? Your notes stay as they are; it takes a while.</source>
        <translation>색인을 처음부터 다시 만들까요? 노트는 그대로 있고, 시간이 조금 걸려요.</translation>
    </message>
    <message>
        <source>Build anew</source>
        <translation>다시 만들기</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>색인</translation>
    </message>
    <message>
        <source>Notes folder</source>
        <translation>노트 폴더</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation>차지하는 공간</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>색인 위치</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Show the folder of notes</source>
        <translation>노트 폴더 열기</translation>
    </message>
    <message>
        <source>Show where the index is kept</source>
        <translation>색인이 있는 곳 열기</translation>
    </message>
    <message>
        <source>The index is made from your notes and can be made again at any time. Nothing is written into your folder for it.</source>
        <translation>색인은 노트에서 언제든 다시 만들 수 있어요. 색인 때문에 노트 폴더에 무언가를 쓰는 일은 없어요.</translation>
    </message>
    <message>
        <source>Check the folder</source>
        <translation>폴더 확인</translation>
    </message>
    <message>
        <source>Compare the folder with the index now</source>
        <translation>폴더와 색인을 지금 비교하기</translation>
    </message>
    <message>
        <source>Rebuild…</source>
        <translation>다시 만들기…</translation>
    </message>
    <message>
        <source>Throw the index away and build it anew</source>
        <translation>색인을 버리고 처음부터 다시 만들기</translation>
    </message>
    <message>
        <source>Hold indexing, or let it go on</source>
        <translation>색인을 멈추거나 이어서 하기</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>All notes</source>
        <translation>모든 노트</translation>
    </message>
    <message>
        <source>Map of all notes</source>
        <translation>모든 노트의 지도</translation>
    </message>
    <message>
        <source>Ask your notes</source>
        <translation>노트에 묻기</translation>
    </message>
    <message>
        <source>Status of the index</source>
        <translation>색인 상태</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Open another folder of notes</source>
        <translation>다른 노트 폴더 열기</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>이 단축키 표</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>To the search field</source>
        <translation>검색창으로</translation>
    </message>
    <message>
        <source>Choose a result</source>
        <translation>결과 고르기</translation>
    </message>
    <message>
        <source>Open what is chosen</source>
        <translation>고른 것 열기</translation>
    </message>
    <message>
        <source>Empty the search field</source>
        <translation>검색창 비우기</translation>
    </message>
    <message>
        <source>Find in the note</source>
        <translation>노트에서 찾기</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>앞으로</translation>
    </message>
    <message>
        <source>Next passage found</source>
        <translation>다음 구절</translation>
    </message>
    <message>
        <source>Passage before it</source>
        <translation>앞 구절</translation>
    </message>
    <message>
        <source>Edit, or read again</source>
        <translation>고치기, 다시 읽기</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>새 노트</translation>
    </message>
    <message>
        <source>Pin, or let go</source>
        <translation>고정, 고정 해제</translation>
    </message>
    <message>
        <source>Hide, or bring back</source>
        <translation>숨기기, 다시 보이기</translation>
    </message>
    <message>
        <source>Copy as [[link]]</source>
        <translation>[[링크]]로 복사</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>묻기</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>줄 바꾸기</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>답 멈추기</translation>
    </message>
    <message>
        <source>Last question again</source>
        <translation>지난 질문 불러오기</translation>
    </message>
    <message>
        <source>Ask the same again</source>
        <translation>같은 질문 다시 묻기</translation>
    </message>
    <message>
        <source>Save as a note</source>
        <translation>노트로 저장</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>답 복사</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>새 대화</translation>
    </message>
    <message>
        <source>To the next note</source>
        <translation>옆 노트로</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>지도 움직이기</translation>
    </message>
    <message>
        <source>Nearer, farther</source>
        <translation>가까이, 멀리</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>Read, go to the cluster</source>
        <translation>읽기, 묶음으로 가기</translation>
    </message>
    <message>
        <source>Rename the cluster</source>
        <translation>묶음 이름 바꾸기</translation>
    </message>
    <message>
        <source>Choose nothing</source>
        <translation>고른 것 풀기</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>어디서나</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>The note</source>
        <translation>노트</translation>
    </message>
    <message>
        <source>Related notes</source>
        <translation>관련 노트</translation>
    </message>
    <message>
        <source>The map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>묻기</translation>
    </message>
</context>
<context>
    <name>KeysSection</name>
    <message>
        <source>Press the keys now; Esc leaves it</source>
        <translation>단축키를 눌러 주세요. Esc로 취소해요</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Press keys…</source>
        <translation>눌러서 정하기…</translation>
    </message>
    <message>
        <source>Set the hotkey by pressing it</source>
        <translation>단축키를 직접 눌러서 정해요</translation>
    </message>
    <message>
        <source>Keys and editor</source>
        <translation>단축키와 편집기</translation>
    </message>
    <message>
        <source>Quick search from anywhere</source>
        <translation>어디서나 빠른 검색</translation>
    </message>
    <message>
        <source>Keys such as Ctrl+Shift+Space; empty for none.</source>
        <translation>Ctrl+Shift+Space 같은 단축키예요. 비우면 쓰지 않아요.</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>My editor</source>
        <translation>내 편집기</translation>
    </message>
    <message>
        <source>A command or an address; {path} is the note&apos;s file and {line} its line. Empty for the system&apos;s own.</source>
        <translation>명령이나 주소예요. {path}는 노트 파일, {line}은 줄 번호예요. 비우면 시스템 기본 편집기로 열어요.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>시험해 보기</translation>
    </message>
    <message>
        <source>Open the file of these settings with it</source>
        <translation>이 설정 파일을 그 편집기로 열기</translation>
    </message>
    <message>
        <source>Use this example</source>
        <translation>이 예시 쓰기</translation>
    </message>
</context>
<context>
    <name>KnownModels</name>
    <message>
        <source>not known</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>no: too little memory</source>
        <translation>아니요: 메모리 부족</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>설치됨</translation>
    </message>
    <message>
        <source>to be fetched</source>
        <translation>받아야 함</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Legend</source>
        <translation>범례</translation>
    </message>
    <message>
        <source>Show these notes, let the others step back</source>
        <translation>이 노트만 또렷하게 보기</translation>
    </message>
</context>
<context>
    <name>LicenceDialog</name>
    <message>
        <source>Licence of %1</source>
        <translation>%1의 라이선스</translation>
    </message>
</context>
<context>
    <name>LookSection</name>
    <message>
        <source>Appearance and language</source>
        <translation>화면과 언어</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>화면 모드</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
</context>
<context>
    <name>MapCard</name>
    <message>
        <source>Laying out your notes…</source>
        <translation>노트를 펼쳐 놓는 중…</translation>
    </message>
    <message>
        <source>%1 of the notes are new or gone since the map was laid out.</source>
        <translation>지도를 만든 뒤 노트의 %1가 새로 생기거나 없어졌어요.</translation>
    </message>
    <message>
        <source>Lay out again</source>
        <translation>다시 배치</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Laying out the map</source>
        <translation>지도 배치</translation>
    </message>
    <message>
        <source>Map of your notes</source>
        <translation>노트 지도</translation>
    </message>
</context>
<context>
    <name>MapFiles</name>
    <message>
        <source>Save the map as a picture</source>
        <translation>지도를 그림으로 저장</translation>
    </message>
    <message>
        <source>Save the map as a drawing</source>
        <translation>지도를 벡터 그림으로 저장</translation>
    </message>
    <message>
        <source>Save the map as a table</source>
        <translation>지도를 표로 저장</translation>
    </message>
</context>
<context>
    <name>MapHead</name>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>노트 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>주제</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>갈래</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>나이</translation>
    </message>
    <message>
        <source>What colours mean</source>
        <translation>색이 뜻하는 것</translation>
    </message>
    <message>
        <source>Neighbourhoods</source>
        <translation>이웃 중심</translation>
    </message>
    <message>
        <source>Main axes</source>
        <translation>주축 중심</translation>
    </message>
    <message>
        <source>How the map is made: t-SNE keeps neighbours together, PCA keeps the whole</source>
        <translation>지도를 만드는 법: t-SNE는 이웃을 가까이 두고, PCA는 전체 모양을 지켜요</translation>
    </message>
    <message>
        <source>Themes and topics</source>
        <translation>주제와 갈래</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Draw around notes</source>
        <translation>둘러 그려 고르기</translation>
    </message>
    <message>
        <source>Shift and drag</source>
        <translation>Shift 누르고 끌기</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Lay out again (%1 new or gone)</source>
        <translation>다시 배치 (%1 바뀜)</translation>
    </message>
    <message>
        <source>Lay out again</source>
        <translation>다시 배치</translation>
    </message>
    <message>
        <source>Save as a picture (PNG)…</source>
        <translation>그림으로 저장 (PNG)…</translation>
    </message>
    <message>
        <source>Save as a drawing (SVG)…</source>
        <translation>벡터 그림으로 저장 (SVG)…</translation>
    </message>
    <message>
        <source>Save as a table (CSV)…</source>
        <translation>표로 저장 (CSV)…</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>No note can be placed yet.</source>
        <translation>아직 지도에 놓을 노트가 없어요.</translation>
    </message>
    <message>
        <source>Notes come onto the map once they hold text and are embedded.</source>
        <translation>내용이 있고 임베딩이 끝난 노트부터 지도에 나타나요.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 보기</translation>
    </message>
    <message>
        <source>The map has not been laid out.</source>
        <translation>지도를 아직 만들지 않았어요.</translation>
    </message>
    <message>
        <source>Lay it out</source>
        <translation>지도 만들기</translation>
    </message>
    <message>
        <source>in no cluster</source>
        <translation>묶이지 않음</translation>
    </message>
    <message>
        <source>The file could not be written: %1</source>
        <translation>파일을 쓸 수 없어요: %1</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>%1로 저장했어요</translation>
    </message>
</context>
<context>
    <name>Misread</name>
    <message>
        <source>Did you mean %1?</source>
        <translation>혹시 %1 아닌가요?</translation>
    </message>
    <message>
        <source>%1: there is no such filter; it was searched for as words.</source>
        <translation>%1: 이런 필터는 없어서 낱말로 찾았어요.</translation>
    </message>
    <message>
        <source>%1: no day; it was searched for as words. Write 2026-01-31, 2026-01 or today.</source>
        <translation>%1: 날짜로 읽을 수 없어서 낱말로 찾았어요. 2026-01-31, 2026-01, 오늘처럼 써 주세요.</translation>
    </message>
    <message>
        <source>%1: no language; it was searched for as words. There are ko, en, ja and zh.</source>
        <translation>%1: 이런 언어는 없어서 낱말로 찾았어요. ko, en, ja, zh가 있어요.</translation>
    </message>
    <message>
        <source>%1: no note has this tag.</source>
        <translation>%1: 이 태그를 단 노트가 없어요.</translation>
    </message>
    <message>
        <source>%1: no note lies there.</source>
        <translation>%1: 이 위치에는 노트가 없어요.</translation>
    </message>
    <message>
        <source>%1: no note can be both.</source>
        <translation>%1: 둘 다에 맞는 노트는 있을 수 없어요.</translation>
    </message>
</context>
<context>
    <name>ModelChip</name>
    <message>
        <source>Quoted answers, no model</source>
        <translation>모델 없이 인용만</translation>
    </message>
    <message>
        <source>%1, sends to %2</source>
        <translation>%1, %2(으)로 보냄</translation>
    </message>
    <message>
        <source>Chat model: %1</source>
        <translation>대화 모델: %1</translation>
    </message>
    <message>
        <source>Choose the chat model in the settings</source>
        <translation>설정에서 대화 모델 고르기</translation>
    </message>
</context>
<context>
    <name>ModelSection</name>
    <message>
        <source>%1 is in use.</source>
        <translation>%1 모델을 쓰고 있어요.</translation>
    </message>
    <message>
        <source>It sends your notes to %1.</source>
        <translation>노트를 %1(으)로 보내는 모델이에요.</translation>
    </message>
    <message>
        <source>It is not on this computer yet. It comes from %1, under the licence %2.</source>
        <translation>아직 이 컴퓨터에 없어요. %1에서 %2 라이선스로 받아요.</translation>
    </message>
    <message>
        <source>This machine has too little memory for it; it would be slow.</source>
        <translation>이 컴퓨터의 메모리가 모자라서 느릴 수 있어요.</translation>
    </message>
    <message>
        <source>Trying it on some of your notes…</source>
        <translation>노트 몇 개로 시험하는 중…</translation>
    </message>
    <message>
        <source>Its index is still there; the switch takes a moment.</source>
        <translation>이 모델의 색인이 남아 있어서 바로 바꿀 수 있어요.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s) are embedded anew.</source>
        <translation>
            <numerusform>노트 %Ln개를 다시 임베딩해요.</numerusform>
        </translation>
    </message>
    <message>
        <source>Search goes on with the present model until then.</source>
        <translation>그때까지 검색은 지금 모델로 계속돼요.</translation>
    </message>
    <message numerus="yes">
        <source>It takes about %Ln minute(s).</source>
        <translation>
            <numerusform>약 %Ln분 걸려요.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It takes about %Ln hour(s).</source>
        <translation>
            <numerusform>약 %Ln시간 걸려요.</numerusform>
        </translation>
    </message>
    <message>
        <source>Fetching %1…</source>
        <translation>%1 받는 중…</translation>
    </message>
    <message>
        <source>%1 could not be fetched: %2</source>
        <translation>%1 모델을 받지 못했어요: %2</translation>
    </message>
    <message>
        <source>%1 is on this computer now.</source>
        <translation>%1 모델을 받았어요.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>The model turns text into what it means. Another one may know other languages or subjects better, and need more memory and time.</source>
        <translation>모델은 글의 의미를 읽어 내요. 다른 모델은 다른 언어나 분야에 더 밝을 수 있지만 메모리와 시간이 더 들어요.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델 목록</translation>
    </message>
    <message>
        <source>Use this model…</source>
        <translation>이 모델 쓰기…</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Fetch it</source>
        <translation>받기</translation>
    </message>
    <message>
        <source>Stop fetching</source>
        <translation>받기 중단</translation>
    </message>
</context>
<context>
    <name>ModelTable</name>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Fits this machine</source>
        <translation>이 컴퓨터에 맞음</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>지금</translation>
    </message>
</context>
<context>
    <name>NetworkSection</name>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>On</source>
        <translation>켜기</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>끄기</translation>
    </message>
    <message>
        <source>notesai may use the network</source>
        <translation>notesai가 네트워크를 쓸 수 있음</translation>
    </message>
    <message>
        <source>It does so only for what you ask for: to fetch a model, or to use a service that you have added. Off, nothing is ever sent or fetched.</source>
        <translation>모델을 받거나 추가한 서비스를 쓰는 등 직접 요청한 일에만 연결해요. 끄면 아무것도 보내거나 받지 않아요.</translation>
    </message>
    <message>
        <source>Every connection so far</source>
        <translation>지금까지의 모든 연결</translation>
    </message>
    <message>
        <source>There has been none.</source>
        <translation>아직 연결한 적이 없어요.</translation>
    </message>
    <message>
        <source>Show the whole log</source>
        <translation>전체 기록 보기</translation>
    </message>
</context>
<context>
    <name>NewNoteDialog</name>
    <message>
        <source>New note</source>
        <translation>새 노트</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Title of the new note</source>
        <translation>새 노트의 제목</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>위치: %1</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>만들기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>NoteHead</name>
    <message>
        <source>Find notes tagged %1</source>
        <translation>%1 노트 찾기</translation>
    </message>
</context>
<context>
    <name>NoteMenu</name>
    <message>
        <source>Open in its program</source>
        <translation>원래 프로그램에서 열기</translation>
    </message>
    <message>
        <source>Open in your editor</source>
        <translation>내 편집기에서 열기</translation>
    </message>
    <message>
        <source>Show in the file browser</source>
        <translation>파일 탐색기에서 보기</translation>
    </message>
    <message>
        <source>Copy as [[link]]</source>
        <translation>[[링크]]로 복사</translation>
    </message>
    <message>
        <source>As the model sees it…</source>
        <translation>모델이 보는 모습…</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>경로 복사</translation>
    </message>
    <message>
        <source>New note here…</source>
        <translation>여기에 새 노트…</translation>
    </message>
    <message>
        <source>Ask this note</source>
        <translation>이 노트에 묻기</translation>
    </message>
    <message>
        <source>Ask this folder</source>
        <translation>이 폴더에 묻기</translation>
    </message>
</context>
<context>
    <name>NotePage</name>
    <message>
        <source>Image not found: %1</source>
        <translation>그림을 찾지 못했어요: %1</translation>
    </message>
</context>
<context>
    <name>NoteTable</name>
    <message>
        <source>indexed</source>
        <translation>색인됨</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>노트</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>구절</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>이유</translation>
    </message>
</context>
<context>
    <name>NotesCard</name>
    <message>
        <source>There are no notes in this folder yet.</source>
        <translation>이 폴더에는 아직 노트가 없어요.</translation>
    </message>
    <message>
        <source>No path and no reason holds that.</source>
        <translation>그 말이 든 경로나 이유가 없어요.</translation>
    </message>
    <message>
        <source>No note is in this state.</source>
        <translation>이 상태인 노트가 없어요.</translation>
    </message>
    <message>
        <source>All notes</source>
        <translation>모든 노트</translation>
    </message>
    <message>
        <source>Which notes are shown</source>
        <translation>표시할 노트</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Indexed</source>
        <translation>색인됨</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Path or reason</source>
        <translation>경로나 이유</translation>
    </message>
    <message>
        <source>Find notes by path or reason</source>
        <translation>경로나 이유로 노트 찾기</translation>
    </message>
    <message>
        <source>Retry all failed</source>
        <translation>실패한 노트 모두 다시 시도</translation>
    </message>
    <message>
        <source>Find duplicates…</source>
        <translation>중복 찾기…</translation>
    </message>
    <message>
        <source>Export as JSON</source>
        <translation>JSON으로 내보내기</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Its folder</source>
        <translation>폴더 보기</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
</context>
<context>
    <name>NotesView</name>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>노트 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>노트</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tag(s)</source>
        <translation>
            <numerusform>태그 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>No note has a tag yet.</source>
        <translation>아직 태그가 있는 노트가 없어요.</translation>
    </message>
    <message>
        <source>Write #tag into a note, or tags: into its front matter.</source>
        <translation>노트에 #태그를 쓰거나 머리말에 tags:를 적으세요.</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>폴더순</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>최근순</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>새 노트</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Notes by tag</source>
        <translation>태그별 노트</translation>
    </message>
    <message>
        <source>Show all notes again</source>
        <translation>모든 노트 다시 보기</translation>
    </message>
    <message>
        <source>Notes by folder</source>
        <translation>폴더별 노트</translation>
    </message>
    <message>
        <source>Notes changed last, first</source>
        <translation>최근에 고친 노트부터</translation>
    </message>
    <message>
        <source>Recent notes</source>
        <translation>최근 노트</translation>
    </message>
</context>
<context>
    <name>PartsModel</name>
    <message>
        <source>Part</source>
        <translation>구성 요소</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
</context>
<context>
    <name>PickDialog</name>
    <message>
        <source>Type a part of the name</source>
        <translation>이름의 일부를 입력하세요</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln개 더</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>Click the icon to open the window; its menu has “Quit”.</source>
        <translation>아이콘을 누르면 창이 열려요. 끝내려면 아이콘의 메뉴에서 “종료”를 고르세요.</translation>
    </message>
    <message>
        <source>%1 opens quick search. The icon&apos;s menu has “Quit”.</source>
        <translation>%1(으)로 빠른 검색을 열 수 있어요. 끝내려면 아이콘의 메뉴에서 “종료”를 고르세요.</translation>
    </message>
    <message>
        <source>notesai stays here and keeps your notes findable.</source>
        <translation>notesai는 여기에 남아 노트를 계속 찾을 수 있게 해 둬요.</translation>
    </message>
    <message>
        <source>Choose other keys for quick search in the settings.</source>
        <translation>설정에서 빠른 검색에 쓸 다른 키를 고르세요.</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Image on the web</source>
        <translation>웹에 있는 이미지</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Show from the beginning</source>
        <translation>처음부터 보기</translation>
    </message>
    <message>
        <source>Preview of the note</source>
        <translation>노트 미리보기</translation>
    </message>
</context>
<context>
    <name>Purposes</name>
    <message>
        <source>Fetching the model %1</source>
        <translation>모델 %1 받기</translation>
    </message>
    <message>
        <source>Turning texts into vectors</source>
        <translation>글을 벡터로 바꾸기</translation>
    </message>
    <message>
        <source>Keeping the index there</source>
        <translation>그곳에 색인 보관</translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>묻기</translation>
    </message>
    <message>
        <source>Shift+Enter for a new line</source>
        <translation>Shift+Enter로 줄 바꾸기</translation>
    </message>
    <message>
        <source>Ask your notes</source>
        <translation>노트에 물어보기</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>그대로 두기</translation>
    </message>
</context>
<context>
    <name>QuickField</name>
    <message>
        <source>Search your notes</source>
        <translation>노트 검색</translation>
    </message>
    <message>
        <source>Quick search</source>
        <translation>빠른 검색</translation>
    </message>
</context>
<context>
    <name>QuickWindow</name>
    <message>
        <source>Changed last</source>
        <translation>최근에 바뀐 노트</translation>
    </message>
    <message numerus="yes">
        <source>%Ln result(s)</source>
        <translation>
            <numerusform>결과 %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing found for “%1”.</source>
        <translation>“%1”에 대한 결과가 없어요.</translation>
    </message>
    <message>
        <source>Quick search – notesai</source>
        <translation>빠른 검색 – notesai</translation>
    </message>
    <message>
        <source>Quick search</source>
        <translation>빠른 검색</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
</context>
<context>
    <name>ReachButton</name>
    <message>
        <source>Ask a folder</source>
        <translation>폴더에 묻기</translation>
    </message>
    <message>
        <source>Ask a tag</source>
        <translation>태그에 묻기</translation>
    </message>
    <message>
        <source>Ask a note</source>
        <translation>노트에 묻기</translation>
    </message>
    <message>
        <source>All notes</source>
        <translation>모든 노트</translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>A tag…</source>
        <translation>태그…</translation>
    </message>
    <message>
        <source>A note…</source>
        <translation>노트…</translation>
    </message>
    <message>
        <source>Which notes are asked</source>
        <translation>물어볼 노트</translation>
    </message>
</context>
<context>
    <name>ReadOnly</name>
    <message>
        <source>PDF files are only read here.</source>
        <translation>PDF 파일은 여기서 읽기만 해요.</translation>
    </message>
    <message>
        <source>Word files are only read here.</source>
        <translation>Word 파일은 여기서 읽기만 해요.</translation>
    </message>
    <message>
        <source>Slides are only read here.</source>
        <translation>슬라이드는 여기서 읽기만 해요.</translation>
    </message>
    <message>
        <source>Hangul files are only read here.</source>
        <translation>한글 문서는 여기서 읽기만 해요.</translation>
    </message>
    <message>
        <source>Notebooks are only read here.</source>
        <translation>노트북 파일은 여기서 읽기만 해요.</translation>
    </message>
    <message>
        <source>Web pages are only read here.</source>
        <translation>웹 페이지는 여기서 읽기만 해요.</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>저자</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>작성일</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>Opening the note…</source>
        <translation>노트를 여는 중이에요…</translation>
    </message>
    <message>
        <source>Choose a note to read it here.</source>
        <translation>읽을 노트를 골라 보세요.</translation>
    </message>
    <message>
        <source>Open the latest note</source>
        <translation>최근 노트 열기</translation>
    </message>
    <message>
        <source>There is no note “%1” yet.</source>
        <translation>‘%1’ 노트가 아직 없어요.</translation>
    </message>
    <message>
        <source>This note is no longer in the folder.</source>
        <translation>이 노트는 이제 폴더에 없어요.</translation>
    </message>
    <message>
        <source>There is no heading “%1” here.</source>
        <translation>여기에는 ‘%1’ 제목이 없어요.</translation>
    </message>
    <message>
        <source>Image on the web</source>
        <translation>웹에 있는 그림</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>이어서 보기</translation>
    </message>
    <message>
        <source>Show from the beginning</source>
        <translation>처음부터 보기</translation>
    </message>
    <message>
        <source>Not in the index: %1</source>
        <translation>색인에 없음: %1</translation>
    </message>
    <message>
        <source>Passage %1 of %2</source>
        <translation>구절 %1/%2</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>고치기</translation>
    </message>
    <message>
        <source>Open in its program</source>
        <translation>원래 프로그램에서 열기</translation>
    </message>
    <message>
        <source>The note</source>
        <translation>노트 본문</translation>
    </message>
    <message>
        <source>Open in your editor</source>
        <translation>편집기에서 열기</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>앞으로</translation>
    </message>
    <message>
        <source>Previous passage</source>
        <translation>이전 구절</translation>
    </message>
    <message>
        <source>Next passage</source>
        <translation>다음 구절</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>%1 MiB: larger than the limit of %2 MiB</source>
        <translation>%1 MiB예요. 한도는 %2 MiB예요</translation>
    </message>
    <message>
        <source>Only a placeholder is on this computer; the text is in the cloud</source>
        <translation>이 기기에는 자리표시만 있고 본문은 클라우드에 있어요</translation>
    </message>
    <message>
        <source>A link that leads out of the folder</source>
        <translation>폴더 밖으로 나가는 링크예요</translation>
    </message>
    <message>
        <source>The name is not valid; rename the file</source>
        <translation>이름이 올바르지 않아요. 파일 이름을 바꿔 주세요</translation>
    </message>
    <message>
        <source>Another file has the same name: %1</source>
        <translation>이름이 같은 파일이 있어요: %1</translation>
    </message>
    <message>
        <source>A link to %1, which is read where it lies</source>
        <translation>%1의 링크예요. 원래 자리에서 읽어요</translation>
    </message>
    <message>
        <source>A binary file, not text</source>
        <translation>글이 아닌 파일이에요</translation>
    </message>
    <message>
        <source>Its character encoding is not known; save it as UTF-8</source>
        <translation>글자 인코딩을 알 수 없어요. UTF-8로 저장해 주세요</translation>
    </message>
    <message>
        <source>Protected by a password</source>
        <translation>암호로 보호돼 있어요</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>손상됐어요</translation>
    </message>
    <message>
        <source>No text in it, only pictures</source>
        <translation>글이 없고 그림만 있어요</translation>
    </message>
    <message>
        <source>No text in it</source>
        <translation>글이 없어요</translation>
    </message>
    <message>
        <source>Not what its name says</source>
        <translation>이름과 내용이 달라요</translation>
    </message>
    <message>
        <source>An old Office format; save it as .docx or .pptx</source>
        <translation>예전 Office 형식이에요. .docx나 .pptx로 저장해 주세요</translation>
    </message>
    <message>
        <source>Cannot be read on this computer; save it as .hwpx</source>
        <translation>이 컴퓨터에서는 읽을 수 없어요. .hwpx로 저장해 주세요</translation>
    </message>
    <message>
        <source>Reading it takes too long</source>
        <translation>읽는 데 너무 오래 걸려요</translation>
    </message>
    <message>
        <source>It unpacks to too much</source>
        <translation>풀면 너무 커요</translation>
    </message>
    <message>
        <source>It may not be read</source>
        <translation>읽을 권한이 없어요</translation>
    </message>
    <message>
        <source>Search stopped twice over this note, so it is left out for now</source>
        <translation>이 노트를 읽다가 검색이 두 번 멈춰서 지금은 빼 두었어요</translation>
    </message>
</context>
<context>
    <name>Related</name>
    <message>
        <source>Open a note to see what is like it.</source>
        <translation>노트를 열면 비슷한 노트가 여기 나와요.</translation>
    </message>
    <message>
        <source>Looking for related notes…</source>
        <translation>관련 노트를 찾는 중이에요…</translation>
    </message>
    <message>
        <source>No other note is like this one yet.</source>
        <translation>아직 이 노트와 비슷한 노트가 없어요.</translation>
    </message>
    <message>
        <source>Read a few notes, and others like them come here.</source>
        <translation>노트를 몇 개 읽으면 비슷한 노트를 여기서 권해요.</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln hidden note(s)</source>
        <translation>
            <numerusform>숨긴 노트 %Ln개 보기</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide them again</source>
        <translation>다시 숨기기</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Show both side by side</source>
        <translation>나란히 보기</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>고정 해제</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>맨 위에 고정</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>다시 보이기</translation>
    </message>
    <message>
        <source>Hide here</source>
        <translation>여기서 숨기기</translation>
    </message>
    <message>
        <source>Copy as [[link]]</source>
        <translation>[[링크]]로 복사</translation>
    </message>
    <message>
        <source>Find duplicates…</source>
        <translation>중복 찾기…</translation>
    </message>
    <message>
        <source>Related notes</source>
        <translation>관련 노트</translation>
    </message>
    <message>
        <source>For you</source>
        <translation>추천</translation>
    </message>
    <message>
        <source>Near to the notes that you read lately</source>
        <translation>최근에 읽은 노트와 가까운 노트</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
</context>
<context>
    <name>RerankerField</name>
    <message>
        <source>None</source>
        <translation>쓰지 않음</translation>
    </message>
    <message>
        <source>Results in a better order</source>
        <translation>더 나은 결과 순서</translation>
    </message>
    <message>
        <source>A model that reads each passage together with the query and puts the best first. It works in its own languages, takes up to a second and a half, and never delays the first results.</source>
        <translation>검색어와 글을 함께 읽고 가장 알맞은 것을 앞에 놓는 모델이에요. 자기 언어에서만 일하고 최대 1.5초쯤 걸리지만, 첫 결과를 늦추지는 않아요.</translation>
    </message>
    <message>
        <source>Fetch %1 (%2 MB)</source>
        <translation>%1 받기 (%2 MB)</translation>
    </message>
</context>
<context>
    <name>ResultsCard</name>
    <message>
        <source>How to search</source>
        <translation>찾는 방법</translation>
    </message>
    <message>
        <source>Ask about these results</source>
        <translation>이 결과에 묻기</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>노트</translation>
    </message>
    <message>
        <source>Recent notes</source>
        <translation>최근 노트</translation>
    </message>
    <message numerus="yes">
        <source>%Ln result(s)</source>
        <translation>
            <numerusform>결과 %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) can be found by word only so far.</source>
        <translation>
            <numerusform>구절 %Ln개는 아직 단어로만 찾을 수 있어요.</numerusform>
        </translation>
    </message>
    <message>
        <source>Meaning + words</source>
        <translation>의미 + 단어</translation>
    </message>
    <message>
        <source>Meaning only</source>
        <translation>의미만</translation>
    </message>
    <message>
        <source>Words only</source>
        <translation>단어만</translation>
    </message>
</context>
<context>
    <name>RowActions</name>
    <message>
        <source>Unpin</source>
        <translation>고정 해제</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>맨 위에 고정</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>다시 보이기</translation>
    </message>
    <message>
        <source>Hide here</source>
        <translation>여기서 숨기기</translation>
    </message>
    <message>
        <source>Copy as [[link]]</source>
        <translation>[[링크]]로 복사</translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message>
        <source>pinned</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>숨김</translation>
    </message>
    <message>
        <source>linked</source>
        <translation>연결됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>words</source>
        <translation>단어</translation>
    </message>
    <message>
        <source>meaning</source>
        <translation>의미</translation>
    </message>
    <message>
        <source>title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>filters</source>
        <translation>조건</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search your notes by word or by meaning</source>
        <translation>단어나 뜻으로 노트 검색</translation>
    </message>
    <message>
        <source>Search your notes</source>
        <translation>노트 검색</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색어 지우기</translation>
    </message>
</context>
<context>
    <name>SearchView</name>
    <message>
        <source>Nothing found for “%1”.</source>
        <translation>‘%1’에 맞는 노트가 없어요.</translation>
    </message>
    <message>
        <source>Try other or fewer words.</source>
        <translation>다른 말로 찾거나 낱말을 줄여 보세요.</translation>
    </message>
    <message>
        <source>More may turn up while notes are still being embedded.</source>
        <translation>아직 임베딩 중이라 더 나올 수 있어요.</translation>
    </message>
    <message>
        <source>Try it without quotation marks, a minus or a filter such as tag:.</source>
        <translation>따옴표, 빼기 기호, tag: 같은 조건을 빼고 찾아 보세요.</translation>
    </message>
    <message>
        <source>Search by word and meaning</source>
        <translation>의미 + 단어로 찾기</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색어 지우기</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>찾는 중이에요…</translation>
    </message>
</context>
<context>
    <name>ServiceForm</name>
    <message>
        <source>An address begins with http:// or https://.</source>
        <translation>주소는 http:// 또는 https://로 시작해요.</translation>
    </message>
    <message>
        <source>%1 is another machine. Each question, and the passages of your notes that may answer it, are sent there.</source>
        <translation>%1은(는) 다른 컴퓨터예요. 질문할 때마다 질문과 답이 될 만한 노트 구절을 그곳으로 보내요.</translation>
    </message>
    <message>
        <source>Add it, and send to %1</source>
        <translation>추가하고 %1(으)로 보내기</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Address of the service</source>
        <translation>서비스 주소</translation>
    </message>
    <message>
        <source>llama-server, Ollama, LM Studio, or any other that speaks as OpenAI&apos;s does.</source>
        <translation>llama-server, Ollama, LM Studio처럼 OpenAI 방식으로 말하는 서비스예요.</translation>
    </message>
    <message>
        <source>Name of the model there</source>
        <translation>그곳의 모델 이름</translation>
    </message>
    <message>
        <source>Variable with the key</source>
        <translation>키가 든 환경 변수</translation>
    </message>
    <message>
        <source>Its name alone, if the service wants a key. The key itself is not kept.</source>
        <translation>서비스에 키가 필요하면 변수 이름만 적어요. 키는 저장하지 않아요.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>SettingReasons</name>
    <message>
        <source>Not a number from 1 to %1.</source>
        <translation>1부터 %1까지의 숫자를 넣어 주세요.</translation>
    </message>
    <message>
        <source>It has a character that cannot be kept.</source>
        <translation>저장할 수 없는 문자가 들어 있어요.</translation>
    </message>
    <message>
        <source>This cannot be used.</source>
        <translation>쓸 수 없는 값이에요.</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Pages of the settings</source>
        <translation>설정 항목</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
</context>
<context>
    <name>SomeNotes</name>
    <message>
        <source>None of these notes holds that.</source>
        <translation>이 노트들에는 없어요.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>노트 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Search among these notes</source>
        <translation>이 노트들 안에서 검색</translation>
    </message>
    <message>
        <source>Copy the links of these notes</source>
        <translation>이 노트들의 링크 복사</translation>
    </message>
    <message>
        <source>Ask these notes</source>
        <translation>이 노트들에 묻기</translation>
    </message>
    <message>
        <source>Close the list</source>
        <translation>목록 닫기</translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>This note is not there any more.</source>
        <translation>이 노트는 이제 없어요.</translation>
    </message>
    <message>
        <source>Source %1: %2</source>
        <translation>출처 %1: %2</translation>
    </message>
</context>
<context>
    <name>SourcesCard</name>
    <message>
        <source>No source is named.</source>
        <translation>밝힌 출처가 없어요.</translation>
    </message>
    <message>
        <source>“Why this answer” has the passages that the model was given.</source>
        <translation>모델에게 준 구절은 “이 답의 근거”에 있어요.</translation>
    </message>
    <message>
        <source>The passages that an answer rests on stand here.</source>
        <translation>답의 근거가 된 구절이 여기에 보여요.</translation>
    </message>
    <message>
        <source>Passages found</source>
        <translation>찾은 구절</translation>
    </message>
    <message>
        <source>Nearest notes</source>
        <translation>가장 가까운 노트</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>출처</translation>
    </message>
</context>
<context>
    <name>StartSection</name>
    <message>
        <source>This could not be changed: %1</source>
        <translation>바꾸지 못했어요: %1</translation>
    </message>
    <message>
        <source>Start and power</source>
        <translation>시작과 전원</translation>
    </message>
    <message>
        <source>On</source>
        <translation>켜기</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>끄기</translation>
    </message>
    <message>
        <source>Start notesai when I log in</source>
        <translation>로그인할 때 notesai 시작</translation>
    </message>
    <message>
        <source>It waits in the background, ready for the quick search.</source>
        <translation>백그라운드에서 빠른 검색을 준비해 둬요.</translation>
    </message>
    <message>
        <source>On battery</source>
        <translation>배터리를 쓸 때</translation>
    </message>
    <message>
        <source>How much of the processor finding by meaning may use for new notes. Words are always kept up to date.</source>
        <translation>새 노트를 의미로 찾을 수 있게 준비할 때 프로세서를 얼마나 쓸지 정해요. 단어 검색은 언제나 최신이에요.</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>모두 사용</translation>
    </message>
    <message>
        <source>Half</source>
        <translation>절반</translation>
    </message>
    <message>
        <source>Wait until plugged in</source>
        <translation>전원을 연결할 때까지 기다림</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>There are no notes in this folder yet.</source>
        <translation>이 폴더에는 아직 노트가 없어요.</translation>
    </message>
    <message>
        <source>Put Markdown files into it; they show up here by themselves.</source>
        <translation>마크다운 파일을 넣으면 여기에 저절로 나타나요.</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Opening your notes…</source>
        <translation>노트를 여는 중이에요…</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>노트 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>on this device only</source>
        <translation>이 기기에서만</translation>
    </message>
    <message>
        <source>sends to %1</source>
        <translation>%1(으)로 보냄</translation>
    </message>
    <message>
        <source>Resume indexing</source>
        <translation>색인 계속하기</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>색인 일시정지</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>색인 진행</translation>
    </message>
</context>
<context>
    <name>StatusView</name>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Looking at the index…</source>
        <translation>색인을 살펴보는 중이에요…</translation>
    </message>
    <message>
        <source>They are looked at again.</source>
        <translation>다시 확인하고 있어요.</translation>
    </message>
    <message>
        <source>It could not be written: %1</source>
        <translation>저장하지 못했어요: %1</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>저장했어요: %1</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>노트</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>구절</translation>
    </message>
    <message>
        <source>Waiting for embedding</source>
        <translation>임베딩 대기</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
</context>
<context>
    <name>SwitchPane</name>
    <message>
        <source>The index made by %1 is kept, so that you can go back to it.</source>
        <translation>%1 모델로 만든 색인을 남겨 두었어요. 언제든 되돌릴 수 있어요.</translation>
    </message>
    <message>
        <source>Switching to %1. The present index answers until the new one is whole.</source>
        <translation>%1 모델로 바꾸는 중이에요. 새 색인이 다 될 때까지 지금 색인으로 찾아요.</translation>
    </message>
    <message>
        <source>%1 of %2 passages</source>
        <translation>구절 %2개 중 %1개</translation>
    </message>
    <message>
        <source>A model cannot be used now. Search goes on without it.</source>
        <translation>지금 쓸 수 없는 모델이 있어요. 검색은 그 모델 없이 계속돼요.</translation>
    </message>
    <message>
        <source>Switching the model</source>
        <translation>모델 바꾸기</translation>
    </message>
    <message>
        <source>Cancel the switch</source>
        <translation>바꾸기 취소</translation>
    </message>
    <message>
        <source>Stay with the present model</source>
        <translation>지금 모델을 그대로 쓰기</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Use the model before again, at once</source>
        <translation>이전 모델을 바로 다시 쓰기</translation>
    </message>
    <message>
        <source>Free its space</source>
        <translation>공간 비우기</translation>
    </message>
    <message>
        <source>Delete the index of the model before</source>
        <translation>이전 모델의 색인 지우기</translation>
    </message>
</context>
<context>
    <name>TimeBar</name>
    <message>
        <source>all notes</source>
        <translation>모든 노트</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>%1까지</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Play through time</source>
        <translation>시간 따라 보기</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
</context>
<context>
    <name>TokensDialog</name>
    <message>
        <source>Cutting the note into tokens…</source>
        <translation>노트를 토큰으로 나누는 중…</translation>
    </message>
    <message>
        <source>There is no text here for the model to see.</source>
        <translation>모델이 볼 내용이 없어요.</translation>
    </message>
    <message>
        <source>Piece %1 · %2 of at most %3 tokens</source>
        <translation>조각 %1 · 최대 %3 토큰 중 %2</translation>
    </message>
    <message>
        <source>Piece %1</source>
        <translation>조각 %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s) also in the piece before</source>
        <translation>
            <numerusform>%Ln자는 앞 조각에도 있음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) in front</source>
        <translation>
            <numerusform>앞에 토큰 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) did not fit and were not read</source>
        <translation>
            <numerusform>토큰 %Ln개는 들어가지 않아 읽지 않음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show more: %Ln piece(s) left</source>
        <translation>
            <numerusform>더 보기: 조각 %Ln개 남음</numerusform>
        </translation>
    </message>
    <message>
        <source>Token %1: %2</source>
        <translation>토큰 %1: %2</translation>
    </message>
    <message>
        <source>As the model sees it</source>
        <translation>모델이 보는 모습</translation>
    </message>
    <message>
        <source>The note&apos;s pieces and tokens</source>
        <translation>노트의 조각과 토큰</translation>
    </message>
    <message>
        <source>Each tint is one token. Above a piece stands what is put in front of it; small grey marks are the model&apos;s own; what is underlined stands in two pieces.</source>
        <translation>바탕색 하나가 토큰 하나예요. 조각 위의 줄은 모델에 함께 넣는 제목이고, 작은 회색 글자는 모델이 쓰는 표시예요. 밑줄 친 부분은 앞 조각에도 있어요.</translation>
    </message>
    <message>
        <source>Pieces and tokens that the embedding model works with</source>
        <translation>임베딩 모델이 다루는 조각과 토큰</translation>
    </message>
    <message>
        <source>This model does not tell its tokens; these are the pieces that it gets.</source>
        <translation>이 모델은 토큰을 알려 주지 않아요. 모델이 받는 조각을 보여 드려요.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln piece(s)</source>
        <translation>
            <numerusform>조각 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>토큰 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>at most %1 in a piece</source>
        <translation>조각마다 최대 %1</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Resume indexing</source>
        <translation>색인 계속</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>색인 일시정지</translation>
    </message>
    <message>
        <source>Open notesai</source>
        <translation>notesai 열기</translation>
    </message>
    <message>
        <source>Quick search</source>
        <translation>빠른 검색</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
</context>
<context>
    <name>VaultButton</name>
    <message>
        <source>Open a folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Folders of notes</source>
        <translation>노트 폴더</translation>
    </message>
</context>
<context>
    <name>VaultsSection</name>
    <message>
        <source>Notes</source>
        <translation>노트</translation>
    </message>
    <message>
        <source>Folders of notes</source>
        <translation>노트 폴더</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>목록에서 빼기</translation>
    </message>
    <message>
        <source>Take it off this list; nothing is deleted</source>
        <translation>이 목록에서만 빼요. 아무것도 지우지 않아요</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>제외할 파일</translation>
    </message>
    <message>
        <source>One pattern a line, as in .gitignore: drafts/, *.pdf.</source>
        <translation>한 줄에 패턴 하나씩, .gitignore처럼: drafts/, *.pdf</translation>
    </message>
    <message>
        <source>Largest note, in MiB</source>
        <translation>노트의 최대 크기(MiB)</translation>
    </message>
    <message>
        <source>Larger files are skipped, and listed so.</source>
        <translation>더 큰 파일은 제외하고 상태 화면에 표시해요.</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>노트</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>묻기</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>VisitTable</name>
    <message>
        <source>When</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>호스트</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>목적</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>전송량</translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message>
        <source>Looking at the folder…</source>
        <translation>폴더를 살펴보는 중…</translation>
    </message>
    <message>
        <source>The sample notes cannot be copied: %1</source>
        <translation>예시 노트를 복사하지 못했어요: %1</translation>
    </message>
    <message>
        <source>There are no notes in it yet. Those that come are found by themselves.</source>
        <translation>아직 노트가 없어요. 새로 생기면 저절로 찾아 넣어요.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln note(s)</source>
        <translation>
            <numerusform>노트 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Words are found within seconds; meaning follows %1, while you work.</source>
        <translation>단어는 몇 초 안에 찾을 수 있고, 의미로 찾기는 쓰는 동안 %1 준비돼요.</translation>
    </message>
    <message>
        <source>within a minute</source>
        <translation>1분 안에</translation>
    </message>
    <message numerus="yes">
        <source>in about %Ln minute(s)</source>
        <translation>
            <numerusform>약 %Ln분 뒤에</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in about %Ln hour(s)</source>
        <translation>
            <numerusform>약 %Ln시간 뒤에</numerusform>
        </translation>
    </message>
    <message>
        <source>Find what you wrote, by what it means</source>
        <translation>내가 쓴 글을 의미로 찾기</translation>
    </message>
    <message>
        <source>Choose the folder that your notes are in: Markdown, Org and plain text, with all its subfolders.</source>
        <translation>노트가 들어 있는 폴더를 골라 주세요. 마크다운, Org, 일반 텍스트 파일을 하위 폴더까지 읽어요.</translation>
    </message>
    <message>
        <source>Your notes stay where they are and as they are. Nothing leaves this device.</source>
        <translation>노트는 있는 자리에 그대로 있어요. 아무것도 이 기기를 떠나지 않아요.</translation>
    </message>
    <message>
        <source>The chosen folder</source>
        <translation>고른 폴더</translation>
    </message>
    <message>
        <source>Open these notes</source>
        <translation>이 노트 열기</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>다른 폴더…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <source>Try the sample notes</source>
        <translation>예시 노트로 해 보기</translation>
    </message>
</context>
<context>
    <name>WhyDialog</name>
    <message>
        <source>Why this answer</source>
        <translation>이 답의 근거</translation>
    </message>
    <message>
        <source>Copy this page</source>
        <translation>이 쪽 복사</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Passages (%1)</source>
        <translation>구절 (%1)</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>프롬프트</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Looked up: “%1”</source>
        <translation>찾아본 질문: “%1”</translation>
    </message>
    <message>
        <source>No model was asked, so there is no prompt.</source>
        <translation>모델에 묻지 않아서 프롬프트가 없어요.</translation>
    </message>
    <message>
        <source>borne out by its source</source>
        <translation>출처로 확인됨</translation>
    </message>
    <message>
        <source>claims nothing that needs a source</source>
        <translation>출처가 필요한 주장이 아님</translation>
    </message>
</context>
<context>
    <name>_Confirm</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>_Delegate</name>
    <message>
        <source>Name of the cluster</source>
        <translation>묶음 이름</translation>
    </message>
</context>
</TS>
