<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
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
    <name>Explain</name>
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
        <source>The part of notesai that searches did not answer.</source>
        <translation>검색을 맡은 프로그램이 답하지 않았어요.</translation>
    </message>
    <message>
        <source>Your notes are safe. Try again in a moment.</source>
        <translation>노트는 그대로예요. 잠시 뒤 다시 시도해 보세요.</translation>
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
        <source>The index is not open.</source>
        <translation>색인이 열려 있지 않아요.</translation>
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
        <source>The model that finds by meaning cannot be used.</source>
        <translation>뜻으로 찾는 모델을 쓸 수 없어요.</translation>
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
        <source>Show the folder of notes</source>
        <translation>노트 폴더 열기</translation>
    </message>
    <message>
        <source>Show where the index is kept</source>
        <translation>색인이 있는 곳 열기</translation>
    </message>
    <message>
        <source>The index is made from your notes and can be made again at any time. Nothing is written into your folder, and nothing leaves this device.</source>
        <translation>색인은 노트에서 언제든 다시 만들 수 있어요. 노트 폴더에는 아무것도 쓰지 않고, 아무것도 이 기기 밖으로 나가지 않아요.</translation>
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
    <name>NoteHead</name>
    <message>
        <source>Find notes tagged %1</source>
        <translation>%1 노트 찾기</translation>
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
    <message>
        <source>Folders</source>
        <translation>폴더순</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>최근순</translation>
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
    <name>Rail</name>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>노트</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>상태</translation>
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
        <source>The note</source>
        <translation>노트 본문</translation>
    </message>
    <message>
        <source>Open in your editor</source>
        <translation>편집기에서 열기</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
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
        <source>It may not be read</source>
        <translation>읽을 권한이 없어요</translation>
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
        <source>Related notes</source>
        <translation>관련 노트</translation>
    </message>
</context>
<context>
    <name>ResultsCard</name>
    <message>
        <source>How to search</source>
        <translation>찾는 방법</translation>
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
    <name>Rows</name>
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
        <source>More may turn up while notes are still being embedded.</source>
        <translation>아직 임베딩 중이라 더 나올 수 있어요.</translation>
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
        <source>Looking at the index…</source>
        <translation>색인을 살펴보는 중이에요…</translation>
    </message>
    <message>
        <source>Notes not in the index</source>
        <translation>색인에 없는 노트</translation>
    </message>
    <message>
        <source>Every note is in the index.</source>
        <translation>모든 노트가 색인에 있어요.</translation>
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
    <name>_Confirm</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
</TS>
